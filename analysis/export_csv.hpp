/// \file export_csv.hpp
/// A trace as CSV tables for whoever has no HDF5: names spelt out, units in the headings.
///
/// Tables are tidy: a row is one observation, a column one variable (H. Wickham (2014), J. Stat.
/// Softw. 59(10)); so what differs from role to role (attributes) or is a list (causes) has a row
/// for each. docs/reference/trace.md lists the columns.
#pragma once

#include <string>
#include <vector>

#include "analysis/record.hpp"
#include "core/error.hpp"

namespace portflow::analysis {

struct Exported {
  struct File {
    std::string path;
    std::uint64_t rows{0};
  };
  std::vector<File> files;
  std::vector<std::string> left_out;  ///< tables that the trace's level of detail does not hold
};

/// Writes entities, attributes, stages, causes, movements, resources and series of KPIs to
/// `folder`, which is made where it is missing. All files appear at the end, or none.
/// \param force  replaces what is there
/// \returns a disk fault where files are there already or cannot be written, else what
///          trace::Reader does.
[[nodiscard]] Result<Exported> export_csv(const Record& record, const std::string& folder,
                                          bool force);

}  // namespace portflow::analysis

/// \file sheet.hpp
/// Tables of results, one dataset a column: as an HDF5 file of their own, or in a trace.
///
/// Objects bear no wall clock, so equal tables give equal bytes.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/error.hpp"

namespace portflow::trace {

/// A column; all columns of a sheet are as long.
struct SheetColumn {
  std::string name, unit, definition;
  std::variant<std::vector<double>, std::vector<std::int64_t>, std::vector<std::uint64_t>,
               std::vector<std::string>>
      values;
};

/// A table within a file.
struct SheetTable {
  std::string path, definition;  ///< of the group: `/kpis`
  std::vector<SheetColumn> columns;
};

/// Writes a file aside and renames it, in place of what was there.
/// \param attributes  texts of the file: its format, what it is of
[[nodiscard]] Result<void> write_sheet(
    const std::string& path, const std::vector<std::pair<std::string, std::string>>& attributes,
    const std::vector<SheetColumn>& columns);

}  // namespace portflow::trace

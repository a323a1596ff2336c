/// \file overlay.hpp
/// The scenario's tree with parameters turned: as settings of a run, and as a file to extend with.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "analysis/calibration/problem.hpp"

namespace portflow::calibration {

/// Why the field at `path` of `scenario` cannot be turned so; empty if it can. A number that is set
/// gets an evidence of its own, so numbers beside it must not lose theirs.
[[nodiscard]] std::string refuse_field(const spec::Node& scenario, const policy::Path& path,
                                       const Parameter& parameter);

/// A field of the scenario with its new value: the number itself, the list that holds it, or the
/// distribution that was stretched.
struct Turned {
  policy::Path path;
  spec::Node value;
};

/// \param values  one a parameter, as they are tried (Parameter::text_of)
[[nodiscard]] Result<std::vector<Turned>> turned(const Problem& problem,
                                                 std::span<const std::string> values);

/// `PATH=VALUE` for run::Request.
[[nodiscard]] std::vector<std::string> settings_of(const std::vector<Turned>& fields);

/// The file: what it extends, its bibliography with the calibration as source, and every field
/// with confidence `derived`.
[[nodiscard]] std::string overlay_text(const Problem& problem, const std::vector<Turned>& fields,
                                       const std::string& remark);

}  // namespace portflow::calibration

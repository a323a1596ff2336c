/// \file measures.hpp
/// Finds and types measure files by id or path.
#pragma once

#include <string>
#include <vector>

#include "core/error.hpp"
#include "policy/measure.hpp"

namespace portflow::run {

/// The folder with measure files for a scenario: `measures` beside it or one folder up, else
/// beside or above a file that it extends; empty when there is none.
[[nodiscard]] std::string measures_folder(const std::string& scenario);

/// The folder beside it with disturbances, which are files of the same kind; empty where none is.
[[nodiscard]] std::string disturbances_folder(const std::string& scenario);

/// Every measure file of the folder, in order of id.
[[nodiscard]] Result<std::vector<policy::Measure>> all_measures(const std::string& folder);

/// The measures or disturbances named: `m04`, one part `m07.a`, `fog`, or the path of a file.
/// \returns an input fault that names the nearest known id for an unknown one.
[[nodiscard]] Result<std::vector<policy::Measure>> load_measures(
    const std::string& scenario, const std::vector<std::string>& names);

/// The measures a package file lists: `{name: .., measures: [m03, m04]}`.
[[nodiscard]] Result<std::vector<std::string>> read_package(const std::string& path);

/// Some measures of a package, under a name.
struct Group {
  std::string name;
  std::vector<std::string> measures;
};

/// How a package divides: `groups: {clearance: [m03], transit: [m04]}`. \returns an input fault for
/// a package without groups, and where a measure is in none of them or in two
[[nodiscard]] Result<std::vector<Group>> read_groups(const std::string& path);

}  // namespace portflow::run

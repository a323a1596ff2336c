#include "run/measures.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "core/words.hpp"
#include "io/read.hpp"
#include "policy/compile.hpp"

namespace portflow::run {
namespace {

namespace fs = std::filesystem;

Result<policy::Measure> read_measure(const std::string& path) {
  auto loaded = io::load(path);
  if (!loaded) return tl::unexpected(loaded.error());
  return policy::bind_measure(std::move(loaded->root), path);
}

}  // namespace

std::string measures_folder(const std::string& scenario) {
  std::vector<std::string> files{scenario};
  if (const auto loaded = io::load(scenario)) {
    files.insert(files.end(), loaded->files.begin(), loaded->files.end());
  }
  for (const std::string& file : files) {
    const fs::path folder = fs::path(file).parent_path();
    for (const fs::path& candidate : {folder / "measures", folder / ".." / "measures"}) {
      std::error_code ignored;
      if (fs::is_directory(candidate, ignored)) return candidate.lexically_normal().string();
    }
  }
  return {};
}

std::string disturbances_folder(const std::string& scenario) {
  const std::string measures = measures_folder(scenario);
  if (measures.empty()) return {};
  return (fs::path(measures) / ".." / "disturbances").lexically_normal().string();
}

Result<std::vector<policy::Measure>> all_measures(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  std::vector<policy::Measure> measures;
  Errors errors;
  for (const std::string& file : files) {
    auto measure = read_measure(file);
    if (measure) {
      measures.push_back(std::move(*measure));
    } else {
      errors.insert(errors.end(), measure.error().errors.begin(), measure.error().errors.end());
    }
  }
  if (!errors.empty()) return refuse(std::move(errors));
  return measures;
}

Result<std::vector<policy::Measure>> load_measures(const std::string& scenario,
                                                   const std::vector<std::string>& names) {
  std::vector<policy::Measure> chosen;
  std::vector<policy::Measure> known;
  bool searched = false;
  Errors errors;
  for (const std::string& name : names) {
    if (name.size() > 5 && name.substr(name.size() - 5) == ".yaml") {
      auto measure = read_measure(name);
      if (measure) {
        chosen.push_back(std::move(*measure));
      } else {
        errors.insert(errors.end(), measure.error().errors.begin(), measure.error().errors.end());
      }
      continue;
    }
    if (!searched) {
      searched = true;
      auto all = all_measures(measures_folder(scenario));
      if (!all) return tl::unexpected(all.error());
      known = std::move(*all);
      auto others = all_measures(disturbances_folder(scenario));
      if (!others) return tl::unexpected(others.error());
      std::ranges::move(*others, std::back_inserter(known));
    }
    const std::string id = name.substr(0, name.find('.'));
    const std::string part = id.size() < name.size() ? name.substr(id.size() + 1) : "";
    const auto found = std::find_if(known.begin(), known.end(),
                                    [&](const policy::Measure& m) { return m.id == id; });
    std::vector<std::string> words;
    if (found == known.end()) {
      for (const policy::Measure& measure : known) words.push_back(measure.id);
    } else {
      policy::Measure measure = *found;
      if (!part.empty()) {
        for (const policy::Part& one : measure.parts) words.push_back(id + "." + one.name);
        std::erase_if(measure.parts, [&](const policy::Part& one) { return one.name != part; });
      }
      if (!measure.parts.empty()) {
        // Two parts of one measure by name: one measure with both.
        const auto twin = std::find_if(chosen.begin(), chosen.end(), [&](const policy::Measure& m) {
          return m.id == measure.id;
        });
        if (twin == chosen.end()) {
          chosen.push_back(std::move(measure));
          continue;
        }
        for (policy::Part& one : measure.parts) {
          const bool there = std::any_of(twin->parts.begin(), twin->parts.end(),
                                         [&](const policy::Part& p) { return p.name == one.name; });
          if (!there) twin->parts.push_back(std::move(one));
        }
        continue;
      }
    }
    const std::string close = nearest(name, words);
    errors.push_back({{},
                      "measures",
                      "no measure '" + name + "'" +
                          (close.empty() ? "; there are: " + listed(words)
                                         : "; did you mean '" + close + "'?")});
  }
  if (!errors.empty()) return refuse(std::move(errors));
  return chosen;
}

Result<std::vector<std::string>> read_package(const std::string& path) {
  auto loaded = io::load(path);
  if (!loaded) return tl::unexpected(loaded.error());
  std::vector<std::string> measures;
  Errors errors;
  for (const auto& entry : loaded->root.entries) {
    if (entry.key == "measures" && entry.value.is_list()) {
      for (const spec::Node& item : entry.value.items) measures.push_back(item.text);
    } else if (entry.key != "portflow" && entry.key != "name" && entry.key != "title" &&
               entry.key != "groups") {
      errors.push_back({entry.place, entry.key,
                        entry.key == "measures"
                            ? "expected a list of measures"
                            : "unknown key; a package has name, title, measures, groups"});
    }
  }
  if (measures.empty() && errors.empty()) {
    errors.push_back({loaded->root.place, "measures", "a package lists at least one measure"});
  }
  if (!errors.empty()) return refuse(std::move(errors));
  return measures;
}

Result<std::vector<Group>> read_groups(const std::string& path) {
  const auto measures = read_package(path);
  if (!measures) return tl::unexpected(measures.error());
  const auto loaded = io::load(path);
  if (!loaded) return tl::unexpected(loaded.error());
  const spec::Node* divided = loaded->root.find("groups");
  if (divided == nullptr || !divided->is_map() || divided->entries.empty()) {
    return fail(Failure::input, "the package has no `groups: {NAME: [m01, ..]}`",
                divided == nullptr ? loaded->root.place : divided->place);
  }
  std::vector<Group> groups;
  Errors errors;
  std::vector<std::string> left = *measures;
  for (const auto& entry : divided->entries) {
    Group& group = groups.emplace_back();
    group.name = entry.key;
    for (const spec::Node& item : entry.value.items) {
      if (std::erase(left, item.text) == 0) {
        errors.push_back({item.place, "groups." + entry.key,
                          "'" + item.text + "' is no measure of the package, or in two groups"});
      }
      group.measures.push_back(item.text);
    }
  }
  for (const std::string& measure : left) {
    errors.push_back({divided->place, "groups", "'" + measure + "' is in no group"});
  }
  if (!errors.empty()) return refuse(std::move(errors));
  return groups;
}

}  // namespace portflow::run

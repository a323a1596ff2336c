#include "analysis/study/effective.hpp"

#include <algorithm>

namespace portflow::study {
namespace {

std::string measure_of(const std::string& name) {
  return name.substr(0, name.find('.'));
}

const policy::Measure* find(const std::vector<policy::Measure>& known, const std::string& name) {
  const auto found = std::ranges::find(known, measure_of(name), &policy::Measure::id);
  return found == known.end() ? nullptr : &*found;
}

/// Whether `wanted`, a measure or a part, is among `on`: a whole measure brings its parts, and any
/// part of it meets a requirement of the measure (as policy::Roster has it).
bool is_on(const std::vector<std::string>& on, const std::string& wanted) {
  return std::ranges::any_of(on, [&](const std::string& name) {
    return name == wanted || measure_of(name) == wanted || name == measure_of(wanted);
  });
}

bool exclude(const policy::Measure* a, const std::string& name) {
  if (a == nullptr) return false;
  return std::ranges::any_of(a->excludes, [&](const std::string& other) {
    return other == name || measure_of(other) == name || other == measure_of(name);
  });
}

}  // namespace

std::vector<std::string> effective(std::vector<std::string> on,
                                   const std::vector<policy::Measure>& known) {
  for (bool changed = true; changed;) {
    const std::size_t before = on.size();
    const std::vector<std::string> present = on;
    std::erase_if(on, [&](const std::string& name) {
      const policy::Measure* measure = find(known, name);
      if (measure == nullptr) return false;
      return !std::ranges::all_of(measure->needs,
                                  [&](const std::string& need) { return is_on(present, need); });
    });
    changed = on.size() != before;
  }
  return on;
}

std::vector<std::vector<std::string>> exclusive_groups(const std::vector<std::string>& ids,
                                                       const std::vector<policy::Measure>& known) {
  std::vector<std::vector<std::string>> groups;
  for (const std::string& id : ids) {
    std::vector<std::string> joined{id};
    std::size_t place = groups.size();
    for (std::size_t i = 0; i < groups.size(); ++i) {
      const bool meets = std::ranges::any_of(groups[i], [&](const std::string& other) {
        return exclude(find(known, id), other) || exclude(find(known, other), id);
      });
      if (!meets) continue;
      joined.insert(joined.end() - 1, groups[i].begin(), groups[i].end());
      groups[i].clear();
      place = std::min(place, i);
    }
    if (place == groups.size()) {
      groups.push_back(std::move(joined));
    } else {
      groups[place] = std::move(joined);
    }
    std::erase_if(groups, [](const auto& group) { return group.empty(); });
  }
  return groups;
}

}  // namespace portflow::study

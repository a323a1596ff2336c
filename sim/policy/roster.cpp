#include "policy/roster.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace portflow::policy {

std::string name_of(const Measure& measure, const Part& part) {
  return part.name.empty() ? measure.id : measure.id + "." + part.name;
}

Roster::Roster(const std::vector<Measure>& measures) {
  for (const Measure& measure : measures) measures_.push_back(&measure);
  std::ranges::sort(measures_, {},
                    [](const Measure* measure) { return std::pair{measure->id, measure->file}; });
  for (const Measure* measure : measures_) {
    for (const Part& part : measure->parts) parts_.emplace_back(measure, &part);
  }
}

bool Roster::on(const std::string& name) const {
  return std::ranges::any_of(parts_, [&](const auto& pair) {
    return pair.first->id == name || name_of(*pair.first, *pair.second) == name;
  });
}

Errors Roster::check() const {
  Errors errors;
  const auto complain = [&](const Measure& measure, std::string_view key, std::string message) {
    const spec::Node* node = measure.node.find(key);
    errors.push_back({node != nullptr ? node->place : measure.node.place,
                      fmt::format("{}.{}", measure.id, key), std::move(message)});
  };
  for (std::size_t i = 1; i < measures_.size(); ++i) {
    if (measures_[i]->id == measures_[i - 1]->id) {
      complain(*measures_[i], "id", fmt::format("`{}` has this id too", measures_[i - 1]->file));
    }
  }
  for (const Measure* measure : measures_) {
    for (const auto& name : measure->needs) {
      if (!on(name)) complain(*measure, "requires", fmt::format("`{}` is not on", name));
    }
    for (const auto& name : measure->excludes) {
      if (on(name)) complain(*measure, "excludes", fmt::format("`{}` is on as well", name));
    }
  }
  return errors;
}

}  // namespace portflow::policy

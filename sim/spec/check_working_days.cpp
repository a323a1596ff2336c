#include <fmt/format.h>

#include <algorithm>

#include "spec/validate.hpp"

namespace portflow::spec {
namespace {

/// Whether something that `step` takes at `facility` has a calendar whose days can be counted.
bool has_calendar(const Step& step, const Facility& facility) {
  const auto among = [&](const std::string& name) {
    return std::ranges::any_of(facility.resources, [&](const Resource& resource) {
      return resource.name == name && !resource.calendar.empty();
    });
  };
  return std::ranges::any_of(step.needs,
                             [&](const Need& need) {
                               return !need.any_of.empty() && among(need.any_of.front());
                             }) ||
         std::ranges::any_of(step.holds, [&](const Hold& hold) { return among(hold.resource); });
}

}  // namespace

void check_working_days(const World& world, Notes& notes) {
  for (const auto& [name, procedure] : world.scenario.procedures) {
    for (const Step& step : procedure.steps) {
      if (!step.in_working_days) continue;
      for (const auto& member : world.scenario.facilities_of(facility_of(procedure, step))) {
        const auto facility = world.scenario.facilities.find(member);
        if (facility == world.scenario.facilities.end()) continue;  // told where it is named
        if (has_calendar(step, facility->second)) continue;
        notes.errors.push_back(
            {step.place, fmt::format("procedures.{}.steps.{}.takes", name, step.name),
             fmt::format("takes working days, but nothing that it needs at {} has a calendar to "
                         "count them by",
                         member)});
      }
    }
  }
}

}  // namespace portflow::spec

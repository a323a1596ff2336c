#include "policy/idle.hpp"

#include <fmt/format.h>

#include "policy/roster.hpp"

namespace portflow::policy {

Errors idle(const std::vector<Measure>& measures, SimTime from, SimTime until) {
  Errors warnings;
  const Roster roster{measures};
  for (const auto& [measure, part] : roster.parts()) {
    const bool begins = part->starts.value_or(SimTime::min()) < until;
    if (begins && part->ends.value_or(never) > from) continue;
    warnings.push_back(
        {part->effects.empty() ? measure->node.place : part->effects.front().place,
         name_of(*measure, *part),
         fmt::format("never acts: the run lasts from {} to {}", to_text(from), to_text(until))});
  }
  return warnings;
}

}  // namespace portflow::policy

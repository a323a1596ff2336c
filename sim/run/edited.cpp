#include "run/edited.hpp"

#include "io/read.hpp"
#include "policy/ramps.hpp"

namespace portflow::run {

Result<Edited> edited(const std::string& scenario, std::vector<policy::Measure> measures) {
  auto loaded = io::load(scenario);
  if (!loaded) return tl::unexpected(loaded.error());
  auto before = policy::compile(loaded->root, {});
  if (!before) return tl::unexpected(before.error());
  for (policy::Measure& measure : measures) {
    for (policy::Part& part : measure.parts) {
      // What grows does so from the day on which the part begins, whenever the scenario does.
      for (policy::Effect& effect : part.effects) {
        if (part.starts) policy::start_ramps(effect.value, *part.starts);
      }
      part.starts.reset();
      part.ends.reset();
    }
  }
  auto after = policy::compile(loaded->root, measures);
  if (!after) return tl::unexpected(after.error());
  Edited result;
  result.before = std::move(before->epochs.front().scenario);
  policy::Epoch& epoch = after->epochs.front();
  result.after = std::move(epoch.scenario);
  for (auto& [name, choices] : epoch.alternatives) {
    result.adopters.emplace(name, std::move(choices.by_adopters.back()));
  }
  result.changes = std::move(after->changes);
  return result;
}

}  // namespace portflow::run

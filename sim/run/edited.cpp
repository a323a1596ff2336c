#include "run/edited.hpp"

#include "io/read.hpp"

namespace portflow::run {

Result<Edited> edited(const std::string& scenario, std::vector<policy::Measure> measures) {
  auto loaded = io::load(scenario);
  if (!loaded) return tl::unexpected(loaded.error());
  auto before = policy::compile(loaded->root, {});
  if (!before) return tl::unexpected(before.error());
  for (policy::Measure& measure : measures) {
    for (policy::Part& part : measure.parts) {
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

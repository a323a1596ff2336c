#include "kpi/fold.hpp"

namespace portflow::kpi {

Standing standing_of(const Moment& mark, bool ended) noexcept {
  if (mark.is_set()) return Standing::known;
  if (mark.state == Moment::State::voided || ended) return Standing::outside;
  return Standing::unfinished;
}

Standing standing_of(const Observation& observation) noexcept {
  const Standing from = standing_of(observation.from, observation.ended);
  const Standing to = standing_of(observation.to, observation.ended);
  if (from == Standing::outside || to == Standing::outside) return Standing::outside;
  if (from == Standing::known && to == Standing::known) return Standing::known;
  return Standing::unfinished;
}

}  // namespace portflow::kpi

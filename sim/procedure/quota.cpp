#include "procedure/quota.hpp"

#include <algorithm>

#include "core/hash.hpp"

namespace portflow::procedure {

bool Quota::admits(SimTime slot, const spec::Arrivals& arrivals, const Draws& draws,
                   std::uint64_t source, Point point) {
  const int year = date_of(slot).year;
  if (year != year_ || &arrivals != arrivals_) choose(year, arrivals, draws, source, point);
  return std::ranges::binary_search(chosen_, slot);
}

void Quota::choose(int year, const spec::Arrivals& arrivals, const Draws& draws,
                   std::uint64_t source, Point point) {
  year_ = year;
  arrivals_ = &arrivals;
  std::vector<SimTime> slots;
  const SimTime end = midnight({year + 1, 1, 1});
  for (SimTime day = midnight({year, 1, 1}); day < end; day += Days{1}) {
    for (const auto& [weekday, hour] : arrivals.times) {
      if (weekday == weekday_of(day)) slots.push_back(day + hour);
    }
  }
  chosen_.clear();
  const std::uint64_t this_year = mix(chain(source, static_cast<std::uint64_t>(year)));
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const auto left = static_cast<double>(slots.size() - i);
    const auto wanted = static_cast<double>(arrivals.each_year - chosen_.size());
    const double luck = draws.quantile(this_year, point, static_cast<std::uint32_t>(i));
    if (luck * left < wanted) chosen_.push_back(slots[i]);
  }
}

}  // namespace portflow::procedure

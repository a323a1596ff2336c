#include "procedure/outage_clock.hpp"

#include <algorithm>

#include "core/hash.hpp"
#include "core/quantity.hpp"

namespace portflow::procedure {
namespace {

constexpr Point fair_point{hash_of("outage.fair")};
constexpr Point foul_point{hash_of("outage.foul")};

}  // namespace

OutageClock::OutageClock(const Draws& draws, std::uint64_t key, SimTime origin,
                         const Distribution& fair, const Distribution& foul,
                         const spec::Months& months)
    : draws_{draws},
      key_{key},
      fair_{fair},
      foul_{foul},
      months_{months},
      begin_{origin},
      end_{origin} {}

bool OutageClock::out_at(SimTime at) {
  advance(at);
  return at >= begin_;
}

SimTime OutageClock::next_change(SimTime at) {
  advance(at);
  return at < begin_ ? begin_ : end_;
}

void OutageClock::advance(SimTime at) {
  while (end_ <= at || !months_[date_of(begin_).month - 1]) {
    begin_ = end_ + lasts(fair_, fair_point);
    end_ = begin_ + lasts(foul_, foul_point);
    ++count_;
  }
}

Duration OutageClock::lasts(const Distribution& distribution, Point point) const {
  const double ms = distribution.at(draws_.quantile(key_, point, count_));
  return Duration{std::max<std::int64_t>(1, nearest_whole(ms))};
}

}  // namespace portflow::procedure

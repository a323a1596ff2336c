#include "procedure/learning.hpp"

#include <algorithm>

namespace portflow::procedure {
namespace {

/// `base` times itself `count` times over, the same bits on every machine.
double power(double base, std::uint32_t count) {
  double result = 1;
  for (; count > 0; count >>= 1U, base *= base) {
    if ((count & 1U) != 0) result *= base;
  }
  return result;
}

}  // namespace

SimTime midnight_after(SimTime at) {
  return at - time_of_day(at) + Days{1};
}

void Learning::take(std::uint16_t index, std::uint16_t lesson, SimTime from) {
  const Learned& learned = learned_[index];
  auto& history = histories_[index];
  auto at = std::lower_bound(history.begin(), history.end(), from,
                             [](const Since& since, SimTime time) { return since.from < time; });
  if (at == history.end() || at->from != from) {
    Since since{from, std::vector<std::uint32_t>(learned.factors.size()), 1};
    if (at != history.begin()) since.counts = std::prev(at)->counts;
    at = history.insert(at, std::move(since));
  }
  // Word of an earlier midnight may come after word of a later one.
  for (; at != history.end(); ++at) {
    ++at->counts[lesson];
    double factor = 1;
    for (std::size_t i = 0; i < learned.factors.size(); ++i) {
      factor *= power(learned.factors[i], at->counts[i]);
    }
    at->factor = std::clamp(factor, learned.at_least, learned.at_most);
  }
}

double Learning::factor(std::uint16_t index, SimTime at) const {
  const auto& history = histories_[index];
  // Nearly always the latest entry or the one before it.
  for (auto since = history.rbegin(); since != history.rend(); ++since) {
    if (since->from <= at) return since->factor;
  }
  return 1;
}

void AddedUnits::take(const Units& units, SimTime from) {
  const auto at =
      std::upper_bound(changes_.begin(), changes_.end(), from,
                       [](SimTime time, const Change& change) { return time < change.from; });
  changes_.insert(at, {from, units.add});
  at_least_ = std::max(at_least_, units.at_least);
  at_most_ = std::min(at_most_, units.at_most);
}

double AddedUnits::with(double rostered, SimTime now) const {
  double added = 0;
  for (const Change& change : changes_) {
    if (change.from <= now) added += change.add;
  }
  if (added == 0) return rostered;
  // Bounds hold for what is added; a roster beyond them stays as it is.
  const double least = std::min(rostered, at_least_);
  const double most = std::max(rostered, at_most_);
  return std::clamp(rostered + added, least, most);
}

SimTime AddedUnits::next_change(SimTime now) const {
  for (const Change& change : changes_) {
    if (change.from > now) return change.from;
  }
  return never;
}

}  // namespace portflow::procedure

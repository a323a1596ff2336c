/// \file outage_clock.hpp
/// When something fails or is shut by weather: fair for a while, foul for a while, by keyed draws.
#pragma once

#include <cstdint>

#include "core/distribution.hpp"
#include "core/random.hpp"
#include "core/time.hpp"
#include "spec/calendar.hpp"

namespace portflow::procedure {

/// An alternating renewal process. It is a function of its key and of nothing else: every process
/// that asks hears the same, and what happens in the port changes nothing.
class OutageClock {
 public:
  /// \param key     stable hash of what may be out
  /// \param origin  fair until here, and from here for the first time of `fair`
  /// \param months  outages that would begin in another month do not take place
  OutageClock(const Draws& draws, std::uint64_t key, SimTime origin, const Distribution& fair,
              const Distribution& foul, const spec::Months& months = spec::all_months);

  /// \pre `at` never decreases from call to call of out_at and next_change.
  [[nodiscard]] bool out_at(SimTime at);
  /// The first instant after `at` at which out_at changes.
  [[nodiscard]] SimTime next_change(SimTime at);

 private:
  void advance(SimTime at);
  [[nodiscard]] Duration lasts(const Distribution& distribution, Point point) const;

  Draws draws_;
  std::uint64_t key_;
  Distribution fair_, foul_;
  spec::Months months_;
  SimTime begin_, end_;  ///< the outage of the present or, if it is fair, the next
  std::uint32_t count_{0};
};

}  // namespace portflow::procedure

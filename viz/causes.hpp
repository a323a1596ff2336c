/// \file causes.hpp
/// How long those who ended lately had waited, by cause and by what they are.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/cause.hpp"
#include "trace/batch.hpp"
#include "trace/schema.hpp"
#include "viz/pages.hpp"

namespace portflow::viz {

/// Milliseconds by cause.
using CauseTicks = std::array<std::int64_t, cause_count>;

/// Whether `cause` is a wait, not work, travel or a message under way.
[[nodiscard]] constexpr bool is_wait(Cause cause) noexcept {
  return cause > Cause::message;
}

class Causes {
 public:
  Causes() : Causes(trace::Schema{}) {}
  Causes(const trace::Schema& schema, const trace::Batch& batch);
  /// Or batch by batch in the order of the run, then close().
  explicit Causes(const trace::Schema& schema);
  void consume(const trace::Batch& batch);
  void close();

  /// Types of entities that ended in the trace (box, ship, ...), boxes first, then by number.
  [[nodiscard]] const std::vector<std::string>& types() const noexcept { return types_; }

  /// Totals of those of type number `type` who ended in the last `window` before `at`,
  /// to the quarter of an hour.
  [[nodiscard]] CauseTicks totals(std::size_t type, SimTime at, Duration window) const;

 private:
  static constexpr Duration bin{15 * 60 * 1000};
  [[nodiscard]] std::size_t bins_before(SimTime at) const;

  SimTime from_{};
  bool any_{false};
  std::vector<std::string> types_;
  std::vector<std::uint16_t> type_of_role_;
  std::vector<std::size_t> ended_;  // per type
  struct Sum {
    std::size_t bin{0};
    CauseTicks ticks{};
  };
  /// The sums of all bins of type number `type` up to bin `last`.
  [[nodiscard]] CauseTicks upto(std::size_t type, std::size_t last) const;
  static constexpr std::size_t page_sums = 46;
  // Per type, of bins in which any ended; running. That of the latest bin is in hand.
  std::vector<PagedSeries<Sum, page_sums>> sums_;
  std::vector<Sum> latest_;
  Pages<Sum, page_sums> pages_{256};  // 1 MB
};

}  // namespace portflow::viz

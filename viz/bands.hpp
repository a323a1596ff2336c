/// \file bands.hpp
/// Which unit of a resource served whom, and when: berths, tracks, counters, bays, lanes.
///
/// The trace counts units and names none. As for berths, whoever begins takes the least number that
/// is free. A berth or a track is held from the step that took it until its holder sets out. Bars
/// lie in pages (pages.hpp), those of a year in a scratch file.
#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "trace/batch.hpp"
#include "trace/schema.hpp"
#include "viz/pages.hpp"
#include "viz/theme.hpp"
#include "viz/waits.hpp"

namespace portflow::viz {

struct Bar {
  SimTime from{}, to{};
  trace::EntityId entity{0};
  std::uint32_t unit{0};  ///< from 0
  Flow flow{Flow::mixed};
};

inline constexpr std::size_t page_bars = 128;
using BarPages = Pages<Bar, page_bars>;

struct Band {
  std::uint16_t resource{0};
  PagedSeries<Bar, page_bars> bars;  ///< by from
  std::shared_ptr<BarPages> pages;   ///< of the bars of all resources
  Duration longest{0};               ///< of the bars
  std::uint32_t units{0};            ///< most that were in use at once
  bool left_out{false};              ///< too many to keep one by one

  [[nodiscard]] Bar bar(std::size_t number) const { return bars.at(*pages, number); }
  /// Bars that touch [from, to).
  [[nodiscard]] std::vector<Bar> within(SimTime from, SimTime to) const;
};

/// Collects steps and moves in the order of the run; then close().
class Bands final : public trace::Sink {
 public:
  explicit Bands(const trace::Schema& schema);
  void consume(const trace::Batch& batch) override;
  void close();
  /// Null for a resource that nobody ever held in a step of its own.
  [[nodiscard]] const Band* of(std::uint16_t resource) const;

  /// How long those waited that began there.
  [[nodiscard]] const Waits& waits(std::uint16_t resource) const { return waits_[resource]; }

  /// More bars than this of one resource say nothing one by one.
  static constexpr std::size_t most_bars = 200'000;
  /// Of all resources together; beyond it the one that has most is left out.
  static constexpr std::size_t most_bars_of_all = 1'500'000;

 private:
  void add(std::uint16_t resource, const trace::StepDone& step);
  static void leave_out(Band& band) noexcept;
  void set_out(Band& band);

  /// Beyond so many at once nobody new is told apart: a run in which hardly anybody ever ends would
  /// be kept in memory whole.
  static constexpr std::size_t most_living = 1'500'000;
  const trace::Schema* schema_;
  std::vector<Flow> flow_of_role_;
  std::unordered_map<trace::EntityId, Flow> living_;
  std::unordered_set<trace::EntityId> holders_;  // of what is held until its holder sets out
  std::size_t bars_{0};
  std::vector<Waits> waits_;                                          // by resource
  std::shared_ptr<BarPages> pages_{std::make_shared<BarPages>(512)};  // 2 MB
  std::vector<Band> bands_;                                           // by resource
  std::vector<bool> until_move_;  // by resource: held until the holder sets out
  std::vector<trace::Moved> moves_;
};

}  // namespace portflow::viz

/// \file anatomy.hpp
/// What one run tells a report beyond its KPIs: where the time of each span went, what it is broken
/// down by, and when promises broke. Folded while the run goes on, so no trace is needed.
///
/// All sums are whole milliseconds over entities of the cohort, so parts add up to their whole
/// exactly, and nothing depends on the order in which entities end.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/accounts.hpp"
#include "analysis/path.hpp"
#include "core/error.hpp"
#include "trace/batch.hpp"
#include "trace/schema.hpp"

namespace portflow::analysis {

/// Time at one step, of whomever the path leads through.
struct TimePart {
  std::string step;  ///< `procedure.step`; empty: word under way
  Cause cause{Cause::working};
  std::int64_t ms{0};
  friend bool operator==(const TimePart&, const TimePart&) = default;
};

/// Where the time of a span KPI went, over all entities whose span is known.
struct TimeTree {
  std::string kpi;
  std::uint64_t count{0};
  std::int64_t total{0};        ///< parts and `not_known` add up to it
  std::int64_t not_known{0};    ///< of entities that have not ended: they have no path yet
  std::vector<TimePart> parts;  ///< by step and cause
  friend bool operator==(const TimeTree&, const TimeTree&) = default;
};

/// What a span is broken down by in a time release study. `hour`: of the day on which the span
/// began.
enum class Axis : std::uint8_t { all, mode, channel, goods, trader, hour };
inline constexpr std::size_t axis_count = 6;

[[nodiscard]] std::string_view name_of(Axis axis) noexcept;

/// One row of a time release study.
struct StudyCell {
  Axis axis{Axis::all};
  std::string category;  ///< `aeo`; `by_rail`, `no by_rail`; `none` for no channel; hours `0`..`23`
  std::uint64_t count{0};
  std::int64_t total{0};                          ///< ms; `sums` and `not_known` add up to it
  std::int64_t median{0}, least{0}, greatest{0};  ///< ms; the median is of rank ceil(count / 2)
  CauseSums sums{};
  std::int64_t not_known{0};
  friend bool operator==(const StudyCell&, const StudyCell&) = default;
};

/// A span KPI with `release_study`.
struct ReleaseTimes {
  std::string kpi;
  std::vector<StudyCell> cells;  ///< by axis, then in the order of the categories
  friend bool operator==(const ReleaseTimes&, const ReleaseTimes&) = default;
};

/// An hour in which somebody's wait passed the limit.
struct BrokenHour {
  SimTime at{};  ///< its begin
  std::uint32_t count{0};
  Duration worst{};  ///< the longest of their waits, so far as known
  friend bool operator==(const BrokenHour&, const BrokenHour&) = default;
};

/// A promise: a share KPI of spans over a limit, with a target.
struct Promise {
  std::string kpi;
  Duration limit{};
  std::uint64_t count{0}, over{0};
  Duration worst{};  ///< the longest span, or the longest so far of those not at its end
  std::vector<BrokenHour> broken;  ///< by time
  friend bool operator==(const Promise&, const Promise&) = default;
};

struct Anatomy {
  std::vector<TimeTree> trees;        ///< of every span KPI that is a mean
  std::vector<ReleaseTimes> studies;  ///< of those with `release_study`
  std::vector<Promise> promises;
  friend bool operator==(const Anatomy&, const Anatomy&) = default;
};

/// Takes the record of a run as it comes; needs its paths (run::Drive::paths).
class Anatomist final : public trace::Sink {
 public:
  /// \returns an input fault where the schema's definitions cannot be understood.
  [[nodiscard]] static Result<std::unique_ptr<Anatomist>> make(const trace::Schema& schema);
  ~Anatomist() override;

  [[nodiscard]] trace::Reads reads() const override { return {false, false, false, false}; }
  void consume(const trace::Batch& batch) override;

  /// Ends the record. Called once.
  [[nodiscard]] Anatomy finish();
  /// Whole lives of entities of the cohort that have ended.
  [[nodiscard]] const Accounts& accounts() const noexcept;

 private:
  struct Impl;
  explicit Anatomist(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace portflow::analysis

/// \file rolling.hpp
/// The scenario's own KPIs as functions of time: each over what became known in the last week.
///
/// The definitions come with the trace and are read as the command line reads them, so that a
/// tile means what `portflow trace kpi` prints. Two things differ: a tile looks at a window of
/// time, not at the cohort of the run, and at what is known at that time, not at the end.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kpi/definition.hpp"
#include "trace/batch.hpp"
#include "trace/schema.hpp"
#include "viz/tally.hpp"

namespace portflow::viz {

/// What became known when, kept by quarters of an hour; of quantiles every value, rounded to 0.2 %
/// where there are more than half a million of them.
class Rolling {
 public:
  struct Sample {
    SimTime at{};
    double value{0};  ///< in the KPI's unit; of shares 0 or the whole
    double weight{1};
  };
  /// \param statistic  mean, p50, p90, p95, max or sum
  /// \param from       nothing becomes known before it, or counts as of then
  Rolling(SimTime from, std::string statistic);
  /// All at once.
  Rolling(const std::vector<Sample>& samples, std::string statistic);
  void add(const Sample& sample);
  /// Brings them in order; after the last add().
  void close();

  /// The statistic over (at - window, at], both to the quarter of an hour; empty where nothing
  /// became known then.
  [[nodiscard]] std::optional<double> value(SimTime at, Duration window) const;

  static constexpr Duration step{15 * 60 * 1000};

 private:
  struct Sum {
    double weighted{0}, weight{0};
    std::uint32_t count{0};
  };
  [[nodiscard]] std::int64_t bin_of(SimTime at) const;

  SimTime from_;
  std::string statistic_;
  bool quantile_;
  std::vector<Sum> sums_;  // running, once closed
  Tally values_;
};

/// A KPI of the scenario with its values.
struct RollingKpi {
  kpi::Definition definition;
  Rolling values;
};

/// Reads the first `most` KPIs of a trace that look at entities, in the order of the scenario.
class RollingKpis {
 public:
  RollingKpis(const trace::Schema& schema, std::size_t most);
  ~RollingKpis();
  RollingKpis(RollingKpis&&) noexcept;
  /// Batches in the order of the run.
  void consume(const trace::Batch& batch);
  /// Those of the scenario; none where its definitions cannot be read.
  [[nodiscard]] std::vector<RollingKpi> close();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Of a whole trace at once.
[[nodiscard]] std::vector<RollingKpi> rolling_kpis(const trace::Schema& schema,
                                                   const trace::Batch& batch, std::size_t most);

}  // namespace portflow::viz

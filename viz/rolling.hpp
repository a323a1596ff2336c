/// \file rolling.hpp
/// The scenario's own KPIs as functions of time: each over what became known in the last week.
///
/// The definitions come with the trace and are read as the command line reads them, so that a
/// tile means what `portflow trace kpi` prints. Two things differ: a tile looks at a window of
/// time, not at the cohort of the run, and at what is known at that time, not at the end.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kpi/definition.hpp"
#include "trace/batch.hpp"
#include "trace/schema.hpp"

namespace portflow::viz {

/// Values of entities in the order in which they became known.
class Rolling {
 public:
  struct Sample {
    SimTime at{};
    double value{0};  ///< in the KPI's unit; of shares 0 or the whole
    double weight{1};
  };
  /// \param statistic  mean, p50, p90, p95, max or sum
  Rolling(std::vector<Sample> samples, std::string statistic);

  /// The statistic over (at - window, at]; empty where nothing became known then.
  [[nodiscard]] std::optional<double> value(SimTime at, Duration window) const;
  [[nodiscard]] bool empty() const noexcept { return samples_.empty(); }

 private:
  std::vector<Sample> samples_;
  std::vector<double> weighted_, weights_;  // running sums
  std::string statistic_;
};

/// A KPI of the scenario with its values.
struct RollingKpi {
  kpi::Definition definition;
  Rolling values;
};

/// The first `most` KPIs of the trace that look at entities, in the order of the scenario;
/// none where its definitions cannot be read.
[[nodiscard]] std::vector<RollingKpi> rolling_kpis(const trace::Schema& schema,
                                                   const trace::Batch& batch, std::size_t most);

}  // namespace portflow::viz

// The 95 % interval covers what theory says in 95 of 100 experiments.
#include <gtest/gtest.h>

#include "analysis/interval.hpp"
#include "analysis/queueing.hpp"
#include "analysis/replicate.hpp"

namespace portflow::analysis {
namespace {

constexpr std::uint32_t experiments = 1000, replications = 10;
constexpr double service = 8, load = 0.5;

TEST(Coverage, OfTheIntervalOverReplicationsOfMM1) {
  run::Request request;
  request.scenario = PORTFLOW_SOURCE_DIR "/tests/oracle/mm1.yaml";
  request.settings = {"demand.customers.arrivals.every.exponential=16 s",
                      "horizon.to=2024-01-01 03:00", "horizon.warm_up=20 min",
                      "horizon.follow=1 h"};
  request.seed = 20240101;
  const auto prepared = run::prepare(request);
  ASSERT_TRUE(prepared) << prepared.error().errors.front().text();
  const auto runs = replicate(
      **prepared,
      {.replications = experiments * replications, .threads = 2, .trace = {}, .progress = {}});
  ASSERT_TRUE(runs);
  const double theory = mmc_wait(1, load, service) + service;
  std::uint32_t covered = 0;
  for (std::uint32_t experiment = 0; experiment < experiments; ++experiment) {
    std::vector<double> values;
    for (std::uint32_t i = 0; i < replications; ++i) {
      values.push_back(
          *kpi::find((*runs)[experiment * replications + i].results.figures, "time_in_system")
               ->value);
    }
    const Interval interval = *mean_interval(values);
    if (interval.low <= theory && theory <= interval.high) ++covered;
  }
  RecordProperty("covered", static_cast<int>(covered));
  EXPECT_GE(covered, 930u);
  EXPECT_LE(covered, 970u);
}

}  // namespace
}  // namespace portflow::analysis

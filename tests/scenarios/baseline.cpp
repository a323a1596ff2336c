// The baseline stays near the figures of 2023 that docs/validation.md checks it against. The ranges
// are those of a fortnight, wider than a year's: this guards against a slip, it does not validate.
#include <gtest/gtest.h>

#include <filesystem>

#include "run/run.hpp"
#include "scenarios/small_runs.hpp"

namespace portflow::scenario_test {
namespace {

struct Range {
  const char* kpi;
  double least, most;
};

TEST(Baseline, StaysNearThePublishedFigures) {
  const auto run = figures("dalian/2023.yaml",
                           "{from: 2023-03-06, to: 2023-04-01, warm_up: 12 d, follow: 16 d, "
                           "confidence: assumption}");
  for (const Range& range : {Range{"import_clearance_time", 48, 57},
                             Range{"export_clearance_time", 1.6, 2.2},
                             Range{"transit_hold", 34, 38},
                             Range{"truck_time", 11.5, 12.5},
                             Range{"berth_wait_share", 1, 12},
                             Range{"sea_rail_share", 8, 10.5},
                             Range{"inspection_rate.ordinary", 1.9, 3},
                             Range{"inspection_rate.aeo", 0.2, 1.1},
                             Range{"sampling_rate.ordinary", 8, 12},
                             Range{"sampling_rate.aeo", 3.5, 7},
                             Range{"full_declaration_time", 15, 32},
                             Range{"full_declarations_late", 0, 0.5},
                             Range{"moscow_time", 13, 15},
                             Range{"throughput", 165'000, 220'000},
                             Range{"passengers_crossed", 23'000, 28'000},
                             Range{"border_wait_share_over_30min", 0, 0},
                             Range{"longest_border_wait", 15, 30},
                             Range{"export_dwell", 71, 79},
                             Range{"duty_payment_time.electronic", 0.1, 0.5},
                             Range{"duty_payment_time.cashier", 8, 30},
                             Range{"export_train_wait", 2, 5},
                             Range{"export_unloading_time", 1, 3}}) {
    const double value = figure(run, range.kpi).value.value_or(-1);
    EXPECT_GE(value, range.least) << range.kpi;
    EXPECT_LE(value, range.most) << range.kpi;
  }
  const kpi::Figure& clearance = figure(run, "import_clearance_time");
  EXPECT_LT(static_cast<double>(clearance.unfinished),
            0.005 * static_cast<double>(clearance.count));
}

/// Of the other months it is known only that the year has 658,000, so they have the rest.
TEST(Baseline, HasASummerAtTheAirport) {
  const auto crossed = [](const std::string& from, const std::string& to) {
    std::vector<std::string> settings;
    for (const char* liners : {"mainline", "regional", "feeder"}) {
      settings.push_back(std::string("demand.") + liners +
                         ".arrivals={every: 30 d, from: 2099-01-01, confidence: assumption}");
    }
    const auto run = figures(
        "dalian/2023.yaml",
        "{from: " + from + ", to: " + to + ", warm_up: 2 d, follow: 2 d, confidence: assumption}",
        {}, settings);
    return figure(run, "passengers_crossed").value.value();
  };
  // Four weeks each, from the same weekday on.
  const double summer = crossed("2023-07-04", "2023-08-03") / crossed("2023-05-30", "2023-06-29");
  EXPECT_GT(summer, 1.14);
  EXPECT_LT(summer, 1.32);
}

TEST(Baseline, EveryNumberIsSupported) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(scenarios() + "dalian")) {
    if (entry.path().extension() != ".yaml") continue;
    run::Request request;
    request.scenario = entry.path().string();
    const auto prepared = run::prepare(request);
    ASSERT_TRUE(prepared.has_value()) << prepared.error().errors.front().text();
    EXPECT_EQ((*prepared)->evidence().unsupported, 0u) << entry.path();
    EXPECT_GT((*prepared)->evidence().sourced, 0u);
    ++files;
  }
  EXPECT_EQ(files, 12u);
}

}  // namespace
}  // namespace portflow::scenario_test

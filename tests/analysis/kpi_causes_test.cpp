// The causes of a KPI's mean and of its slowest twentieth: by hand, and by the sums.
#include "analysis/kpi_causes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "analysis/apportion.hpp"
#include "analysis/from_trace.hpp"
#include "analysis/traced.hpp"
#include "analysis/worst.hpp"
#include "kpi/units.hpp"
#include "procedure/by_hand.hpp"
#include "run/run.hpp"
#include "trace/writer.hpp"

namespace portflow::analysis {
namespace {

CauseSums minutes(const CauseShare& share) {
  CauseSums result = share.sums;
  for (std::int64_t& sum : result) sum /= 60'000;
  return result;
}

/// From landing to the end, in minutes; the path of each box is that of by_hand.hpp.
///
///   box 1  16:55-09:40, 1005: busy 15 (16:55-17:10, box 3 heads the queue), working 20, travel 5,
///          message 5, closed 890, look 30, message 10, go 30
///   box 2  17:15-09:40, 985: working 15, travel 5, message 5, closed 890, look 30, message 10, go
///   30 box 3  17:35-11:40, 1085: message 5, closed 890, look 30, message 10, batch 120, go 30
TEST(KpiCauses, ByHand) {
  const auto trace = test::Traced::of_text(
      std::string(procedure_test::by_hand) +
      "kpis:\n  dwell: {span: {of: box, from: landed, to: done}, unit: min, better: lower}\n");
  const auto record = trace->record();
  const auto causes = causes_of(*record, "dwell");
  ASSERT_TRUE(causes.has_value());
  EXPECT_EQ(causes->all.count, 3u);
  EXPECT_EQ(causes->all.total, 3075 * 60'000);
  const CauseSums all{215, 10, 45, 0, 2670, 0, 15, 120, 0, 0};
  EXPECT_EQ(minutes(causes->all), all);
  // A twentieth of three is one: the third box.
  EXPECT_EQ(causes->slow.count, 1u);
  EXPECT_EQ(causes->slow.total, 1085 * 60'000);
  const CauseSums slow{60, 0, 15, 0, 890, 0, 0, 120, 0, 0};
  EXPECT_EQ(minutes(causes->slow), slow);
  EXPECT_EQ(*causes->p95, std::chrono::minutes{1085});
  // The officer's closed hours come first.
  const KpiPlace& first = causes->places.front();
  EXPECT_EQ(first.cause, Cause::closed);
  EXPECT_EQ(record->schema().steps[first.step], "lot.look");
  EXPECT_EQ(record->schema().resources[first.resource].name, "customs.officer");
  EXPECT_EQ(first.all, 2670 * 60'000);
  EXPECT_EQ(first.slow, 890 * 60'000);
}

struct Case {
  std::string scenario, kpi;
  std::vector<std::string> settings;
};

class AddUp : public testing::TestWithParam<Case> {};

TEST_P(AddUp, ToTheMeanAndToTheSlowest) {
  const auto& [scenario, name, settings] = GetParam();
  const test::Traced trace(scenario, trace::Detail::full, settings);
  const auto record = trace.record();
  const auto causes = causes_of(*record, name);
  ASSERT_TRUE(causes.has_value()) << causes.error().errors.front().text();
  std::int64_t places_all = 0;
  std::int64_t places_slow = 0;
  for (const KpiPlace& place : causes->places) {
    places_all += place.all;
    places_slow += place.slow;
  }
  EXPECT_EQ(total_of(causes->all.sums) + causes->all.not_known, causes->all.total);
  EXPECT_EQ(total_of(causes->slow.sums) + causes->slow.not_known, causes->slow.total);
  EXPECT_EQ(places_all, total_of(causes->all.sums));
  EXPECT_EQ(places_slow, total_of(causes->slow.sums));
  EXPECT_EQ(causes->slow.count, (causes->all.count + 19) / 20);

  const auto experiment = from_trace(trace.path());
  const auto kpi = std::ranges::find(experiment->kpis, name,
                                     [](const Estimate& one) { return one.heading.name; });
  ASSERT_NE(kpi, experiment->kpis.end());
  const double unit = kpi::milliseconds_in(kpi->heading.unit);
  const auto count = static_cast<double>(causes->all.count);
  EXPECT_EQ(causes->all.count, kpi->count);
  EXPECT_EQ(causes->unfinished, kpi->unfinished);
  if (kpi->heading.statistic == "mean") {
    EXPECT_EQ(static_cast<double>(causes->all.total) / count / unit, *kpi->mean);
  }
  EXPECT_EQ(static_cast<double>(causes->p95->count()) / unit, *kpi->p95);
  EXPECT_GE(
      static_cast<double>(causes->slow.total) / static_cast<double>(causes->slow.count) / unit,
      *kpi->p95);
}

INSTANTIATE_TEST_SUITE_P(
    Kpis, AddUp,
    testing::Values(Case{"scenarios/small/one_berth.yaml", "time_in_port", {}},
                    Case{"scenarios/small/one_berth.yaml", "berth_wait", {"horizon.follow=1 h"}},
                    Case{"scenarios/small/tiny_port.yaml", "import_clearance_time", {}},
                    Case{"scenarios/small/tiny_port.yaml", "longest_border_wait", {}},
                    Case{"tests/oracle/tandem.yaml", "time_in_system", {"horizon.to=2024-01-06"}},
                    Case{"scenarios/dalian/2023_week.yaml", "import_dwell", {}},
                    Case{"scenarios/dalian/2023_week.yaml", "berth_wait.feeder", {}},
                    Case{"scenarios/dalian/2023_week.yaml", "border_wait", {}}));

TEST(KpiCauses, WhoIsNotDoneHasNoCausesYet) {
  const test::Traced trace("scenarios/small/tiny_port.yaml", trace::Detail::full,
                           {"horizon.to=2024-01-08", "horizon.follow=1 h"});
  const auto causes = causes_of(*trace.record(), "import_clearance_time");
  ASSERT_TRUE(causes.has_value());
  EXPECT_GT(causes->all.count_not_known, 0u);
  EXPECT_LT(causes->all.count_not_known, causes->all.count);
  EXPECT_GT(causes->all.not_known, 0);
}

/// Passes the record on, but for all paths after the first so many: a killed run loses the rows of
/// each table that had not reached the file, and not at the same instant in each.
class LosesPaths final : public trace::Sink {
 public:
  LosesPaths(trace::Sink& to, std::size_t kept) : to_(to), left_(kept) {}
  void consume(const trace::Batch& batch) override {
    trace::Batch rest = batch;
    rest.paths.resize(std::min(rest.paths.size(), left_));
    left_ -= rest.paths.size();
    to_.consume(rest);
  }

 private:
  trace::Sink& to_;
  std::size_t left_;
};

/// The trace of a run that was killed; one without a fingerprint.
std::string killed_trace() {
  run::Request request;
  request.scenario = PORTFLOW_SOURCE_DIR "/tests/oracle/tandem.yaml";
  request.settings = {"horizon.to=2024-01-06"};
  const auto prepared = run::prepare(request);
  const std::string path = PORTFLOW_BINARY_DIR "/scratch/killed.h5";
  std::filesystem::create_directories(PORTFLOW_BINARY_DIR "/scratch");
  auto writer = trace::Writer::open(path, (*prepared)->schema(0), trace::Detail::full, true);
  EXPECT_TRUE(writer.has_value());
  LosesPaths loses(**writer, 200'001);
  run::Drive drive;
  drive.paths = true;
  trace::Sink* sinks[] = {&loses};
  EXPECT_TRUE(run::simulate(**prepared, drive, sinks).has_value());
  return path + ".partial";
}

TEST(KpiCauses, OfAKilledRunAreThoseOfWhatReachedTheFile) {
  const std::string path = killed_trace();
  const auto record = Record::open(path);
  ASSERT_TRUE(record.has_value()) << record.error().errors.front().text();
  EXPECT_EQ((*record)->schema().fingerprint, "");
  const auto causes = causes_of(**record, "time_in_system");
  ASSERT_TRUE(causes.has_value()) << causes.error().errors.front().text();
  EXPECT_GT(causes->all.count, 10'000u);
  // More ends than paths reached the file.
  EXPECT_GT(causes->all.count_not_known, 0u);
  EXPECT_EQ(total_of(causes->all.sums) + causes->all.not_known, causes->all.total);
  EXPECT_EQ(total_of(causes->slow.sums) + causes->slow.not_known, causes->slow.total);
  const auto worst = worst_of(**record, "time_in_system", 100'000);
  ASSERT_TRUE(worst.has_value()) << worst.error().errors.front().text();
  std::uint64_t without = 0;
  for (const Slow& slow : worst->slow) without += slow.sums || slow.unfinished ? 0u : 1u;
  EXPECT_EQ(without, causes->all.count_not_known);
  std::filesystem::remove(path);
}

TEST(Apportioned, PartsAddUpToTheRoundedSum) {
  const auto check = [](const std::vector<std::int64_t>& parts, std::int64_t unit,
                        const std::vector<std::int64_t>& expected) {
    EXPECT_EQ(apportioned(parts, unit), expected);
  };
  check({}, 10, {});
  check({14, 14, 14}, 10, {2, 1, 1});   // 42 is 4
  check({15, 15, 15}, 10, {2, 2, 1});   // 45 is 5
  check({4, 4}, 10, {1, 0});            // 8 is 1
  check({19, 1, 0}, 10, {2, 0, 0});     // 20 is 2
  check({-14, 30, 6}, 10, {-1, 3, 0});  // 22 is 2
  check({5, 6, 7}, 1, {5, 6, 7});
}

TEST(Apportioned, PartsAddUpToTheTotalThatIsGiven) {
  using Parts = std::vector<std::int64_t>;
  EXPECT_EQ(apportioned(Parts{14, 14, 14}, 10, 3), (Parts{1, 1, 1}));
  EXPECT_EQ(apportioned(Parts{14, 16, 14}, 10, 6), (Parts{2, 2, 2}));
  EXPECT_EQ(apportioned(Parts{14, 16, 14}, 10, 7), (Parts{2, 3, 2}));
  EXPECT_EQ(apportioned(Parts{18, 11}, 10, 1), (Parts{1, 0}));
  EXPECT_EQ(apportioned(Parts{-18}, 10, -1), (Parts{-1}));
}

}  // namespace
}  // namespace portflow::analysis

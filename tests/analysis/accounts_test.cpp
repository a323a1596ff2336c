// Every entity of every scenario of the tests: its path has no gap, its causes add up to its total
// to the millisecond; and the spans behind each KPI are those that the KPI counts.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <numeric>

#include "analysis/path.hpp"
#include "kpi/collector.hpp"
#include "kpi/spans.hpp"
#include "kpi/units.hpp"
#include "run/run.hpp"

namespace portflow::analysis {
namespace {

/// Checks the path of whoever ends, while the run goes on.
class Accounts final : public trace::Sink {
 public:
  void consume(const trace::Batch& batch) override {
    std::map<trace::EntityId, std::vector<trace::PathPart>> paths;
    for (const trace::PathPart& part : batch.paths) paths[part.entity].push_back(part);
    for (const trace::Ended& ended : batch.ended) {
      const auto path = path_of(ended, paths[ended.entity]);
      ++checked;
      if (!path) {
        wrong.push_back(path.error().errors.front().message);
        continue;
      }
      if (total_of(sums_of(*path)) != (ended.end - ended.created).count()) wrong.push_back("total");
      // A span in the middle adds up too, forwards and backwards.
      const Duration third = (ended.end - ended.created) / 3;
      const SimTime from = ended.created + third;
      const SimTime to = ended.end - third;
      if (total_of(sums_within(*path, from, to)) != (to - from).count()) wrong.push_back("span");
      if (total_of(sums_within(*path, to, from)) != (from - to).count()) wrong.push_back("back");
    }
  }

  std::size_t checked{0};
  std::vector<std::string> wrong;
};

/// Every scenario that tests run, found by itself: files of these folders that say which version
/// of the language they are in, and are no part of another and no study.
std::vector<std::string> scenarios() {
  namespace fs = std::filesystem;
  const fs::path top = PORTFLOW_SOURCE_DIR;
  std::vector<fs::path> folders{top / "scenarios/small", top / "scenarios/dalian"};
  for (const auto& one : fs::directory_iterator(top / "tests")) {
    if (one.is_directory()) folders.push_back(one.path());
  }
  std::vector<std::string> found;
  for (const fs::path& folder : folders) {
    for (const auto& one : fs::directory_iterator(folder)) {
      if (one.path().extension() != ".yaml") continue;
      std::ifstream lines(one.path());
      bool versioned = false;
      bool study = false;
      for (std::string line; std::getline(lines, line);) {
        versioned = versioned || line.starts_with("portflow:");
        study = study || line.starts_with("study:");
      }
      if (versioned && !study) found.push_back(fs::relative(one.path(), top).string());
    }
  }
  std::ranges::sort(found);
  return found;
}

TEST(Scenarios, AreFound) {
  for (const char* name :
       {"scenarios/small/rough_port.yaml", "scenarios/dalian/2023.yaml", "tests/oracle/mmc.yaml"}) {
    EXPECT_TRUE(std::ranges::count(scenarios(), name) == 1) << name;
  }
}

class EveryEntity : public testing::TestWithParam<std::string> {};

TEST_P(EveryEntity, HasAnAccountThatAddsUp) {
  run::Request request;
  request.scenario = PORTFLOW_SOURCE_DIR "/" + GetParam();
  // Ten days of Dalian have a hundred thousand entities of all kinds.
  if (GetParam().find("/dalian/") != std::string::npos) request.until = "10 d";
  const auto prepared = run::prepare(request);
  ASSERT_TRUE(prepared.has_value());
  const trace::Schema schema = (*prepared)->schema(0);
  Accounts accounts;
  const auto collector = kpi::Collector::make(schema);
  std::vector<trace::Sink*> sinks{&accounts, collector->get()};
  std::vector<std::unique_ptr<kpi::SpanWatch>> watches;
  const auto names = kpi::span_names(schema);
  ASSERT_TRUE(names.has_value());
  for (const std::string& name : *names) {
    watches.push_back(std::move(*kpi::SpanWatch::make(schema, name)));
    sinks.push_back(watches.back().get());
  }
  run::Drive drive;
  drive.threads = 2;
  drive.paths = true;
  ASSERT_TRUE(run::simulate(**prepared, drive, sinks).has_value());
  EXPECT_GT(accounts.checked, 100u);
  EXPECT_TRUE(accounts.wrong.empty()) << accounts.wrong.front();

  const kpi::Results results = (*collector)->finish();
  EXPECT_FALSE(watches.empty());
  for (const auto& watch : watches) {
    const kpi::Figure* figure = kpi::find(results.figures, watch->name());
    ASSERT_NE(figure, nullptr) << watch->name();
    std::int64_t sum = 0;
    std::uint64_t count = 0;
    std::uint64_t unfinished = 0;
    for (const kpi::Observation& span : watch->finish()) {
      if (kpi::standing_of(span) == kpi::Standing::unfinished) {
        ++unfinished;
      } else {
        ++count;
        sum += (span.to.at - span.from.at).count();
      }
    }
    EXPECT_EQ(count, figure->count) << watch->name();
    EXPECT_EQ(unfinished, figure->unfinished) << watch->name();
    if (count == 0) continue;
    const double mean = static_cast<double>(sum) / static_cast<double>(count) /
                        kpi::milliseconds_in(watch->definition().unit);
    EXPECT_EQ(mean, *figure->mean) << watch->name();
  }
}

INSTANTIATE_TEST_SUITE_P(Scenarios, EveryEntity, testing::ValuesIn(scenarios()),
                         [](const auto& scenario) {
                           const auto path = std::filesystem::path(scenario.param);
                           return path.parent_path().filename().string() + "_" +
                                  path.stem().string();
                         });

trace::PathPart part(int begin, int end, Cause cause) {
  trace::PathPart result;
  result.begin = SimTime{Duration{begin}};
  result.end = SimTime{Duration{end}};
  result.entity = result.owner = 7;
  result.cause = cause;
  return result;
}

trace::Ended ended(int end, CauseSums sums) {
  trace::Ended result;
  result.end = SimTime{Duration{end}};
  result.entity = 7;
  result.ticks_by_cause = sums;
  return result;
}

TEST(Path, NeighboursThatSayTheSameAreOne) {
  const std::vector<trace::PathPart> recorded{part(5, 9, Cause::busy), part(2, 5, Cause::busy),
                                              part(0, 2, Cause::working)};
  const auto path = path_of(ended(9, {2, 0, 0, 0, 0, 0, 7}), recorded);
  ASSERT_TRUE(path.has_value());
  ASSERT_EQ(path->size(), 2u);
  EXPECT_EQ(path->front().cause, Cause::working);
  EXPECT_EQ(path->back().begin, SimTime{Duration{2}});
  EXPECT_EQ(path->back().end, SimTime{Duration{9}});
}

TEST(Path, AGapIsDamage) {
  const std::vector<trace::PathPart> recorded{part(3, 9, Cause::busy), part(0, 2, Cause::working)};
  const auto path = path_of(ended(9, {2, 0, 0, 0, 0, 0, 7}), recorded);
  ASSERT_FALSE(path.has_value());
  EXPECT_EQ(path.error().kind, Failure::input);
  EXPECT_EQ(path.error().errors.front().message,
            "damaged: the path of 0000000000000007 has a gap at 1970-01-01 00:00:00.002");
}

TEST(Path, CausesOtherThanRecordedAreDamage) {
  const std::vector<trace::PathPart> recorded{part(2, 9, Cause::busy), part(0, 2, Cause::working)};
  EXPECT_FALSE(path_of(ended(9, {3, 0, 0, 0, 0, 0, 6}), recorded).has_value());
  EXPECT_FALSE(path_of(ended(10, {2, 0, 0, 0, 0, 0, 8}), recorded).has_value());
  EXPECT_TRUE(path_of(ended(9, {2, 0, 0, 0, 0, 0, 7}), recorded).has_value());
  EXPECT_TRUE(path_of(ended(0, {}), {}).has_value());
}

}  // namespace
}  // namespace portflow::analysis

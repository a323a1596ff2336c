// Which numbers are weak, and how much a queue answers to each.
#include "analysis/calibration/sensitivity.hpp"

#include <gmock/gmock.h>

#include "analysis/weakest.hpp"
#include "io/read.hpp"
#include "run/support.hpp"

namespace portflow::calibration {
namespace {

using run_test::Scratch;
using testing::ElementsAre;

std::vector<std::string> weak_of(const std::string& text) {
  const auto root = io::parse(text, "x.yaml");
  EXPECT_TRUE(root);
  std::vector<std::string> found;
  for (const WeakNumber& one : weak_numbers(*root)) {
    found.push_back(policy::to_text(one.path) + ": " + one.text);
  }
  return found;
}

TEST(WeakNumbers, AreThoseWithoutASourceOfTheirOwn) {
  EXPECT_THAT(
      weak_of("portflow: 1\n"
              "horizon: {from: 2024-01-01, to: 2024-02-01, confidence: assumption}\n"
              "facilities:\n"
              "  gate: {resources: {lane: {servers: {\"06:00-22:00\": 3, else: 1}}}, "
              "position: [121.9, 39], confidence: assumption}\n"
              "  quay: {resources: {berth: {servers: 4}}, source: report}\n"
              "demand:\n"
              "  ships: {arrivals: {timetable: {mon: [\"09:20\"]}}, late: {erlang: [2, 6 h]}, "
              "confidence: proxy}\n"
              "procedures: {call: {work: {takes: 3 h, note: nobody says}}}\n"),
      ElementsAre("facilities.gate.resources.lane.servers: {06:00-22:00: 3, else: 1}",
                  "demand.ships.late: {erlang: [2, 6 h]}"));
}

Sensitivity studied(unsigned threads) {
  run::Request request;
  request.scenario = run_test::scenario("small/one_berth.yaml");
  SensitivityOptions options;
  options.kpis = {"berth_wait", "time_in_port"};
  options.share = 0.01;
  options.replications = 20;
  options.threads = threads;
  auto result = sensitivity(request, options);
  EXPECT_TRUE(result) << run_test::text_of(result.error());
  return std::move(*result);
}

/// The wait of an M/M/1 queue is s^2 / (g - s): with s = 8 h and g = 10 h it answers to 1 % of s by
/// 2 + s / (g - s) = 6 %, and to 1 % of g by -g / (g - s) = -5 %. Half a year is not the long run.
TEST(Sensitivity, OfAQueueIsThatOfTheory) {
  const Sensitivity result = studied(2);
  ASSERT_EQ(result.numbers.size(), 3u);
  EXPECT_EQ(policy::to_text(result.numbers[0].number.path), "procedures.call.steps.moor.takes");
  EXPECT_NEAR(result.numbers[0].elasticity, 6, 2);
  EXPECT_EQ(policy::to_text(result.numbers[1].number.path), "demand.ships.arrivals.every");
  EXPECT_NEAR(result.numbers[1].elasticity, -5, 2);
  for (const Influence& one : result.numbers) EXPECT_EQ(one.strongest, 0u);
}

/// A berth more or less cannot be a hundredth of one: the move is by a whole berth.
TEST(Sensitivity, MovesWholeNumbersByOne) {
  const Sensitivity result = studied(1);
  const auto& berth = result.numbers[2];
  EXPECT_EQ(policy::to_text(berth.number.path), "facilities.quay.resources.berth.servers");
  EXPECT_EQ(berth.moved, 1);
}

TEST(Sensitivity, GivesTheSameOnAnyNumberOfThreads) {
  EXPECT_EQ(to_json(studied(1)), to_json(studied(3)));
}

TEST(Sensitivity, IsReadBackForTheReport) {
  const Scratch scratch("sensitivity");
  const auto weakest = analysis::read_weakest(scratch.write("weak.json", to_json(studied(2))), 2);
  ASSERT_TRUE(weakest);
  ASSERT_EQ(weakest->size(), 2u);
  EXPECT_EQ((*weakest)[0].field, "procedures.call.steps.moor.takes");
  EXPECT_EQ((*weakest)[0].value, "{exponential: 8 h}");
  EXPECT_EQ((*weakest)[0].kpi, "berth_wait");
  EXPECT_FALSE(analysis::read_weakest(scratch.write("other.json", "{\"kpis\": []}")));
  EXPECT_FALSE(analysis::read_weakest(scratch.path("none.json")));
}

}  // namespace
}  // namespace portflow::calibration

// Every operation on every form of number and list, and the fold of several on one field.
#include "policy/port.hpp"

namespace portflow::policy_test {
namespace {

using policy::Measure;
using testing::TestWithParam;

/// `work.takes` in hours by its mean, after one edit.
double hours_of_work(const std::string& edit) {
  const auto result = compiled({effect("a", "procedures.call.steps.work.takes, " + edit)});
  return step(first(result), "work").takes->distribution.mean() / 3.6e6;
}

double servers(const policy::Compiled& compiled, const std::string& resource = "berth") {
  for (const auto& one : first(compiled).facilities.at("quay").resources) {
    if (one.name == resource) return one.servers;
  }
  throw std::out_of_range(resource);
}

const std::string berths = "facilities.quay.resources.berth.servers, ";

TEST(Set, ReplacesNumbersDistributionsAndWords) {
  EXPECT_EQ(servers(compiled({effect("a", berths + "was: 4, set: 6")})), 6);
  EXPECT_DOUBLE_EQ(hours_of_work("set: {erlang: [3, 6 h]}"), 6);
  EXPECT_DOUBLE_EQ(hours_of_work("was: {exponential: 480 min}, set: 90 min"), 1.5);
  const auto after =
      compiled({effect("a", "procedures.call.steps.work.after, was: [arrive, look], set: look")});
  EXPECT_EQ(step(first(after), "work").after, std::vector<std::string>{"look"});
}

TEST(Set, SelectsWhatNobodyWrote) {
  // `discipline` and `when` are defaults; a measure may set them all the same.
  const auto result =
      compiled({effect("a", "facilities.quay.resources.berth.discipline, was: fifo, set: priority"),
                effect("b", "procedures.call.steps.arrive.when, was: true, set: false")});
  EXPECT_EQ(first(result).facilities.at("quay").resources.at(0).discipline,
            spec::Resource::Discipline::priority);
  EXPECT_TRUE(step(first(result), "arrive").when.impossible);
}

TEST(Scale, StretchesNumbersCasesShiftsAndDistributions) {
  EXPECT_DOUBLE_EQ(hours_of_work("scale: 0.5"), 4);
  EXPECT_DOUBLE_EQ(hours_of_work("scale: 150 %"), 12);
  const auto result = compiled({effect("a", "procedures.call.steps.look.when.chance, scale: 50 %"),
                                effect("b", "facilities.gate.resources.lane.servers, scale: 2"),
                                effect("c", "procedures.call.steps.leave.takes, scale: 0.1")});
  const auto& cases = step(first(result), "look").when.chance->cases;
  EXPECT_DOUBLE_EQ(cases.at(0).then.value, 0.01);
  EXPECT_DOUBLE_EQ(cases.at(1).then.value, 0.05);
  const spec::Resource& lane = first(result).facilities.at("gate").resources.at(0);
  EXPECT_EQ(lane.servers, 2);
  EXPECT_EQ(lane.by_hours.at(0).second, 6);
  EXPECT_DOUBLE_EQ(step(first(result), "leave").takes->distribution.mean(), 3 * minute);
}

TEST(Scale, KeepsTheShapeOfADistribution) {
  const auto result = compiled({effect("a", "procedures.call.steps.work.takes, scale: 0.5")});
  const auto& takes = step(first(result), "work").takes->distribution;
  EXPECT_DOUBLE_EQ(
      takes.at(0.5),
      compiled({}).epochs[0].scenario.procedures.at("call").find("work")->takes->distribution.at(
          0.5) /
          2);
}

TEST(Add, ShiftsInAnyUnitOfTheDimension) {
  EXPECT_DOUBLE_EQ(hours_of_work("add: 30 min"), 8.5);
  const auto result = compiled({effect("a", "procedures.call.steps.leave.takes, add: -0.25 h"),
                                effect("b", "procedures.call.steps.look.when.chance.aeo, add: 1 %"),
                                effect("c", berths + "add: -1")});
  EXPECT_DOUBLE_EQ(step(first(result), "leave").takes->distribution.mean(), 15 * minute);
  EXPECT_DOUBLE_EQ(step(first(result), "look").when.chance->cases.at(0).then.value, 0.03);
  EXPECT_DOUBLE_EQ(step(first(result), "look").when.chance->cases.at(1).then.value, 0.1);
  EXPECT_EQ(servers(result), 3);
}

TEST(Bounds, LiftAndCapAndLeaveAlone) {
  EXPECT_EQ(servers(compiled({effect("a", berths + "at_least: 6")})), 6);
  EXPECT_EQ(servers(compiled({effect("a", berths + "at_least: 3")})), 4);
  EXPECT_EQ(servers(compiled({effect("a", berths + "at_most: 3")})), 3);
  EXPECT_EQ(servers(compiled({effect("a", berths + "at_most: 5")})), 4);
  const auto result = compiled(
      {effect("a", "\"procedures.call.steps.look.when.chance.{aeo,ordinary}\", at_most: 0.05")});
  EXPECT_DOUBLE_EQ(step(first(result), "look").when.chance->cases.at(0).then.value, 0.02);
  EXPECT_DOUBLE_EQ(step(first(result), "look").when.chance->cases.at(1).then.value, 0.05);
}

TEST(Insert, AddsAStepAndARequirement) {
  const auto result = compiled(
      {effect("a", "procedures.call.steps, insert: {pay: {at: gate, after: arrive, takes: 5 min}}"),
       effect("b", "procedures.call.steps.leave.after, include: look"),
       effect("c", "calendars, insert: {office: {daily: \"08:00-17:00\"}}")});
  EXPECT_EQ(step(first(result), "pay").at, "gate");
  EXPECT_EQ(step(first(result), "leave").after, (std::vector<std::string>{"work", "look"}));
  EXPECT_EQ(first(result).calendars.count("office"), 1u);
  EXPECT_EQ(first(result).procedures.at("call").steps.size(), 5u);
}

TEST(Include, AddsOnceAndExcludeTakesAway) {
  const std::string needs = "procedures.call.steps.leave.needs, ";
  const std::string after = "procedures.call.steps.work.after, ";
  const auto result =
      compiled({effect("a", after + "exclude: look"), effect("b", after + "include: arrive"),
                effect("c", needs + "exclude: lane")});
  EXPECT_EQ(step(first(result), "work").after, std::vector<std::string>{"arrive"});
  EXPECT_TRUE(step(first(result), "leave").needs.empty());
}

TEST(Fold, SetsThenScalesThenAddsThenBounds) {
  // (10 * 2 * 3 + 5 - 1) = 64, capped at 60, in whatever order the files come.
  std::vector<Measure> measures{
      effect("e", berths + "at_most: 60"), effect("d", berths + "add: 5"),
      effect("f", berths + "add: -1"),     effect("c", berths + "scale: 2"),
      effect("b", berths + "scale: 3"),    effect("a", berths + "was: 4, set: 10")};
  EXPECT_EQ(servers(compiled(measures)), 60);
  measures.erase(measures.begin());
  EXPECT_EQ(servers(compiled(measures)), 64);
}

TEST(Fold, AlikeSetsOfTwoMeasuresAreOne) {
  const auto result =
      compiled({effect("a", "procedures.call.steps.leave.takes, set: 60 min"),
                effect("b", "procedures.call.steps.leave.takes, was: 0.5 h, set: 1 h")});
  EXPECT_DOUBLE_EQ(step(first(result), "leave").takes->distribution.mean(), 60 * minute);
}

TEST(Selectors, ReachSeveralFieldsAtOnce) {
  const auto result =
      compiled({effect("a", "facilities.*.resources.*.discipline, set: priority"),
                effect("b", "\"procedures.call.steps.{arrive,leave}.takes\", scale: 2")});
  for (const auto& [name, facility] : first(result).facilities) {
    for (const auto& resource : facility.resources) {
      EXPECT_EQ(resource.discipline, spec::Resource::Discipline::priority) << resource.name;
    }
  }
  EXPECT_DOUBLE_EQ(step(first(result), "arrive").takes->distribution.mean(), 120 * minute);
  EXPECT_DOUBLE_EQ(step(first(result), "leave").takes->distribution.mean(), 60 * minute);
  EXPECT_DOUBLE_EQ(step(first(result), "work").takes->distribution.mean(), 480 * minute);
}

TEST(Changes, AreListedAsTheyWereAndBecame) {
  const auto result = compiled({effect("a", berths + "add: 2", "starts: 2024-01-20\n")});
  ASSERT_EQ(result.changes.size(), 1u);
  EXPECT_EQ(result.changes[0].part, "a");
  EXPECT_EQ(result.changes[0].path, "facilities.quay.resources.berth.servers");
  EXPECT_EQ(result.changes[0].before, "4");
  EXPECT_EQ(result.changes[0].after, "6");
  EXPECT_EQ(result.changes[0].from, midnight({2024, 1, 20}));
}

}  // namespace
}  // namespace portflow::policy_test

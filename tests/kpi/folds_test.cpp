// Every kind of fold over the hand-made record, against sums done by hand.
#include <gmock/gmock.h>

#include "kpi/small_port.hpp"

namespace portflow::kpi_test {
namespace {

using kpi::Better;
using kpi::Definition;
using kpi::Figure;
using ::testing::DoubleEq;
using ::testing::Optional;

kpi::Definition clearance() {
  return {.name = "clearance",
          .of = "box",
          .where = "flow == import",
          .from = "landed",
          .to = "cleared",
          .unit = "h",
          .by = {"lot.credit"}};
}

Figure one(const std::vector<Definition>& definitions, const std::string& name,
           const Record& record = story()) {
  const kpi::Results results = fold(schema(definitions), {record.rows});
  const Figure* figure = kpi::find(results.figures, name);
  if (figure == nullptr) throw std::runtime_error(std::string(name).append(": no such figure"));
  return *figure;
}

TEST(Span, MeanQuantilesAndUnfinishedOfTheCohort) {
  const Figure figure = one({clearance()}, "clearance");
  EXPECT_THAT(figure.value, Optional(DoubleEq(6)));  // (2 + 6 + 10) / 3
  EXPECT_THAT(figure.p50, Optional(DoubleEq(6)));
  EXPECT_THAT(figure.p90, Optional(DoubleEq(10)));
  EXPECT_THAT(figure.max, Optional(DoubleEq(10)));
  EXPECT_EQ(figure.count, 3u);
  EXPECT_EQ(figure.unfinished, 1u);
}

TEST(Span, GroupsByAnAttributeOfTheGroupThatBearsIt) {
  EXPECT_THAT(one({clearance()}, "clearance.aeo").value, Optional(DoubleEq(4)));
  const Figure ordinary = one({clearance()}, "clearance.ordinary");
  EXPECT_THAT(ordinary.value, Optional(DoubleEq(10)));
  EXPECT_EQ(ordinary.unfinished, 1u);
}

TEST(Span, HeadlineMayBeAnyStatistic) {
  for (const auto& [statistic, hours] : std::map<std::string, double>{
           {"mean", 6}, {"p50", 6}, {"p90", 10}, {"p95", 10}, {"max", 10}}) {
    Definition definition = clearance();
    definition.statistic = statistic;
    EXPECT_THAT(one({definition}, "clearance").value, Optional(DoubleEq(hours))) << statistic;
  }
}

TEST(Span, EntityThatEndedWithoutTheMarkIsOutside) {
  // 211 skipped `railed`; 221 and 222 may still set it; 212 took 23 h.
  const Figure figure = one(
      {{.name = "to_rail", .of = "box", .from = "landed", .to = "railed", .unit = "h"}}, "to_rail");
  EXPECT_THAT(figure.value, Optional(DoubleEq(23)));
  EXPECT_EQ(figure.count, 1u);
  EXPECT_EQ(figure.unfinished, 2u);
}

TEST(Span, CreatedAndDoneAreInstantsToo) {
  const Figure figure =
      one({{.name = "life", .of = "box", .from = "created", .to = "done", .unit = "d"}}, "life");
  EXPECT_THAT(figure.value, Optional(DoubleEq((10.0 + 30.0) / 2 / 24)));
  EXPECT_EQ(figure.unfinished, 2u);
}

TEST(Span, ConditionReadsAncestorsOfAncestors) {
  Definition feeder = clearance();
  feeder.where = "ship.type == feeder and lot.credit == ordinary";
  EXPECT_THAT(one({feeder}, "clearance").value, Optional(DoubleEq(10)));
  feeder.where = "ship.type == mainline";
  EXPECT_EQ(one({feeder}, "clearance").count, 0u);
  EXPECT_FALSE(one({feeder}, "clearance").value.has_value());
}

TEST(Span, QuantileIsAnObservedValueOfRankCeilPn) {
  Record record;
  for (std::uint16_t i = 1; i <= 20; ++i) {
    record.born(30, 1000u + i, passengers, 0, {});
    record.mark(30, 1000u + i, landed).mark(30.0 + i, 1000u + i, cleared);
  }
  const Figure figure =
      one({{.name = "wait", .of = "passenger", .from = "landed", .to = "cleared", .unit = "h"}},
          "wait", record);
  EXPECT_THAT(figure.p50, Optional(DoubleEq(10)));
  EXPECT_THAT(figure.p90, Optional(DoubleEq(18)));
  EXPECT_THAT(figure.p95, Optional(DoubleEq(19)));
}

TEST(Share, OfSpansLongerThan) {
  Definition definition = clearance();
  definition.kind = "share";
  definition.over = Duration{ms(5)};
  definition.unit = "%";
  const Figure figure = one({definition}, "clearance");
  // 212, 221, and 222: not cleared yet, but long past the threshold.
  EXPECT_THAT(figure.value, Optional(DoubleEq(75)));
  EXPECT_EQ(figure.count, 4u);
  EXPECT_EQ(figure.unfinished, 0u);
  EXPECT_THAT(one({definition}, "clearance.aeo").value, Optional(DoubleEq(50)));
}

TEST(Share, ThresholdItselfIsNotLonger) {
  Definition definition = clearance();
  definition.kind = "share";
  definition.over = Duration{ms(6)};
  EXPECT_THAT(one({definition}, "clearance").value, Optional(DoubleEq(2.0 / 4)));
}

TEST(Share, UnfinishedBelowTheThresholdIsNotKnown) {
  Definition definition = clearance();
  definition.kind = "share";
  definition.over = Duration{ms(63)};  // box 222 was watched for 63 h: from 33 to 96
  const Figure figure = one({definition}, "clearance");
  EXPECT_EQ(figure.count, 3u);
  EXPECT_EQ(figure.unfinished, 1u);
}

TEST(Span, RestrictedTakesTheUnfinishedAtTheEndOfFollowing) {
  // Followed for 48 h: 2 h, 6 h, 10 h, and box 222, which was watched for longer than that.
  const Figure figure = one({clearance()}, "clearance");
  EXPECT_THAT(figure.value, Optional(DoubleEq((2.0 + 6 + 10) / 3)));
  EXPECT_THAT(figure.restricted, Optional(DoubleEq((2.0 + 6 + 10 + 48) / 4)));
  EXPECT_EQ(figure.unfinished, 1u);
  EXPECT_EQ(figure.restricted_unknown, 0u);
}

TEST(Share, OfEntitiesWithAMarkCountsSkippedAsWithout) {
  const Figure figure = one(
      {{.name = "rate", .kind = "share", .of = "lot", .marked = "selected", .unit = "%"}}, "rate");
  EXPECT_THAT(figure.value, Optional(DoubleEq(50)));
  EXPECT_EQ(figure.count, 2u);
}

TEST(Share, WeighsByANumberOfTheEntity) {
  const Figure figure = one({{.name = "rail",
                              .kind = "share",
                              .of = "box",
                              .marked = "railed",
                              .weight = "teu",
                              .unit = "%"}},
                            "rail");
  EXPECT_THAT(figure.value, Optional(DoubleEq(2.0 / 3 * 100)));  // 212 of 211 and 212
  EXPECT_EQ(figure.unfinished, 2u);
}

TEST(Count, OfWeightInTheUnitOfTheKpi) {
  const Figure figure = one({{.name = "teu",
                              .kind = "count",
                              .of = "box",
                              .marked = "landed",
                              .weight = "teu",
                              .unit = "TEU"}},
                            "teu");
  EXPECT_THAT(figure.value, Optional(DoubleEq(6.25)));
  EXPECT_EQ(figure.count, 4u);
}

TEST(Count, WithoutAMarkCountsBirths) {
  EXPECT_THAT(one({{.name = "ships", .kind = "count", .of = "ship"}}, "ships").value,
              Optional(DoubleEq(1)));
}

TEST(Unfinished, IsWhatHasNotEnded) {
  const Figure figure = one({{.name = "left", .kind = "unfinished", .of = "box"}}, "left");
  EXPECT_THAT(figure.value, Optional(DoubleEq(2)));
  EXPECT_EQ(figure.count, 4u);
}

TEST(Resources, WaitUtilisationAndQueueWithinTheHorizon) {
  const Figure wait = one({}, "resource.gate.lane.wait");
  EXPECT_THAT(wait.value, Optional(DoubleEq(3600)));  // 8 h over 8 waits
  EXPECT_EQ(wait.count, 8u);
  EXPECT_EQ(wait.unfinished, 1u);
  EXPECT_THAT(wait.target, Optional(DoubleEq(900)));
  EXPECT_THAT(one({}, "resource.gate.lane.utilisation").value, Optional(DoubleEq(0.5)));
  const Figure queue = one({}, "resource.gate.lane.queue_length");
  EXPECT_THAT(queue.value, Optional(DoubleEq(0.25)));
  EXPECT_THAT(queue.max, Optional(DoubleEq(4)));
}

TEST(Outage, IsWhatUnitsMissOfTheirFullStrength) {
  const Definition outage{.name = "out", .kind = "outage", .of = "gate.lane", .unit = "h"};
  const auto figure = [&](double first, double second) {
    Record record;
    for (int day = 0; day < 4; ++day) {
      record.level(24 * (day + 1), 0, 0, 0, 0, 0);
      // The days before and after the cohort's are all outage, and not counted.
      const bool inside = day == 1 || day == 2;
      record.rows.levels.back().capacity = inside ? ms(day == 1 ? first : second) : 0;
    }
    return one({outage}, "out", record);
  };
  EXPECT_EQ(figure(48, 48).value, 0);                          // both lanes all the time
  EXPECT_THAT(figure(48, 44).value, Optional(DoubleEq(2)));    // both shut for two hours
  EXPECT_THAT(figure(47, 48).value, Optional(DoubleEq(0.5)));  // one of two for one hour
  EXPECT_FALSE(figure(0, 0).value.has_value());                // never in service
}

TEST(Resources, IdleOneHasNoWait) {
  EXPECT_FALSE(one({}, "resource.gate.idle.wait").value.has_value());
}

TEST(Procedures, TimeAndCausesOfTheCohort) {
  const Figure time = one({}, "procedure.import_box.time");
  EXPECT_THAT(time.value, Optional(DoubleEq(20 * 3600)));
  EXPECT_EQ(time.unfinished, 2u);
  EXPECT_THAT(one({}, "cause.import_box.busy").value, Optional(DoubleEq(4.5)));
  EXPECT_THAT(one({}, "cause.import_box.working").value, Optional(DoubleEq(15.5)));
}

TEST(Definitions, SurviveJson) {
  Definition definition = clearance();
  definition.over = Duration{1800};
  definition.target = 53.5;
  definition.better = Better::neither;
  definition.title = {"进口通关时间", "Import clearance time"};
  const auto back = kpi::from_json(kpi::to_json(std::vector{definition}));
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(*back, std::vector{definition});
}

TEST(Definitions, RefusesWhatIsNone) {
  EXPECT_FALSE(kpi::from_json("{").has_value());
  EXPECT_FALSE(kpi::from_json("{}").has_value());
  EXPECT_FALSE(kpi::from_json("[1]").has_value());
  trace::Schema odd = schema({{.name = "x", .kind = "sum", .of = "box"}});
  EXPECT_FALSE(kpi::Collector::make(odd).has_value());
}

}  // namespace
}  // namespace portflow::kpi_test

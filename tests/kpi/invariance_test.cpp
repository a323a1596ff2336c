// What a fold gives must not depend on how the record was cut, nor on damage crash it.
#include <gtest/gtest.h>

#include "kpi/small_port.hpp"

namespace portflow::kpi_test {
namespace {

trace::Schema rich() {
  return schema({{.name = "clearance",
                  .of = "box",
                  .where = "lot.credit == aeo or teu > 2",
                  .from = "landed",
                  .to = "cleared",
                  .unit = "h",
                  .by = {"lot.credit", "flow"}},
                 {.name = "rail",
                  .kind = "share",
                  .of = "box",
                  .marked = "railed",
                  .weight = "teu",
                  .unit = "%"},
                 {.name = "lot", .of = "lot", .from = "created", .to = "done", .unit = "h"}});
}

TEST(Collector, CutsOfTheRecordDoNotShow) {
  const Record record = story();
  const kpi::Results whole = fold(rich(), {record.rows}, kpi::Keep::entities_and_curves);
  for (const std::vector<double>& hours :
       std::vector<std::vector<double>>{{24},
                                        {24, 48, 72},
                                        {30, 30.5, 31, 32, 33},
                                        {34, 38, 40, 41},
                                        {10, 11, 12, 20, 21, 60}}) {
    EXPECT_EQ(fold(rich(), cut(record.rows, hours), kpi::Keep::entities_and_curves), whole);
  }
}

TEST(Collector, PartsOfABatchDoNotShow) {
  const Record record = story();
  const kpi::Results whole = fold(rich(), {record.rows}, kpi::Keep::entities_and_curves);
  for (const std::size_t rows : {1U, 2U, 3U, 7U, 1000U}) {
    auto collector = kpi::Collector::make(rich(), kpi::Keep::entities_and_curves);
    ASSERT_TRUE(collector.has_value());
    EXPECT_TRUE((*collector)->in_parts());
    for (const trace::Batch& batch : cut(record.rows, {24, 33, 41})) {
      std::size_t parts = 0;
      while ((*collector)->consume_some(batch, rows)) ++parts;
      EXPECT_LE(parts, 3 * batch.rows() + 8);
    }
    EXPECT_EQ((*collector)->finish(), whole) << rows << " rows at a time";
  }
}

TEST(Collector, DetailChangesNoFigure) {
  const Record record = story();
  kpi::Results detailed = fold(rich(), {record.rows}, kpi::Keep::entities_and_curves);
  EXPECT_EQ(detailed.members.size(), record.rows.born.size());
  EXPECT_EQ(kpi::find(detailed.figures, "clearance")->entities.size(), 3u);
  EXPECT_EQ(kpi::find(detailed.figures, "clearance")->curve.size(), 1u);
  for (kpi::Figure& figure : detailed.figures) {
    figure.entities.clear();
    figure.curve.clear();
  }
  EXPECT_EQ(detailed.figures, fold(rich(), {record.rows}).figures);
}

TEST(Collector, DaysAreThoseOfTheCurves) {
  const Record record = story();
  kpi::Results whole = fold(rich(), {record.rows}, kpi::Keep::entities_and_curves);
  const kpi::Results daily = fold(rich(), {record.rows}, kpi::Keep::daily);
  EXPECT_TRUE(daily.members.empty());
  std::size_t points = 0;
  for (kpi::Figure& figure : whole.figures) {
    figure.entities.clear();
    if (figure.kind != "span" && figure.kind != "share") figure.curve.clear();
    points += figure.curve.size();
  }
  EXPECT_EQ(daily.figures, whole.figures);
  EXPECT_GT(points, 5u);
}

TEST(Collector, GroupsThatShareACategoryStayApart) {
  trace::Schema twice = schema({{.name = "n", .kind = "count", .of = "box", .by = {"a", "b"}}});
  twice.roles[boxes].attributes = {{"a", "", {"no", "yes"}}, {"b", "", {"no", "yes"}}};
  Record record;
  record.born(30, 5, boxes, 0, {1, 0});
  const kpi::Results results = fold(twice, {record.rows});
  EXPECT_EQ(kpi::find(results.figures, "n.yes")->count, 1u);
  EXPECT_EQ(kpi::find(results.figures, "n.b.yes")->count, 0u);
  EXPECT_EQ(kpi::find(results.figures, "n.b.no")->count, 1u);
}

TEST(Collector, AFlagStandsAloneInACondition) {
  const auto counted = [](const std::string& where) {
    trace::Schema flagged = schema({{.name = "n", .kind = "count", .of = "box", .where = where}});
    flagged.roles[boxes].attributes = {{"reefer", "", {"no", "yes"}}};
    Record record;
    record.born(30, 5, boxes, 0, {1}).born(30, 6, boxes, 0, {1}).born(30, 7, boxes, 0, {0});
    return kpi::find(fold(flagged, {record.rows}).figures, "n")->count;
  };
  EXPECT_EQ(counted("reefer"), 2u);
  EXPECT_EQ(counted("not reefer"), 1u);
  EXPECT_EQ(counted("reefer and flow == import"), 2u);
}

TEST(Collector, KnowsACategoryThatOnlyAnotherRoleOfTheTypeHas) {
  const auto counted = [](const std::string& where) {
    trace::Schema two = schema({{.name = "n", .kind = "count", .of = "box", .where = where}});
    two.roles[boxes].attributes = {{"carrier", "", {"train", "feeder"}}};
    auto others = two.roles[boxes];
    others.name = "others";
    others.attributes = {{"carrier", "", {"mainline"}}};
    two.roles.push_back(others);
    const auto other = static_cast<std::uint16_t>(two.roles.size() - 1);
    Record record;
    record.born(30, 5, boxes, 0, {0}).born(30, 6, boxes, 0, {1}).born(30, 7, other, 0, {0});
    return kpi::find(fold(two, {record.rows}).figures, "n")->count;
  };
  EXPECT_EQ(counted("carrier != train"), 2u);
  EXPECT_EQ(counted("carrier == train"), 1u);
  EXPECT_EQ(counted("carrier == mainline"), 1u);
  EXPECT_EQ(counted("not carrier == mainline"), 2u);
}

TEST(Collector, RefusesAConditionThatNoRoleCanAnswer) {
  const auto made = [](const std::string& where) {
    return kpi::Collector::make(
        schema({{.name = "n", .kind = "count", .of = "box", .where = where}}));
  };
  EXPECT_TRUE(made("teu > 1").has_value());
  EXPECT_FALSE(made("lot.credit").has_value());  // a category needs a comparison
  const auto unknown = made("reefer");
  ASSERT_FALSE(unknown.has_value());
  EXPECT_NE(unknown.error().errors.front().text().find("no box can be asked `reefer`"),
            std::string::npos);
}

TEST(Collector, DamagedRowsDoNotCrash) {
  Record record = story();
  record.rows.born[3].role = 99;
  record.rows.marks[0].mark = 99;
  record.rows.ended[0].role = 99;
  record.rows.levels[0].resource = 99;
  record.rows.attributes.resize(2);
  EXPECT_NO_THROW((void)fold(rich(), {record.rows}));
}

TEST(Collector, EntityBornMarkedAndEndedInOneBatch) {
  Record record;
  record.born(30, 7, passengers, 0, {}).mark(30, 7, landed).mark(31, 7, cleared);
  record.ended(31, 7, passengers, 30);
  const kpi::Results results = fold(
      schema(
          {{.name = "wait", .of = "passenger", .from = "landed", .to = "cleared", .unit = "min"}}),
      {record.rows});
  EXPECT_DOUBLE_EQ(kpi::find(results.figures, "wait")->value.value_or(0), 60);
}

}  // namespace
}  // namespace portflow::kpi_test

// Tiles say what the scenario's KPIs say: over a window, by what is known by then.
#include "viz/rolling.hpp"

#include <gtest/gtest.h>

#include "kpi/collector.hpp"

namespace portflow::viz {
namespace {

using std::chrono::hours;

enum Mark : std::uint16_t { came, went, railed };

constexpr const char* definitions = R"([
  {"name": "stay", "kind": "span", "of": "box", "from": "came", "to": "went", "unit": "h"},
  {"name": "late", "kind": "share", "of": "box", "from": "came", "to": "went", "unit": "%",
   "over_ms": 7200000},
  {"name": "rail", "kind": "share", "of": "box", "marked": "railed", "unit": "%"},
  {"name": "left", "kind": "count", "of": "box", "marked": "went"},
  {"name": "open", "kind": "unfinished", "of": "box"}])";

/// Four boxes that come at 0 h and leave after 1, 2, 3 and 4 h; the last by rail.
struct Port {
  trace::Schema schema;
  trace::Batch batch;
  SimTime zero{hours(1'000'000)};

  Port() {
    schema.roles = {{.name = "boxes",
                     .type = "box",
                     .procedure = "",
                     .flow = "import",
                     .mode = "truck",
                     .attributes = {}}};
    schema.marks = {"came", "went", "railed"};
    schema.kpi_definitions = definitions;
    schema.from = schema.cohort_from = zero;
    schema.to = schema.until = zero + hours(24);
    for (trace::EntityId box = 1; box <= 4; ++box) {
      batch.born.push_back({.at = zero, .entity = box, .ordinal = 1, .role = 0});
      batch.marks.push_back({.at = zero, .entity = box, .mark = came});
    }
    for (trace::EntityId box = 1; box <= 4; ++box) {
      const SimTime end = zero + hours(static_cast<int>(box));
      if (box == 4) batch.marks.push_back({.at = end, .entity = box, .mark = railed});
      batch.marks.push_back({.at = end, .entity = box, .mark = went});
      batch.ended.push_back({.at = end, .end = end, .created = zero, .entity = box, .role = 0});
    }
  }
};

TEST(Rolling, LooksAtItsWindowOnly) {
  const Port port;
  const auto kpis = rolling_kpis(port.schema, port.batch, 6);
  ASSERT_EQ(kpis.size(), 4u) << "what is unfinished has no value of its own";
  const Rolling& stay = kpis[0].values;
  EXPECT_FALSE(stay.value(port.zero, hours(24)));
  EXPECT_DOUBLE_EQ(stay.value(port.zero + hours(1), hours(24)).value(), 1.0);
  EXPECT_DOUBLE_EQ(stay.value(port.zero + hours(4), hours(24)).value(), 2.5);
  EXPECT_DOUBLE_EQ(stay.value(port.zero + hours(4), hours(2)).value(), 3.5);
  EXPECT_FALSE(stay.value(port.zero + hours(10), hours(2)));
  EXPECT_DOUBLE_EQ(kpis[1].values.value(port.zero + hours(3), hours(24)).value(), 100.0 / 3);
  EXPECT_DOUBLE_EQ(kpis[2].values.value(port.zero + hours(4), hours(24)).value(), 25.0);
  EXPECT_DOUBLE_EQ(kpis[3].values.value(port.zero + hours(2), hours(24)).value(), 2.0);
}

TEST(Rolling, OverAWholeRunAgreesWithTheKpisOfTheCommandLine) {
  const Port port;
  auto collector = kpi::Collector::make(port.schema).value();
  collector->consume(port.batch);
  const kpi::Results results = collector->finish();
  for (const RollingKpi& kpi : rolling_kpis(port.schema, port.batch, 6)) {
    const kpi::Figure* figure = kpi::find(results.figures, kpi.definition.name);
    ASSERT_NE(figure, nullptr) << kpi.definition.name;
    EXPECT_DOUBLE_EQ(kpi.values.value(port.schema.to, hours(24)).value(), figure->value.value())
        << kpi.definition.name;
  }
}

TEST(Rolling, TakesTheFirstKpisInOrder) {
  const Port port;
  const auto kpis = rolling_kpis(port.schema, port.batch, 2);
  ASSERT_EQ(kpis.size(), 2u);
  EXPECT_EQ(kpis[0].definition.name, "stay");
  EXPECT_EQ(kpis[1].definition.name, "late");
}

TEST(Rolling, QuantilesTakeTheNearestRank) {
  const SimTime zero{};
  std::vector<Rolling::Sample> samples;
  for (int i = 1; i <= 10; ++i) samples.push_back({zero + hours(i), static_cast<double>(i), 1});
  EXPECT_DOUBLE_EQ(Rolling(samples, "p50").value(zero + hours(10), hours(24)).value(), 5);
  EXPECT_DOUBLE_EQ(Rolling(samples, "p90").value(zero + hours(10), hours(24)).value(), 9);
  EXPECT_DOUBLE_EQ(Rolling(samples, "max").value(zero + hours(10), hours(24)).value(), 10);
}

}  // namespace
}  // namespace portflow::viz

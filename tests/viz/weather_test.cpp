// Where weather strikes, as the text of a scenario says; marks that are pixels.
#include "viz/weather.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "viz/levels.hpp"
#include "viz/mark_image.hpp"

namespace portflow::viz {
namespace {

using std::chrono::hours;

trace::Schema rough_port() {
  std::ostringstream text;
  text << std::ifstream(PORTFLOW_SOURCE_DIR "/scenarios/small/rough_port.yaml").rdbuf();
  trace::Schema schema;
  schema.scenario_text = text.str();
  schema.facilities = {{.name = "quay", .kind = "", .title = {}, .main_resource = ""},
                       {.name = "laboratory", .kind = "", .title = {}, .main_resource = ""}};
  schema.resources = {{.name = "quay.berth", .facility = 0, .unit = "berth"},
                      {.name = "quay.crane", .facility = 0, .unit = "crane"},
                      {.name = "laboratory.bench", .facility = 1, .unit = "bench"}};
  return schema;
}

TEST(Weather, IsReadFromTheScenarioInTheTrace) {
  const auto exposures = exposures_of(rough_port());
  ASSERT_EQ(exposures.size(), 1u)
      << "the laboratory has hours, no weather; cranes fail, no weather";
  EXPECT_EQ(exposures[0].facility, 0);
  EXPECT_EQ(exposures[0].resources, std::vector<std::uint16_t>{0});
  EXPECT_EQ(exposures[0].names, (std::vector<std::string>{"fog", "gale"}));
  EXPECT_TRUE(exposures[0].wind);
  EXPECT_TRUE(exposures[0].haze);
}

/// As scenarios/dalian/parts/weather.yaml is written.
TEST(Weather, IsReadHoweverManyLinesItTakes) {
  trace::Schema schema = rough_port();
  schema.scenario_text =
      "calendars:\n"
      "  tide:\n"
      "    weather:\n"
      "      low_water:\n"
      "        every: 4 h\n"
      "      fog:\n"
      "        months: [mar-jul]\n"
      "        every: {exponential: 6 d}\n"
      "        lasts: {lognormal: [5 h, 0.8]}\n"
      "      gale:\n"
      "        every: {exponential: 15 d}\n"
      "facilities:\n"
      "  quay:\n"
      "    resources:\n"
      "      berth: {servers: 2, calendar: tide}\n";
  const auto exposures = exposures_of(schema);
  ASSERT_EQ(exposures.size(), 1u);
  EXPECT_EQ(exposures[0].names, (std::vector<std::string>{"fog", "gale"}));
}

TEST(Weather, TidesAndOutagesAreNone) {
  trace::Schema schema = rough_port();
  schema.scenario_text =
      "calendars:\n"
      "  tide:\n"
      "    weather: {low_water: {every: 4 h, lasts: 8.42 h}}\n"
      "facilities:\n"
      "  quay:\n"
      "    resources:\n"
      "      berth: {servers: 2, calendar: tide}\n";
  EXPECT_TRUE(exposures_of(schema).empty());
}

TEST(Weather, ShutsWhereNoUnitIsInService) {
  const trace::Schema schema = rough_port();
  trace::Batch batch;
  const SimTime zero{hours(460'000)};
  for (int i = 1; i <= 4; ++i) {
    batch.levels.push_back(
        {.at = zero + hours(i), .span = hours(1), .capacity_now = i == 2 ? 0u : 2u, .resource = 0});
  }
  const Levels levels(schema, batch);
  const Exposure quay = exposures_of(schema).at(0);
  EXPECT_FALSE(shut(quay, levels, zero)) << "nothing is known yet";
  EXPECT_FALSE(shut(quay, levels, zero + hours(1)));
  EXPECT_TRUE(shut(quay, levels, zero + hours(2)));
  EXPECT_FALSE(shut(quay, levels, zero + hours(3)));
}

TEST(Weather, NoUnitWithoutACalendarIsAnOutage) {
  trace::Schema schema = rough_port();
  schema.scenario_text.clear();
  schema.facilities[0].main_resource = "berth";
  const auto exposures = exposures_of(schema);
  ASSERT_EQ(exposures.size(), 1u) << "the laboratory names no main resource";
  EXPECT_TRUE(exposures[0].outage);
  EXPECT_TRUE(exposures[0].names.empty());
  const SimTime zero{hours(460'000)};
  trace::Batch batch;
  for (int i = 1; i <= 3; ++i) {
    batch.levels.push_back(
        {.at = zero + hours(i), .span = hours(1), .capacity_now = i == 2 ? 0u : 2u, .resource = 0});
  }
  const Levels levels(schema, batch);
  EXPECT_FALSE(shut(exposures[0], levels, zero + hours(1)));
  EXPECT_TRUE(shut(exposures[0], levels, zero + hours(2)));
  EXPECT_FALSE(shut(exposures[0], levels, zero + hours(3)));
}

TEST(MarkImage, HoldsSquaresThatAreCutOffAtItsEdge) {
  MarkImage image;
  image.begin({10, 20, 100, 50}, 2);
  ASSERT_EQ(image.width(), 200);
  ASSERT_EQ(image.height(), 100);
  const std::uint64_t empty = image.revision();
  image.mark({60, 45}, 4, 0xff112233u);
  image.mark({10, 20}, 4, 0xff445566u);
  image.mark({500, 500}, 4, 0xff445566u);
  EXPECT_NE(image.revision(), empty);
  std::size_t first = 0;
  std::size_t second = 0;
  for (int i = 0; i < 200 * 100; ++i) {
    first += image.pixels()[i] == 0xff112233u ? 1u : 0u;
    second += image.pixels()[i] == 0xff445566u ? 1u : 0u;
  }
  EXPECT_EQ(first, 64u);
  EXPECT_EQ(second, 16u) << "a quarter of a square lies within";
  image.begin({10, 20, 100, 50}, 2);
  EXPECT_EQ(image.revision(), empty);
  for (int i = 0; i < 200 * 100; ++i) ASSERT_EQ(image.pixels()[i], 0u) << i;
}

}  // namespace
}  // namespace portflow::viz

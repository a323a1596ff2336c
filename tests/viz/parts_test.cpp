// Small parts with answers known by hand: clusters, quays, units, waits, breaches, pairs, settings.
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

#include "viz/bands.hpp"
#include "viz/clusters.hpp"
#include "viz/comparison.hpp"
#include "viz/film.hpp"
#include "viz/live.hpp"
#include "viz/people.hpp"
#include "viz/quays.hpp"
#include "viz/settings.hpp"
#include "viz/waits.hpp"

namespace portflow::viz {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

TEST(Clusters, WhatWouldOverlapBecomesOne) {
  const std::vector<Point> places{{100, 100}, {110, 100}, {300, 300}};
  const std::vector<std::string> families(3);
  const auto clusters = clusters_of(places, families);
  ASSERT_EQ(clusters.size(), 2u);
  EXPECT_EQ(clusters[0].members, (std::vector<std::size_t>{0, 1}));
  EXPECT_FLOAT_EQ(clusters[0].place.x, 105);
}

TEST(Clusters, AFamilyMeetsFromFurtherApart) {
  const std::vector<Point> places{{100, 100}, {160, 100}, {300, 300}};
  EXPECT_EQ(clusters_of(places, std::vector<std::string>{"gate", "gate", ""}).size(), 2u);
  EXPECT_EQ(clusters_of(places, std::vector<std::string>(3)).size(), 3u);
}

TEST(Clusters, NoTwoSignsCoverOneAnother) {
  std::vector<Point> places;
  for (int i = 0; i < 40; ++i) {
    places.push_back({static_cast<float>(i * 37 % 200), static_cast<float>(i * 53 % 160)});
  }
  const auto clusters = clusters_of(places, std::vector<std::string>(places.size()));
  std::size_t members = 0;
  for (std::size_t i = 0; i < clusters.size(); ++i) {
    members += clusters[i].members.size();
    for (std::size_t j = i + 1; j < clusters.size(); ++j) {
      EXPECT_GE(length(clusters[i].at - clusters[j].at), 39.9f);
    }
  }
  EXPECT_EQ(members, places.size()) << "nobody is lost";
}

TEST(Clusters, AreNamedByWhatTitlesShare) {
  const std::vector<std::string> quays{"Dayaowan quay, phase 1", "Dayaowan quay, phase 2"};
  EXPECT_EQ(common_title(quays), "Dayaowan quay");
  const std::vector<std::string> chinese{"大窑湾一期码头", "大窑湾二期码头"};
  EXPECT_EQ(common_title(chinese), "大窑湾码头");
  EXPECT_EQ(common_title(std::vector<std::string>{"Auto quay", "Silo"}), "");
}

TEST(Waits, QuantilesAreRightToThreePercent) {
  Waits waits;
  for (int i = 1; i <= 1000; ++i) waits.add(minutes(i));
  EXPECT_NEAR(waits.quantile(0.5), 500, 15);
  EXPECT_NEAR(waits.quantile(0.95), 950, 29);
  EXPECT_NEAR(waits.share_between(0, 250), 0.25, 0.01);
  EXPECT_NEAR(waits.share_between(250, 1e9), 0.75, 0.01);
  EXPECT_EQ(Waits().quantile(0.5), 0);
}

trace::Schema two_berths() {
  trace::Schema s;
  s.from = SimTime(hours(1'000'000));
  s.to = s.until = s.from + hours(48);
  s.roles = {{"ships", "ship", "call", "import", "ship", {}}};
  s.steps = {"call.request"};
  s.facilities = {{"quay", "quay", {"码头", "Quay"}, 121.9, 39.0, true, "quay.berth"}};
  s.resources = {{"quay.berth", 0, "berth", 0}};
  s.routes = {{"sea > quay (sea)", "sea", {121.9, 121.9}, {38.9, 39.0}},
              {"quay > sea (sea)", "sea", {121.9, 121.9}, {39.0, 38.9}}};
  return s;
}

TEST(Bands, AShipHoldsTheLeastFreeBerthUntilSheLeaves) {
  const trace::Schema schema = two_berths();
  trace::Batch batch;
  const auto visit = [&](trace::EntityId ship, int asks, int leaves) {
    const SimTime at = schema.from + hours(asks);
    batch.steps.push_back(
        {.at = at, .ready = at, .start = at, .entity = ship, .step = 0, .resource = 0});
    batch.moves.push_back({at + hours(1), at, at + hours(1), ship, 0, 0});
    const SimTime off = schema.from + hours(leaves);
    batch.moves.push_back({off + hours(1), off, off + hours(1), ship, 1, 0});
  };
  visit(1, 0, 10);
  visit(2, 1, 5);
  visit(3, 6, 12);
  Bands bands(schema);
  bands.consume(batch);
  bands.close();
  const Band* band = bands.of(0);
  ASSERT_NE(band, nullptr);
  ASSERT_EQ(band->bars.size(), 3u);
  EXPECT_EQ(band->units, 2u);
  EXPECT_EQ(band->bar(0).to, schema.from + hours(10));
  EXPECT_EQ(band->bar(1).unit, 1u);
  EXPECT_EQ(band->bar(2).unit, 1u) << "the second left before the third asked";
  EXPECT_EQ(band->within(schema.from + hours(5), schema.from + hours(6)).size(), 1u);
}

TEST(Quays, LieAcrossTheWayByWhichShipsCome) {
  const trace::Schema schema = two_berths();
  trace::Batch batch;
  batch.levels.push_back(
      {.at = schema.from, .span = minutes(15), .capacity_now = 2, .resource = 0});
  const Quays quays(schema, Levels(schema, batch));
  ASSERT_EQ(quays.all().size(), 1u);
  const Quay& quay = quays.all().front();
  EXPECT_EQ(quay.berths, 2u);
  EXPECT_NEAR(quay.seaward.y, -1, 1e-6) << "ships come from the south";
  EXPECT_NEAR(std::abs(quay.along.x), 1, 1e-6);
  EXPECT_EQ(quays.at({121.9, 39.0}), &quay);
  EXPECT_EQ(quays.at({121.9, 38.9}), nullptr);
}

TEST(Breaches, OfBerthsThatFallEmptyAndBoxesThatAreLate) {
  trace::Schema schema = two_berths();
  schema.roles.push_back({"boxes", "box", "import", "import", "truck", {}});
  trace::Batch batch;
  for (const std::uint32_t busy : {0u, 1u, 2u, 0u, 0u}) {
    const int n = static_cast<int>(batch.levels.size());
    batch.levels.push_back({.at = schema.from + hours(n),
                            .span = hours(1),
                            .busy_now = busy,
                            .capacity_now = 2,
                            .resource = 0});
  }
  Breaches breaches;
  find_idle(schema, Levels(schema, batch), breaches);
  for (const int h : {10, 10, 10, 11, 40}) {
    trace::Ended row{.at = schema.from + hours(h),
                     .end = schema.from + hours(h),
                     .created = schema.from,
                     .entity = 1,
                     .role = 1};
    batch.ended.push_back(row);
  }
  Totals totals(schema);
  totals.consume(batch);
  totals.close(breaches);
  breaches.sort();
  EXPECT_EQ(breaches.all(Breach::idle), std::vector<SimTime>{schema.from + hours(3)});
  EXPECT_EQ(breaches.all(Breach::late), std::vector<SimTime>{schema.from + hours(34)});
  EXPECT_EQ(breaches.next(Breach::late, schema.from, true), schema.from + hours(34));
  EXPECT_FALSE(breaches.next(Breach::late, schema.from, false));
  EXPECT_EQ(totals.median(1), Duration(hours(10)));
}

TEST(Comparison, AFigureIsBetterOnlyWhereItsIntervalSaysSo) {
  const SimTime from{hours(24'000)};
  const auto tile = [&](double shift, double noise) {
    Tile t{.name = "wait"};
    t.better = kpi::Better::lower;
    t.over = [=](SimTime at, Duration span) -> std::optional<double> {
      if (span > hours(24)) return 50 + shift;  // up and down cancel over the whole
      const auto day = (at - from) / hours(24);
      return 50 + shift + noise * (day % 2 == 0 ? 1 : -1);
    };
    return t;
  };
  const SimTime to = from + hours(24 * 10);
  const auto better = paired(tile(0, 0), tile(-5, 1), from, to).value();
  EXPECT_EQ(better.verdict, Verdict::better);
  EXPECT_EQ(better.days, 10u);
  EXPECT_LT(better.low, better.difference);
  EXPECT_LT(better.high, 0);
  EXPECT_EQ(paired(tile(0, 0), tile(5, 1), from, to)->verdict, Verdict::worse);
  EXPECT_EQ(paired(tile(0, 0), tile(0.1, 9), from, to)->verdict, Verdict::unclear);
  EXPECT_EQ(paired(tile(0, 0), tile(0, 0), from, to)->verdict, Verdict::same);
  EXPECT_EQ(paired(tile(0, 0), tile(-5, 1), from, from + hours(72))->verdict, Verdict::unclear)
      << "three days prove nothing";
}

TEST(Settings, ComeBackAndBookmarksBelongToTheirTrace) {
  const std::string file = PORTFLOW_BINARY_DIR "/viz_settings/view.json";
  std::remove(file.c_str());
  View view;
  view.language = Language::zh;
  view.theme = Theme::light;
  view.speed = 7200;
  view.now = SimTime(hours(5));
  set_bookmark(view, "高峰");
  remember(view, "aaaa", file);
  View back;
  recall(back, "aaaa", file);
  EXPECT_EQ(back.language, Language::zh);
  EXPECT_EQ(back.theme, Theme::light);
  EXPECT_DOUBLE_EQ(back.speed, 7200);
  ASSERT_EQ(back.bookmarks.size(), 1u);
  EXPECT_EQ(back.bookmarks[0].caption, "高峰");
  View other;
  recall(other, "bbbb", file);
  EXPECT_TRUE(other.bookmarks.empty());
  std::ofstream(file) << "{\"language\": \"klingon\"";
  View unhurt;
  recall(unhurt, "aaaa", file);
  EXPECT_EQ(unhurt.language, Language::en);
}

TEST(Live, LosesItsEndingWhenTheRunIsDone) {
  EXPECT_EQ(finished_name("out/a.h5.partial"), "out/a.h5");
  EXPECT_EQ(finished_name("a.h5"), "a.h5");
}

TEST(Film, HasAsManyFramesAsItsStretchNeeds) {
  FilmPlan plan{
      .path = "x.mp4", .from = SimTime(hours(0)), .to = SimTime(hours(24)), .speed = 3600};
  EXPECT_EQ(frames_of(plan), 24 * 30 + 1);
  plan.to = plan.from;
  EXPECT_EQ(frames_of(plan), 1);
}

}  // namespace
}  // namespace portflow::viz

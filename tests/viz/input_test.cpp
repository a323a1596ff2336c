// Hands: what keys and mouse do, replayed as events.
#include <gtest/gtest.h>

#include "viz/scene.hpp"

namespace portflow::viz {
namespace {

using std::chrono::hours;
using test::Scene;

TEST(Input, SpacePlaysBothWays) {
  Scene scene;
  scene.settle();
  const SimTime at = scene.view().now;
  scene.press(' ');
  EXPECT_TRUE(scene.view().playing);
  scene.frame(0.5f);
  EXPECT_GT(scene.view().now, at + std::chrono::minutes(15));
  scene.press(' ', true);
  EXPECT_TRUE(scene.view().reverse);
  scene.frame(2.0f);
  EXPECT_LT(scene.view().now, at);
  scene.press(' ', true);
  EXPECT_FALSE(scene.view().playing);
}

TEST(Input, ArrowsStepByEventHourAndDay) {
  Scene scene;
  scene.settle();
  const SimTime at = scene.view().now;
  const int right = ImGui::GetIO().KeyMap[ImGuiKey_RightArrow];
  ASSERT_GE(right, 0) << "the app names its keys even without a window";
  scene.press(right);
  EXPECT_EQ(scene.view().now, scene.store().next_event(at, true).value());
  const SimTime here = scene.view().now;
  scene.press(right, true);
  EXPECT_EQ(scene.view().now, here + hours(1));
  scene.press(right, false, true);
  EXPECT_EQ(scene.view().now, std::min(here + hours(25), scene.store().end()));
}

TEST(Input, DraggingTheCurvesScrubsAndTheWheelZooms) {
  Scene scene;
  scene.settle();
  const Rect dock = scene.layout().dock;
  const Duration window = scene.view().window_to - scene.view().window_from;
  scene.drag(dock.x + 200, dock.y + 60, dock.x + 400, dock.y + 60);
  const double share = static_cast<double>((scene.view().now - scene.view().window_from).count()) /
                       static_cast<double>(window.count());
  EXPECT_NEAR(share, (400.0 - 76) / static_cast<double>(dock.w - 76 - 290), 0.02);
  scene.wheel(dock.x + 300, dock.y + 60, 2);
  EXPECT_LT(scene.view().window_to - scene.view().window_from, window);
}

TEST(Input, AShiftDragOverTheCurvesShowsThatSpan) {
  Scene scene;
  scene.settle();
  const Rect dock = scene.layout().dock;
  const float wide = dock.w - 76 - 290;
  const SimTime now = scene.view().now;
  const SimTime from = scene.view().window_from;
  const auto window = static_cast<double>((scene.view().window_to - from).count());
  ImGui::GetIO().KeyShift = true;
  scene.drag(dock.x + 76 + wide * 0.25f, dock.y + 60, dock.x + 76 + wide * 0.5f, dock.y + 60);
  ImGui::GetIO().KeyShift = false;
  EXPECT_EQ(scene.view().now, now) << "the clock stays";
  EXPECT_NEAR(static_cast<double>((scene.view().window_from - from).count()), 0.25 * window,
              0.01 * window);
  EXPECT_NEAR(static_cast<double>((scene.view().window_to - from).count()), 0.5 * window,
              0.01 * window);
}

TEST(Input, AShiftDragOverTheRunSetsTheWindow) {
  Scene scene;
  scene.settle();
  const Rect dock = scene.layout().dock;
  const float y = dock.y + 28 + (dock.h - 152) + 40 + 5 + 12 + 3 + 7;
  const float wide = dock.w - 76 - 290;
  ImGui::GetIO().KeyShift = true;
  scene.drag(dock.x + 76 + wide * 0.25f, y, dock.x + 76 + wide * 0.5f, y);
  ImGui::GetIO().KeyShift = false;
  const auto run = static_cast<double>((scene.store().end() - scene.store().begin()).count());
  EXPECT_NEAR(static_cast<double>((scene.view().window_to - scene.view().window_from).count()),
              0.25 * run, 0.02 * run);
}

TEST(Input, AClickOnTheStripGoesToTheFirstBreachThere) {
  Scene scene;
  scene.settle();
  const auto& all = scene.store().breaches().all(Breach::wait);
  ASSERT_FALSE(all.empty());
  const Rect dock = scene.layout().dock;
  const float y = dock.y + 28 + (dock.h - 152) + 40 + 5 + 2;
  const double share = static_cast<double>((all.front() - scene.store().begin()).count()) /
                       static_cast<double>((scene.store().end() - scene.store().begin()).count());
  scene.click(dock.x + 76 + (dock.w - 76 - 290) * static_cast<float>(share) + 1, y);
  EXPECT_NEAR(static_cast<double>((scene.view().now - all.front()).count()), 0, 6 * 3.6e6)
      << "it, or what another kind has in the same slot";
}

TEST(Input, FiguresScrollWhereThereIsNoRoomForAll) {
  Scene scene(false, {}, 1366, 768);
  scene.settle();
  const Rect kpi = scene.layout().kpi;
  ASSERT_GT(scene.store().tiles().size(), 3u);
  scene.wheel(kpi.centre().x, kpi.centre().y, -1);
  EXPECT_EQ(scene.view().first_figure, 1u);
  scene.click(kpi.right() - 14, kpi.bottom() - 20);
  EXPECT_EQ(scene.view().first_figure, 0u);
  scene.click(kpi.right() - 14, kpi.y + 20);
  EXPECT_EQ(scene.view().first_figure, 1u);
  for (int i = 0; i < 9; ++i) scene.wheel(kpi.centre().x, kpi.centre().y, -1);
  EXPECT_EQ(scene.view().first_figure, scene.store().tiles().size() - 3);
}

TEST(Input, AQuestionMarkIsOneWhereShiftIsUpAlready) {
  Scene scene;
  ImGui::GetIO().AddInputCharacter('?');
  scene.press('/');
  EXPECT_TRUE(scene.view().help);
  EXPECT_FALSE(scene.view().search.open);
}

TEST(Input, CtrlAndTheWheelZoomAsAPinchWould) {
  Scene scene;
  scene.settle();
  const Rect map = scene.layout().map;
  const double zoom = scene.view().camera.zoom;
  ImGui::GetIO().KeyCtrl = true;
  scene.wheel(map.centre().x, map.centre().y, 1);
  ImGui::GetIO().KeyCtrl = false;
  EXPECT_NEAR(scene.view().camera.zoom, zoom * 1.25, 1e-6 * zoom);
}

TEST(Input, TheMapPansAndZooms) {
  Scene scene;
  scene.settle();
  const Rect map = scene.layout().map;
  const Camera before = scene.view().camera;
  scene.drag(map.centre().x, map.centre().y + 60, map.centre().x + 90, map.centre().y + 60);
  EXPECT_LT(scene.view().camera.centre.lon, before.centre.lon);
  scene.wheel(map.centre().x, map.centre().y, 1);
  EXPECT_GT(scene.view().camera.zoom, before.zoom * 1.2);
  scene.press('0');
  scene.settle();
  EXPECT_NEAR(scene.view().camera.zoom, before.zoom, 1e-6);
}

TEST(Input, SearchFindsOpensAndGoesBack) {
  Scene scene;
  scene.settle();
  scene.press('/');
  ASSERT_TRUE(scene.view().search.open);
  scene.type("imports-481");
  scene.settle();
  const int enter = ImGui::GetIO().KeyMap[ImGuiKey_Enter];
  scene.press(enter);
  EXPECT_EQ(scene.view().chosen, test::storied_box);
  EXPECT_FALSE(scene.view().search.open);
  scene.settle();
  scene.press(ImGui::GetIO().KeyMap[ImGuiKey_Escape]);
  EXPECT_FALSE(scene.view().chosen);
}

TEST(Input, LettersAreLettersWhileOneTypes) {
  Scene scene;
  scene.press('/');
  scene.press('K');
  EXPECT_EQ(scene.view().theme, Theme::dark);
}

TEST(Input, FollowingSurvivesScrubbing) {
  Scene scene;
  choose(scene.view(), test::storied_box);
  scene.settle();
  scene.press('F');
  ASSERT_TRUE(scene.view().following);
  const SimTime born = scene.store().begin() + hours(120);
  const auto shown = [&](SimTime at) {
    go_to(scene.view(), scene.store(), at);
    for (int i = 0; i < 300; ++i) scene.frame(0.1f);
    return scene.view().camera.centre;
  };
  const LonLat gate = shown(born + hours(13));
  const LonLat city = shown(born + hours(15));
  EXPECT_NEAR(gate.lon, 121.885, 0.01);
  EXPECT_NEAR(city.lon, 121.615, 0.01);
  EXPECT_TRUE(scene.view().following);
  EXPECT_EQ(scene.view().chosen, test::storied_box);
}

TEST(Input, AHolderIsOneClickAwayAndTheTrailLeadsBack) {
  View view;
  choose(view, 1);
  choose(view, 2);
  EXPECT_EQ(view.trail.size(), 1u);
  go_up(view);
  EXPECT_EQ(view.chosen, 1u);
  go_up(view);
  EXPECT_FALSE(view.chosen);
}

TEST(Input, ClickingAShipOpensItsCard) {
  Scene scene;
  scene.settle();
  const Rect map = scene.layout().map;
  const Projection to(scene.view().camera, map);
  const auto& movers = scene.store().movers();
  const Rect free{map.x + map.w * 0.55f, map.y + map.h * 0.62f, map.w * 0.25f, map.h * 0.22f};
  const auto seek = [&]() -> std::optional<Point> {
    for (SimTime at = scene.store().begin(); at < scene.store().end();
         at += std::chrono::minutes(30)) {
      for (const Mover& mover : movers.at(at)) {
        if (mover.mode != Mode::ship) continue;
        const Point place = to(movers.paths()[mover.route].pose(mover.along).at);
        if (!free.contains(place)) continue;
        go_to(scene.view(), scene.store(), at);
        return place;
      }
    }
    return std::nullopt;
  };
  const auto place = seek();
  ASSERT_TRUE(place.has_value()) << "the sample has ships at sea";
  scene.settle();
  scene.click(place->x, place->y);
  EXPECT_TRUE(scene.view().chosen.has_value());
}

TEST(Input, BookmarksAreSetNamedAndVisited) {
  Scene scene;
  scene.settle();
  const SimTime at = scene.view().now;
  scene.press('B');
  ASSERT_TRUE(scene.view().caption.open);
  scene.type("Rush");
  scene.press(ImGui::GetIO().KeyMap[ImGuiKey_Enter]);
  ASSERT_EQ(scene.view().bookmarks.size(), 1u);
  EXPECT_EQ(scene.view().bookmarks[0].caption, "Rush");
  go_to(scene.view(), scene.store(), scene.store().begin());
  scene.press('1');
  EXPECT_EQ(scene.view().now, at);
}

TEST(Input, TabsLanguageThemeAndColoursHaveKeys) {
  Scene scene(true);
  scene.settle();
  scene.press('T');
  EXPECT_EQ(scene.view().tab, Tab::terminal);
  scene.press('L');
  EXPECT_EQ(scene.view().tab, Tab::lanes);
  scene.press('C');
  EXPECT_EQ(scene.view().tab, Tab::compare);
  scene.settle();
  const Rect map = scene.layout().map_b;
  EXPECT_EQ(scene.view().versus, Versus::difference);
  scene.click(map.right() - 12 - 110, map.y + 26);
  EXPECT_EQ(scene.view().versus, Versus::swipe) << "left of the button for the difference";
  scene.press('M');
  EXPECT_EQ(scene.view().tab, Tab::map);
  scene.press('X');
  EXPECT_EQ(scene.view().colour_by, ColourBy::cause);
  scene.press('G');
  EXPECT_EQ(scene.view().language, Language::zh);
  scene.press('K');
  EXPECT_EQ(scene.view().theme, Theme::light);
  scene.press('/', true);
  EXPECT_TRUE(scene.view().help);
  scene.frame();
  EXPECT_GT(scene.vertices("help"), 500);
}

TEST(Input, ANumberIsCopiedWithItsDefinition) {
  Scene scene;
  scene.settle();
  const Rect kpi = scene.layout().kpi;
  scene.click(kpi.x + 20, kpi.y + 50);
  const std::string copied = scene.view().note;
  EXPECT_NE(copied.find("copied"), std::string::npos) << copied;
  EXPECT_NE(copied.find("In the system"), std::string::npos) << copied;
}

TEST(Input, SpeedsCanBeTyped) {
  EXPECT_DOUBLE_EQ(read_speed("2 h").value(), 7200);
  EXPECT_DOUBLE_EQ(read_speed("15min").value(), 900);
  EXPECT_DOUBLE_EQ(read_speed("1 wk").value(), 604'800);
  EXPECT_DOUBLE_EQ(read_speed("3 d / s").value(), 259'200);
  EXPECT_DOUBLE_EQ(read_speed("90").value(), 90);
  EXPECT_DOUBLE_EQ(read_speed("9 wk").value(), greatest_speed);
  EXPECT_FALSE(read_speed("fast"));
  EXPECT_FALSE(read_speed("-1 h"));
  EXPECT_FALSE(read_speed("1 fortnight"));
}

TEST(Input, BracketsHideTheFiguresAndTheColumn) {
  Scene scene;
  scene.settle();
  const Layout before = scene.layout();
  scene.press('[');
  scene.press(']');
  scene.frame();
  EXPECT_EQ(scene.vertices("kpi"), 0);
  EXPECT_EQ(scene.vertices("queues"), 0);
  EXPECT_GT(scene.layout().map.w, before.map.w + 300);
  EXPECT_LT(scene.layout().map.y, before.map.y);
  scene.press('[');
  scene.press(']');
  scene.frame();
  EXPECT_GT(scene.vertices("kpi"), 0);
  EXPECT_GT(scene.vertices("queues"), 0);
}

TEST(Input, EdgesAreDragged) {
  Scene scene;
  scene.settle();
  const Layout before = scene.layout();
  const Point side = before.side_edge.centre();
  scene.drag(side.x, side.y, side.x - 80, side.y);
  EXPECT_NEAR(scene.layout().queues.w, before.queues.w + 80, 2);
  const Point dock = before.dock_edge.centre();
  scene.drag(dock.x, dock.y, dock.x, dock.y - 50);
  EXPECT_NEAR(scene.layout().dock.h, before.dock.h + 50, 2);
}

TEST(Input, SizeAndSlideMakeEverythingLarger) {
  Scene scene;
  scene.settle();
  const float body = scene.app().fonts()[Face::body]->FontSize;
  scene.press(static_cast<int>('='), false, true);
  EXPECT_FLOAT_EQ(scene.view().size, 1.25f);
  EXPECT_TRUE(scene.app().prepare()) << "the fonts are made anew between frames";
  EXPECT_NEAR(scene.app().fonts()[Face::body]->FontSize, body * 1.25f, 1.5f);
  scene.press(static_cast<int>('-'), false, true);
  scene.press(key_f11);
  EXPECT_TRUE(scene.view().slide);
  EXPECT_FLOAT_EQ(scene.view().size, 1);
  EXPECT_FALSE(scene.app().prepare()) << "1 x 1.25 is what they are already";
  scene.settle();
  EXPECT_GT(scene.all_vertices(), 3000);
}

TEST(Input, WhatIsTypedGetsItsGlyphs) {
  Scene scene;
  scene.settle();
  scene.press('B');
  ImGui::GetIO().AddInputCharacter(0x9f98);  // a dragon, in no label
  scene.frame();
  const std::string typed[] = {"\u9f98"};
  EXPECT_FALSE(scene.app().fonts().missing(Face::label, typed).empty());
  EXPECT_TRUE(scene.app().prepare());
  EXPECT_TRUE(scene.app().fonts().missing(Face::label, typed).empty());
  EXPECT_FALSE(scene.app().prepare());
}

TEST(Input, TwoRunsAreSplitComparedAndSwiped) {
  Scene scene(true);
  scene.settle();
  scene.press('D');
  EXPECT_EQ(scene.view().tab, Tab::compare);
  EXPECT_EQ(scene.view().versus, Versus::split);
  scene.settle();
  EXPECT_GT(scene.vertices("ground_b"), 60);
  scene.press('D');
  EXPECT_EQ(scene.view().versus, Versus::swipe);
  scene.settle();
  EXPECT_EQ(scene.vertices("ground_b"), 0) << "both maps have one ground";
  const Rect map = scene.layout().map;
  scene.drag(map.centre().x, map.centre().y, map.x + map.w * 0.25f, map.centre().y);
  EXPECT_NEAR(scene.view().swipe, 0.25f, 0.02f);
  scene.press('D');
  EXPECT_EQ(scene.view().versus, Versus::difference);
}

TEST(Input, TheSpeedIsTypedWhereItIsShown) {
  Scene scene;
  scene.settle();
  scene.view().speed_entry.open = true;
  scene.type("3 d");
  scene.press(ImGui::GetIO().KeyMap[ImGuiKey_Enter]);
  EXPECT_DOUBLE_EQ(scene.view().speed, 259'200);
  EXPECT_FALSE(scene.view().speed_entry.open);
}

TEST(Input, NAndPGoToBreaches) {
  Scene scene;
  scene.settle();
  const auto& all = scene.store().breaches().all(Breach::wait);
  ASSERT_FALSE(all.empty());
  go_to(scene.view(), scene.store(), scene.store().begin());
  scene.press('N');
  EXPECT_EQ(scene.view().now, all.front());
  scene.press(ImGui::GetIO().KeyMap[ImGuiKey_End]);
  scene.press('P');
  EXPECT_EQ(scene.view().now, all.back());
}

}  // namespace
}  // namespace portflow::viz

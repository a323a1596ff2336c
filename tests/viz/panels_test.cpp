// Every panel drawn without a display: it has vertices, says something when it is empty, and Dear
// ImGui has nothing to complain of (its assertions would end the test).
#include <gtest/gtest.h>

#include "viz/scene.hpp"

namespace portflow::viz {
namespace {

using test::Scene;

void expect_panels(Scene& scene, std::initializer_list<const char*> panels, int least = 60) {
  for (const char* panel : panels) EXPECT_GT(scene.vertices(panel), least) << panel;
}

TEST(Panels, OfTheOverview) {
  Scene scene;
  scene.settle();
  expect_panels(scene, {"top", "kpi", "ground", "map", "queues", "causes", "time", "status"});
  EXPECT_EQ(scene.vertices("card"), 0) << "nobody is chosen";
}

TEST(Panels, OfAChosenEntity) {
  Scene scene;
  choose(scene.view(), test::storied_box);
  scene.settle();
  expect_panels(scene, {"card", "why", "account", "strip", "map", "time"});
  EXPECT_EQ(scene.vertices("queues"), 0);
  scene.view().tab = Tab::terminal;
  scene.settle();
  expect_panels(scene, {"card", "why", "account", "strip", "terminal"});
}

TEST(Panels, OfTheTerminalAndTheHalls) {
  Scene scene;
  scene.view().tab = Tab::terminal;
  scene.settle();
  const int plan = scene.vertices("terminal");
  EXPECT_GT(plan, 2000);
  scene.view().halls = true;
  scene.settle();
  EXPECT_GT(scene.vertices("terminal"), 1000);
  EXPECT_NE(scene.vertices("terminal"), plan);
}

TEST(Panels, OfTheLanes) {
  Scene scene;
  scene.view().tab = Tab::lanes;
  scene.settle();
  expect_panels(scene, {"gantt", "heat", "distribution"}, 400);
}

TEST(Panels, OfTwoTraces) {
  Scene scene(true);
  scene.view().tab = Tab::compare;
  scene.settle();
  expect_panels(scene, {"verdict", "pairs", "map", "map_b", "movers"}, 200);
  choose(scene.view(), test::storied_box);
  scene.settle();
  expect_panels(scene, {"strip", "strip_b"});
}

TEST(Panels, SayWhatIsMissing) {
  Scene scene;
  scene.view().tab = Tab::compare;
  scene.settle();
  expect_panels(scene, {"map_b", "movers", "pairs"}, 40);
  const test::Sample sample = test::make_sample();
  trace::Schema schema = sample.schema;
  const Store empty(schema, trace::Batch{});
  const MapData none;
  auto app = App::make({empty, none, nullptr, nullptr, nullptr, nullptr},
                       first_view(empty, std::nullopt), 1)
                 .value();
  for (const Tab tab : {Tab::map, Tab::terminal, Tab::lanes, Tab::compare}) {
    app->view().tab = tab;
    for (int i = 0; i < 2; ++i) app->draw(1280, 720, 0.1f, true);
    EXPECT_GT(ImGui::GetDrawData()->TotalVtxCount, 500);
  }
}

TEST(Panels, FitEverySizeInBothLanguagesAndThemes) {
  for (const auto& [width, height] : {std::pair{1280, 720}, std::pair{3840, 2160}}) {
    for (const Language language : {Language::zh, Language::en}) {
      View view;
      view.language = language;
      view.theme = language == Language::zh ? Theme::light : Theme::dark;
      Scene scene(false, view, width, height);
      for (const Tab tab : {Tab::map, Tab::terminal, Tab::lanes, Tab::compare}) {
        scene.view().tab = tab;
        scene.settle();
        EXPECT_GT(scene.all_vertices(), 3000);
        const Layout l = scene.layout();
        EXPECT_LE(l.dock.bottom(), l.status.y + 1) << "the dock keeps clear of the status line";
      }
    }
  }
}

}  // namespace
}  // namespace portflow::viz

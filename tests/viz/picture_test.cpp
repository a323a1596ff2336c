// Pictures without a display: written, not empty, and different at different times.
#include "viz/picture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>
#include <stdexcept>

#include "viz/app.hpp"
#include "viz/sample.hpp"

namespace portflow::viz {
namespace {

using std::chrono::hours;

struct Scene {
  test::Sample sample = test::make_sample();
  Store store{sample.schema, sample.batch};
  MapData map = load_map(PORTFLOW_SOURCE_DIR "/scenarios/dalian/map").value();

  Picture at(SimTime when, Language language = Language::en, Theme theme = Theme::dark,
             int width = 1920, int height = 1080, float scale = 1) {
    View view = first_view(store, when);
    view.language = language;
    view.theme = theme;
    auto app = App::make({store, map, nullptr, nullptr, nullptr, nullptr}, view, scale).value();
    auto picture = take_picture(*app, width, height);
    if (!picture) throw std::runtime_error(picture.error().errors.front().text());
    return std::move(*picture);
  }
};

std::string save(const Picture& picture, const std::string& name) {
  std::string path = PORTFLOW_BINARY_DIR "/";
  path += name;
  EXPECT_TRUE(write_png(picture, path).has_value());
  return path;
}

std::size_t colours(const Picture& picture) {
  std::set<std::uint32_t> seen;
  for (std::size_t i = 0; i + 2 < picture.rgb.size(); i += 3) {
    seen.insert(static_cast<std::uint32_t>(picture.rgb[i] << 16 | picture.rgb[i + 1] << 8 |
                                           picture.rgb[i + 2]));
  }
  return seen.size();
}

TEST(Picture, ShowsTheSampleWithoutADisplay) {
  Scene scene;
  const Picture picture = scene.at(scene.store.begin() + hours(134));
  EXPECT_EQ(picture.width, 1920);
  EXPECT_EQ(picture.rgb.size(), 1920u * 1080u * 3u);
  EXPECT_GT(colours(picture), 200u);
  const std::string path = save(picture, "viz_sample_dark_en.png");
  std::ifstream in(path, std::ios::binary);
  std::string magic(8, ' ');
  in.read(magic.data(), 8);
  EXPECT_EQ(magic, "\x89PNG\r\n\x1a\n");
}

TEST(Picture, DiffersBetweenTimesThemesAndLanguages) {
  Scene scene;
  const SimTime at = scene.store.begin() + hours(134);
  const Picture first = scene.at(at);
  EXPECT_EQ(first.rgb, scene.at(at).rgb) << "the same instant gives the same pixels";
  EXPECT_NE(first.rgb, scene.at(at + hours(3)).rgb);
  const Picture light = scene.at(at, Language::zh, Theme::light);
  EXPECT_NE(first.rgb, light.rgb);
  save(light, "viz_sample_light_zh.png");
}

TEST(Picture, FitsASmallWindowAndAHighDensityOne) {
  Scene scene;
  const SimTime at = scene.store.begin() + hours(134);
  EXPECT_GT(colours(scene.at(at, Language::en, Theme::dark, 1280, 720)), 200u);
  save(scene.at(at, Language::en, Theme::dark, 1280, 720), "viz_sample_small.png");
  EXPECT_GT(colours(scene.at(at, Language::zh, Theme::dark, 1920, 1080, 1.25f)), 200u);
}

TEST(Picture, SaysWhereItCannotBeWritten) {
  const Picture picture{2, 2, std::vector<std::uint8_t>(12)};
  const auto written = write_png(picture, "/nonexistent/folder/x.png");
  ASSERT_FALSE(written.has_value());
  EXPECT_EQ(written.error().kind, Failure::disk);
}

}  // namespace
}  // namespace portflow::viz

// Six scenes of the sample against pictures that were looked at: shrunk, so that another version of
// a font or a driver passes, while a panel that is gone or a colour that is wrong does not.
#include <gtest/gtest.h>
#include <png.h>

#include <cmath>
#include <cstdlib>

#include "viz/picture.hpp"
#include "viz/scene.hpp"

namespace portflow::viz {
namespace {

using test::Scene;

constexpr int shrink = 6;

/// Means of squares of `shrink` px.
Picture shrunk(const Picture& p) {
  Picture out{p.width / shrink, p.height / shrink, {}};
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) {
      for (int c = 0; c < 3; ++c) {
        int sum = 0;
        for (int dy = 0; dy < shrink; ++dy) {
          for (int dx = 0; dx < shrink; ++dx) {
            const int at = ((y * shrink + dy) * p.width + x * shrink + dx) * 3 + c;
            sum += p.rgb[static_cast<std::size_t>(at)];
          }
        }
        out.rgb.push_back(static_cast<std::uint8_t>(sum / (shrink * shrink)));
      }
    }
  }
  return out;
}

Picture read_png(const std::string& path) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_file(&image, path.c_str()) == 0) return {};
  image.format = PNG_FORMAT_RGB;
  Picture out{static_cast<int>(image.width), static_cast<int>(image.height), {}};
  out.rgb.resize(PNG_IMAGE_SIZE(image));
  png_image_finish_read(&image, nullptr, out.rgb.data(), 0, nullptr);
  return out;
}

/// \returns the greatest mean difference of a block of 16 x 16 shrunk px, 0..255
double worst_block(const Picture& a, const Picture& b) {
  double worst = 0;
  for (int y0 = 0; y0 + 16 <= a.height; y0 += 16) {
    for (int x0 = 0; x0 + 16 <= a.width; x0 += 16) {
      double sum = 0;
      for (int y = y0; y < y0 + 16; ++y) {
        for (int i = x0 * 3; i < (x0 + 16) * 3; ++i) {
          const auto at = static_cast<std::size_t>(y * a.width * 3 + i);
          sum += std::abs(static_cast<int>(a.rgb[at]) - static_cast<int>(b.rgb[at]));
        }
      }
      worst = std::max(worst, sum / (16 * 16 * 3));
    }
  }
  return worst;
}

/// PORTFLOW_GOLDEN=write in the environment writes new ones.
void expect_golden(Scene& scene, const std::string& name) {
  auto picture = take_picture(scene.app(), 1920, 1080);
  ASSERT_TRUE(picture.has_value()) << picture.error().errors.front().text();
  const Picture small = shrunk(*picture);
  EXPECT_TRUE(write_png(*picture, PORTFLOW_BINARY_DIR "/viz_" + name + ".png").has_value());
  const std::string path = PORTFLOW_SOURCE_DIR "/tests/viz/golden/" + name + ".png";
  const char* mode = std::getenv("PORTFLOW_GOLDEN");
  if (mode != nullptr && std::string(mode) == "write") {
    ASSERT_TRUE(write_png(small, path).has_value());
    return;
  }
  const Picture golden = read_png(path);
  ASSERT_EQ(golden.width, small.width) << path;
  EXPECT_LT(worst_block(golden, small), 12) << name << " looks different; see the build's folder";
}

TEST(Golden, Overview) {
  Scene scene;
  expect_golden(scene, "overview");
}

TEST(Golden, OverviewInChineseAndLight) {
  View view;
  view.language = Language::zh;
  view.theme = Theme::light;
  Scene scene(false, view);
  expect_golden(scene, "overview_zh");
}

TEST(Golden, Selected) {
  Scene scene;
  choose(scene.view(), test::storied_box);
  expect_golden(scene, "selected");
}

TEST(Golden, Compare) {
  Scene scene(true);
  scene.view().tab = Tab::compare;
  expect_golden(scene, "compare");
}

TEST(Golden, Lanes) {
  Scene scene;
  scene.view().tab = Tab::lanes;
  expect_golden(scene, "lanes");
}

TEST(Golden, Halls) {
  Scene scene;
  scene.view().tab = Tab::terminal;
  scene.view().halls = true;
  expect_golden(scene, "halls");
}

TEST(Golden, AnotherPictureIsFound) {
  Scene scene;
  auto first = take_picture(scene.app(), 1920, 1080);
  scene.view().tab = Tab::lanes;
  auto second = take_picture(scene.app(), 1920, 1080);
  ASSERT_TRUE(first && second);
  EXPECT_GT(worst_block(shrunk(*first), shrunk(*second)), 12) << "the measure can fail";
}

TEST(Painter, SkipsNothingThatChanged) {
  // One stage playing on shows what a fresh one draws at that instant.
  Scene scene;
  auto first = take_picture(scene.app(), 1280, 720);
  go_to(scene.view(), scene.store(), scene.view().now + std::chrono::hours(2));
  auto played = take_picture(scene.app(), 1280, 720);
  Scene fresh;
  go_to(fresh.view(), fresh.store(), scene.view().now);
  auto direct = take_picture(fresh.app(), 1280, 720);
  ASSERT_TRUE(first && played && direct);
  EXPECT_NE(first->rgb, played->rgb);
  EXPECT_EQ(played->rgb, direct->rgb);
}

}  // namespace
}  // namespace portflow::viz

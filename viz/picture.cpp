#include "viz/picture.hpp"

#include <png.h>

#include <chrono>
#include <cmath>

#include "viz/app.hpp"
#include "viz/stage.hpp"

namespace portflow::viz {

Result<Picture> take_picture(App& app, int width, int height) {
  auto stage = Stage::set(width, height);
  if (!stage) return tl::unexpected(stage.error());
  // Layout settles in the first frame, as it would in a window, and asks for what is to be read;
  // a holder's own story is asked for only once the first is there.
  for (int frame = 0; frame < 4; ++frame) (*stage)->build(app, 0, true);
  (*stage)->render(app);
  return (*stage)->read_back();
}

namespace {

/// Times `frames` frames, each after before(number); the first two load the font texture and the
/// shaders, and are not timed.
template <class Before>
Result<FrameTimes> timed(App& app, int width, int height, int frames, const Before& before) {
  using Clock = std::chrono::steady_clock;
  auto stage = Stage::set(width, height);
  if (!stage) return tl::unexpected(stage.error());
  FrameTimes times;
  times.renderer = (*stage)->renderer();
  const auto ms = [](Clock::duration span) {
    return std::chrono::duration<double, std::milli>(span).count();
  };
  for (int frame = -2; frame < frames; ++frame) {
    const auto begin = Clock::now();
    before(frame);
    (*stage)->build(app, 1.0f / 60, false);
    const auto built = Clock::now();
    (*stage)->render(app);
    if (frame < 0) continue;
    times.build.push_back(ms(built - begin));
    times.render.push_back(ms(Clock::now() - built));
  }
  return times;
}

}  // namespace

Result<FrameTimes> time_frames(App& app, int width, int height, int frames) {
  app.view().playing = true;
  return timed(app, width, height, frames, [](int) {});
}

Result<FrameTimes> time_seeks(App& app, int width, int height, int seeks) {
  app.view().playing = false;
  return timed(app, width, height, seeks, [&](int seek) {
    // Steps of the golden section come everywhere, and never near where they were.
    const double share = std::fmod(0.618034 * (seek + 3), 1.0);
    const SimTime begin = app.store().begin();
    const double span = static_cast<double>((app.store().end() - begin).count());
    go_to(app.view(), app.store(), begin + Duration(std::llround(share * span)));
  });
}

Result<void> write_png(const Picture& picture, const std::string& path) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(picture.width);
  image.height = static_cast<png_uint_32>(picture.height);
  image.format = PNG_FORMAT_RGB;
  if (png_image_write_to_file(&image, path.c_str(), 0, picture.rgb.data(), 0, nullptr) == 0) {
    const std::string why = image.message;
    png_image_free(&image);
    return fail(Failure::disk, "cannot be written: " + why, {.file = path});
  }
  return {};
}

}  // namespace portflow::viz

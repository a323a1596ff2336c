/// \file picture.hpp
/// A drawn frame as pixels, and pixels as a PNG file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/error.hpp"

namespace portflow::viz {

class App;

/// Rows from the top, three bytes (red, green, blue) a pixel.
struct Picture {
  int width{0}, height{0};
  std::vector<std::uint8_t> rgb;
};

/// Draws `app` at its present instant, with no display: EGL without a surface and a frame
/// buffer object, so it works in a container and over ssh.
/// \returns an input fault when no OpenGL 3.3 is to be had
[[nodiscard]] Result<Picture> take_picture(App& app, int width, int height);

/// What frames of a playing view cost, each a span of wall time [ms].
struct FrameTimes {
  std::vector<double> build;   ///< panels to vertices
  std::vector<double> render;  ///< vertices to pixels, waited for
  std::string renderer;        ///< what OpenGL calls itself
};

/// Plays `app` for `frames` frames of 1/60 s with no display, as fast as it goes.
/// \returns as take_picture()
[[nodiscard]] Result<FrameTimes> time_frames(App& app, int width, int height, int frames);

/// Jumps to `seeks` instants all over the trace, and draws each at once.
/// \returns as time_frames(), where `build` holds all that a jump costs but drawing
[[nodiscard]] Result<FrameTimes> time_seeks(App& app, int width, int height, int seeks);

/// Writes `picture` to `path`.
/// \returns a disk fault when that fails
[[nodiscard]] Result<void> write_png(const Picture& picture, const std::string& path);

}  // namespace portflow::viz

/// \file stage.hpp
/// Drawing without a display: EGL without a surface and a frame buffer object, so that it works in
/// a container and over ssh.
#pragma once

#include <memory>
#include <string>

#include "core/error.hpp"
#include "viz/picture.hpp"

namespace portflow::viz {

class Stage {
 public:
  /// \returns an input fault when no OpenGL 3.3 is to be had
  [[nodiscard]] static Result<std::unique_ptr<Stage>> set(int width, int height);
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  /// Builds the app's next frame, `seconds` of wall time after the last one.
  void build(App& app, float seconds, bool still);
  /// Draws the vertices of the frame that was built, and waits for the pixels.
  void render(const App& app);
  [[nodiscard]] Picture read_back() const;
  /// What OpenGL calls itself.
  [[nodiscard]] std::string renderer() const;

 private:
  struct Impl;
  explicit Stage(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace portflow::viz

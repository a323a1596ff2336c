// The sample as an app without a display: windows, vertices, and hands that type and click.
#pragma once

#include <imgui.h>

#include <memory>
#include <string>

#include "viz/app.hpp"
#include "viz/sample.hpp"

namespace portflow::viz::test {

/// The sample week in a file and opened, as the program would.
class Scene {
 public:
  /// \param two  with a second trace, in which everybody is quicker
  explicit Scene(bool two = false, View view = {}, int width = 1920, int height = 1080);
  ~Scene();
  Scene(const Scene&) = delete;
  Scene& operator=(const Scene&) = delete;

  /// Draws a frame after `seconds`.
  void frame(float seconds = 1.0f / 60);
  /// Draws frames until everything asked for is read.
  void settle();
  /// Vertices of the window of a panel in the last frame; 0 where it was not drawn.
  [[nodiscard]] int vertices(const std::string& panel) const;
  [[nodiscard]] int all_vertices() const;

  void press(int key, bool shift = false, bool ctrl = false);
  void press(char letter, bool shift = false) { press(static_cast<int>(letter), shift); }
  void type(const std::string& text);
  void move_to(float x, float y);
  void click(float x, float y);
  void drag(float x0, float y0, float x1, float y1);
  void wheel(float x, float y, float turns);

  [[nodiscard]] View& view() { return app_->view(); }
  [[nodiscard]] App& app() { return *app_; }
  [[nodiscard]] const Store& store() const { return *store_; }
  [[nodiscard]] Archive& archive() { return *archive_; }
  [[nodiscard]] Layout layout();

 private:
  int width_, height_;
  std::vector<std::string> files_;
  MapData map_;
  std::unique_ptr<Store> store_, other_;
  Comparison comparison_;
  Worker worker_;
  std::unique_ptr<Archive> archive_, other_archive_;
  std::unique_ptr<App> app_;
};

/// Writes a sample as a trace into the build's folder, once; returns its path.
std::string trace_file(const Sample& sample, const std::string& name);

}  // namespace portflow::viz::test

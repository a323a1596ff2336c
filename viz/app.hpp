/// \file app.hpp
/// The viewer without a window: Dear ImGui's context, the fonts, the panels and the keys.
///
/// Whoever renders (a window, a picture, a test) sets the display's size and input, calls
/// draw() and takes the vertices; so all of them show the same pixels.
#pragma once

#include <memory>

#include "core/error.hpp"
#include "viz/fonts.hpp"
#include "viz/panel.hpp"

struct ImGuiContext;

namespace portflow::viz {

class App {
 public:
  /// \param store, map  outlive the app
  /// \param scale       pixels per logical px, > 0
  /// \returns an input fault when the fonts are missing
  [[nodiscard]] static Result<std::unique_ptr<App>> make(const Store& store, const MapData& map,
                                                         View view, float scale);
  ~App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  /// Draws one frame for a display of `width` x `height` pixels after `seconds` of wall time.
  /// The vertices stand in ImGui::GetDrawData() until the next call.
  /// \param still  a picture for a file: nothing that depends on the machine
  void draw(int width, int height, float seconds, bool still);

  [[nodiscard]] View& view() noexcept { return view_; }
  [[nodiscard]] const Fonts& fonts() const noexcept { return fonts_; }
  [[nodiscard]] const Palette& colours() const noexcept { return palette(view_.theme); }

  /// Every text that this trace can show, for the atlas and its test.
  [[nodiscard]] static std::vector<std::string> texts(const Store& store, const MapData& map);

 private:
  App(const Store& store, const MapData& map, View view, float scale);
  void panel(const char* id, Rect area, void (*paint)(Frame&), bool still);

  const Store& store_;
  const MapData& map_;
  View view_;
  float scale_;
  ImGuiContext* context_;
  Fonts fonts_;
};

/// What the keyboard does to the view in this frame, from Dear ImGui's input.
void apply_keys(View& view, const Store& store);

}  // namespace portflow::viz

/// \file app.hpp
/// The viewer without a window: Dear ImGui's context, the fonts, the panels and the keys.
///
/// Whoever renders (a window, a picture, a film, a test) sets the display's size and input, calls
/// draw() and takes the vertices; so all of them show the same pixels.
#pragma once

#include <functional>
#include <memory>

#include "core/error.hpp"
#include "viz/fonts.hpp"
#include "viz/panel.hpp"

struct ImGuiContext;

namespace portflow::viz {

/// What an app shows; everything outlives it.
struct Source {
  std::reference_wrapper<const Store> store;
  std::reference_wrapper<const MapData> map;
  Archive* archive{nullptr};
  const Store* other{nullptr};
  Archive* other_archive{nullptr};
  const Comparison* comparison{nullptr};
};

class App {
 public:
  /// \param scale  pixels per logical px, > 0
  /// \returns an input fault when the fonts are missing
  [[nodiscard]] static Result<std::unique_ptr<App>> make(const Source& source, View view,
                                                         float scale);
  ~App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  /// Draws one frame for a display of `width` x `height` pixels after `seconds` of wall time.
  /// The vertices stand in ImGui::GetDrawData() until the next call.
  /// \param still  a picture for a file: nothing that depends on the machine, and whatever is
  ///               being read is waited for
  void draw(int width, int height, float seconds, bool still);

  [[nodiscard]] View& view() noexcept { return view_; }
  [[nodiscard]] const Store& store() const noexcept { return source_.store.get(); }
  [[nodiscard]] const Fonts& fonts() const noexcept { return fonts_; }
  [[nodiscard]] const Palette& colours() const noexcept { return palette(view_.theme); }
  /// Shows a newer state of the same trace; who watches its end goes on watching it.
  void replace(const Source& source);
  /// Whether something is being read whose answer the next frame may show.
  [[nodiscard]] bool expecting() const;

  /// Every text that these traces can show, for the atlas and its test.
  [[nodiscard]] static std::vector<std::string> texts(const Source& source);

 private:
  App(const Source& source, View view, float scale);
  void panel(const char* id, Rect area, void (*paint)(Frame&), bool still);
  void panels_of(const Layout& layout, bool still);
  void copy_under_mouse();

  Source source_;
  View view_;
  float scale_;
  ImGuiContext* context_;
  Fonts fonts_;
};

/// What the keyboard does to the view in this frame, from Dear ImGui's input.
void apply_keys(View& view, const Store& store);

}  // namespace portflow::viz

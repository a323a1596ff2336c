/// \file app.hpp
/// The viewer without a window: Dear ImGui's context, the fonts, the panels and the keys.
///
/// Whoever renders (a window, a picture, a film, a test) sets the display's size and input, calls
/// draw() and takes the vertices; so all of them show the same pixels.
#pragma once

#include <array>
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
  /// \param density  pixels per logical px of the display, > 0; type is larger yet where the view
  ///                 says so
  /// \returns an input fault when the fonts are missing
  [[nodiscard]] static Result<std::unique_ptr<App>> make(const Source& source, View view,
                                                         float density);
  ~App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  /// Makes the fonts anew where the view's size changed, or words came that lack a glyph.
  /// Call it before the renderer's own new frame. \returns whether its font texture is out of date
  [[nodiscard]] bool prepare();
  /// Another display.
  void set_density(float density) noexcept { density_ = density; }

  /// Draws one frame for a display of `width` x `height` pixels after `seconds` of wall time.
  /// The vertices stand in ImGui::GetDrawData() until the next call.
  /// \param still  a picture for a file: nothing that depends on the machine, and whatever is
  ///               being read is waited for
  void draw(int width, int height, float seconds, bool still);

  [[nodiscard]] View& view() noexcept { return view_; }
  [[nodiscard]] const Store& store() const noexcept { return source_.store.get(); }
  [[nodiscard]] const Fonts& fonts() const noexcept { return fonts_; }
  /// Pictures that the vertices refer to by their addresses.
  [[nodiscard]] std::array<const MarkImage*, 2> images() const noexcept {
    return {&marks_, &marks_b_};
  }
  [[nodiscard]] const Palette& colours() const noexcept { return palette(view_.theme); }
  /// Shows a newer state of the same trace; who watches its end goes on watching it.
  void replace(const Source& source);
  /// Whether something is being read whose answer the next frame may show.
  [[nodiscard]] bool expecting() const;

  /// Every text that these traces can show, for the atlas and its test.
  [[nodiscard]] static std::vector<std::string> texts(const Source& source);

 private:
  App(const Source& source, View view, float density);
  [[nodiscard]] Result<void> build_fonts();
  [[nodiscard]] float wanted_scale() const noexcept;
  void panel(const char* id, Rect area, void (*paint)(Frame&), bool still);
  void panels_of(const Layout& layout, bool still);
  void copy_under_mouse();

  Source source_;
  View view_;
  float density_;
  float scale_{1};
  MarkImage marks_, marks_b_;
  ImGuiContext* context_;
  Fonts fonts_;
  std::string typed_;  // the last words that were looked through for letters
};

/// GLFW's number of the key F11, for which Dear ImGui 1.86 has no name.
inline constexpr int key_f11 = 300;

/// What the keyboard does to the view in this frame, from Dear ImGui's input.
/// \param width  of the display, logical px
void apply_keys(View& view, const Store& store, float width);

}  // namespace portflow::viz

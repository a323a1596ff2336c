/// \file panel.hpp
/// What a panel is: a rectangle of the layout and a function that draws it from the store.
///
/// A new panel is one file panel_x.cpp, one declaration here and one line in panels.cpp.
#pragma once

#include <array>
#include <cmath>
#include <span>

#include "viz/archive.hpp"
#include "viz/canvas.hpp"
#include "viz/comparison.hpp"
#include "viz/layout.hpp"
#include "viz/map_data.hpp"
#include "viz/mark_image.hpp"
#include "viz/store.hpp"
#include "viz/view.hpp"

namespace portflow::viz {

/// What the mouse does to an area.
struct Hit {
  bool hovered{false}, pressed{false}, held{false};
};

/// What a panel draws with and from; valid during one call.
struct Frame {
  Canvas& canvas;
  Rect area;
  const Store& store;
  const MapData& map;
  View& view;
  Archive* archive;    ///< what the store does not keep; null where there is no file
  const Store* other;  ///< the second trace; null for one alone
  Archive* other_archive;
  const Comparison* comparison;  ///< null for one alone
  const Palette& colours;
  MarkImage* marks{nullptr};   ///< for the small marks of a map
  bool still{false};           ///< a picture for a file: nothing that depends on the machine
  const Store* base{nullptr};  ///< what a map shows the change against

  [[nodiscard]] const char* say(Text id) const { return text(id, view.language); }
  /// Makes `r` sensitive to the mouse under a name that is unique within the panel.
  Hit hit(const char* name, Rect r) const;
  /// The mouse in logical px.
  [[nodiscard]] Point mouse() const;
  /// A number that a click copies with its definition and unit; draws a line below it while the
  /// mouse is over it. Y copies the last one that the mouse was over.
  void copyable(const char* name, Rect r, const std::string& value, const std::string& definition);
  /// A small labelled button; `on` draws it as chosen.
  bool button(const char* name, Rect r, const char* label, bool on = false);
  /// The panel's ground and border.
  void card();
  /// A centred sentence with what to do next below it.
  void empty_state(Text sentence, Text hint, Rect r);
  void empty_state(Text sentence, std::string_view hint, Rect r);
};

/// Calls draw(i, rect) for `count` tiles side by side, of one width.
template <class Draw>
void tiles_in_a_row(Rect area, std::size_t count, const Draw& draw) {
  constexpr float gap = 8;
  const float wide = (area.w - gap * (f32(count) - 1)) / f32(count);
  for (std::size_t i = 0; i < count; ++i) {
    const float x = std::round(area.x + (wide + gap) * f32(i));
    draw(i, Rect{x, area.y, std::round(wide), area.h});
  }
}

/// Those of a row of figures that there is room for: all, or three of them, which the wheel and two
/// buttons at the right scroll. \returns where they go, the first of them and how many
struct TileRow {
  Rect area;
  std::size_t first, count;
};
[[nodiscard]] TileRow scroll_tiles(Frame& frame, std::size_t count);

/// Takes what is typed in this frame into `text` and draws it in `r`, or `hint` while it is empty.
void type_into(Frame& frame, std::string& text, Rect r, const std::string& hint);

/// The resource that heat map and distribution are of: the chosen one, or the most notable.
[[nodiscard]] std::optional<std::uint16_t> shown_resource(const Frame& frame);

struct Panel {
  const char* id;
  Rect Layout::* area;
  void (*draw)(Frame&);
};

void panel_top(Frame& frame);
void panel_kpi(Frame& frame);
void panel_ground(Frame& frame);
void panel_ground_b(Frame& frame);
void panel_map(Frame& frame);
void panel_queues(Frame& frame);
void panel_causes(Frame& frame);
void panel_time_ground(Frame& frame);
void panel_time(Frame& frame);
void panel_side_edge(Frame& frame);
void panel_dock_edge(Frame& frame);
void panel_status(Frame& frame);
void panel_help(Frame& frame);
/// A line of the sheet of keys.
struct HelpLine {
  const char* keys;
  Text what;
};
/// Those of the keyboard, then those of the mouse.
[[nodiscard]] std::array<std::span<const HelpLine>, 2> help_lines() noexcept;
void panel_card(Frame& frame);
void panel_why(Frame& frame);
void panel_account(Frame& frame);
void panel_strip(Frame& frame);
void panel_search(Frame& frame);
void panel_terminal(Frame& frame);
void panel_verdict(Frame& frame);
void panel_pairs(Frame& frame);
void panel_movers(Frame& frame);
void panel_map_b(Frame& frame);
void panel_strip_b(Frame& frame);
void panel_gantt(Frame& frame);
void panel_heat(Frame& frame);
void panel_distribution(Frame& frame);

/// The panels of the overview, in drawing order.
[[nodiscard]] std::span<const Panel> panels() noexcept;

}  // namespace portflow::viz

/// \file panel.hpp
/// What a panel is: a rectangle of the layout and a function that draws it from the store.
///
/// A new panel is one file panel_x.cpp, one declaration here and one line in panels.cpp.
#pragma once

#include <span>

#include "viz/canvas.hpp"
#include "viz/layout.hpp"
#include "viz/map_data.hpp"
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
  const Palette& colours;
  bool still{false};  ///< a picture for a file: nothing that depends on the machine

  [[nodiscard]] const char* say(Text id) const { return text(id, view.language); }
  /// Makes `r` sensitive to the mouse under a name that is unique within the panel.
  Hit hit(const char* name, Rect r) const;
  /// The mouse in logical px.
  [[nodiscard]] Point mouse() const;
  /// A small labelled button; `on` draws it as chosen.
  bool button(const char* name, Rect r, const char* label, bool on = false);
  /// The panel's ground and border.
  void card();
  /// A centred sentence with what to do next below it.
  void empty_state(Text sentence, Text hint, Rect r);
};

struct Panel {
  const char* id;
  Rect Layout::* area;
  void (*draw)(Frame&);
};

void panel_top(Frame& frame);
void panel_kpi(Frame& frame);
void panel_map(Frame& frame);
void panel_queues(Frame& frame);
void panel_causes(Frame& frame);
void panel_time(Frame& frame);
void panel_status(Frame& frame);
void panel_help(Frame& frame);

/// The panels of the overview, in drawing order.
[[nodiscard]] std::span<const Panel> panels() noexcept;

}  // namespace portflow::viz

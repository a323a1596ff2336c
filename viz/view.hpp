/// \file view.hpp
/// What the viewer shows at the moment: the only state that panels change.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/time.hpp"
#include "viz/geo.hpp"
#include "viz/labels.hpp"
#include "viz/theme.hpp"

namespace portflow::viz {

class Store;

/// What the middle of the window shows.
enum class Tab : std::uint8_t { map, terminal, lanes, compare };
inline constexpr std::size_t tab_count = 4;

/// What movers are coloured by.
enum class ColourBy : std::uint8_t { flow, cause, lateness };

/// How two traces share the map: B minus A, side by side, or one either side of a handle.
enum class Versus : std::uint8_t { difference, split, swipe };

/// Of two traces, which entities are listed.
enum class Sides : std::uint8_t { all, better, worse };

/// A curve of the dock.
struct Shown {
  std::uint16_t resource{0};
  Colour colour{0};
};

/// A moment that somebody marked.
struct Bookmark {
  SimTime at{};
  std::string caption;
};

/// A line of text being typed into.
struct Entry {
  bool open{false};
  std::string text{};
};

struct View {
  Tab tab{Tab::map};
  ColourBy colour_by{ColourBy::flow};
  std::optional<std::uint64_t> chosen;    ///< an entity whose card shows
  std::vector<std::uint64_t> trail;       ///< whom one came from, the latest last
  bool following{false};                  ///< the camera stays with the chosen one
  std::optional<std::uint16_t> facility;  ///< a facility whose card shows
  std::vector<Bookmark> bookmarks;        ///< by time
  Entry search, speed_entry, caption;
  std::size_t search_row{0};
  bool halls{false};  ///< the terminal tab shows halls, not the quay
  Versus versus{Versus::difference};
  float swipe{0.5f};  ///< where the handle stands, as a share of the map's width
  Sides sides{Sides::all};
  float gantt_scroll{0};      ///< px from the top of the lanes
  std::string title;          ///< words over the map, for a film or a slide
  std::string note;           ///< what was just done, for the status bar
  double note_for{0};         ///< seconds that it still shows
  std::string clipboard;      ///< to be copied after this frame
  std::string hovered_value;  ///< of the number under the mouse, for Y

  Language language{Language::en};
  Theme theme{Theme::dark};
  float size{1};      ///< of type and all else: 1, 1.25 or 1.5
  bool slide{false};  ///< larger by a quarter yet, for a projector

  bool figures{true};             ///< the row on top
  std::size_t first_figure{0};    ///< of it, where there is no room for all
  std::optional<bool> side;       ///< the column at the side; where nobody said, if there is room
  float side_wide{0};             ///< px, where somebody moved the edge; else 0
  float dock_high{0};             ///< likewise
  std::vector<Shown> dock_shown;  ///< what the dock's ground drew in this frame

  SimTime now{};
  bool playing{false};
  bool reverse{false};
  double speed{3600};      ///< simulated seconds a second, 1..604800
  double left_over_ms{0};  ///< playing time below a millisecond, carried to the next frame

  SimTime window_from{}, window_to{};     ///< what the dock's curve spans
  bool curves_wait{true};                 ///< waits in minutes, else lengths of queues
  std::size_t cause_type{0};              ///< whose causes show, a number into Causes::types()
  std::optional<std::uint16_t> selected;  ///< a resource brought forward

  Camera camera;
  std::optional<Camera> goal;   ///< the camera glides there
  std::optional<Camera> moved;  ///< where the mouse took it, from the next frame on
  bool fit_map{true};           ///< the next frame sets the camera to the placed facilities
  bool help{false};
};

inline constexpr double least_speed = 1;
inline constexpr double greatest_speed = 604'800;

/// A view of `store` at `now` (clamped), or at telling_moment() when none is given.
[[nodiscard]] View first_view(const Store& store, std::optional<SimTime> now);

/// Sizes that one can choose, the least first.
inline constexpr std::array<float, 3> sizes{1.0f, 1.25f, 1.5f};
/// The next greater (or smaller) one.
void resize(View& view, bool greater);

/// Shows the card of an entity; whom it was opened from goes to the trail.
void choose(View& view, std::uint64_t entity);
/// One level up: closes what lies on top, then the card, then the tab.
void go_up(View& view);
/// Says `words` in the status bar for a few seconds.
void remark(View& view, std::string words);
/// Adds a bookmark at the present instant.
void set_bookmark(View& view, std::string caption);

/// Sets the instant, clamped to the trace, and moves the dock's window along with it.
void go_to(View& view, const Store& store, SimTime at);

/// Brings the camera nearer to its goal, as far as `seconds` of wall time take it; a picture that
/// stands alone (`at_once`) is there.
void glide(View& view, double seconds, bool at_once);

/// Lets `seconds` of wall time pass; playing stops at either end of the trace.
void advance(View& view, const Store& store, double seconds);

/// Shows `span` around the present instant in the dock, at most the whole trace.
void zoom_window(View& view, const Store& store, Duration span);

/// `2 h`, `15 min`, `1 d`, `90` (seconds) as simulated seconds a second, within the bounds of the
/// slider; empty for anything else.
[[nodiscard]] std::optional<double> read_speed(std::string_view text);

/// The speed at `share` (0..1) of the slider's logarithmic scale, and back.
[[nodiscard]] double speed_at(double share) noexcept;
[[nodiscard]] double share_of(double speed) noexcept;

}  // namespace portflow::viz

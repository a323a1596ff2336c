/// \file view.hpp
/// What the viewer shows at the moment: the only state that panels change.
#pragma once

#include <cstdint>
#include <optional>

#include "core/time.hpp"
#include "viz/geo.hpp"
#include "viz/labels.hpp"
#include "viz/theme.hpp"

namespace portflow::viz {

class Store;

struct View {
  Language language{Language::en};
  Theme theme{Theme::dark};

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
  bool fit_map{true};  ///< the next frame sets the camera to the placed facilities
  bool help{false};
};

inline constexpr double least_speed = 1;
inline constexpr double greatest_speed = 604'800;

/// A view of `store` at `now` (clamped), or at telling_moment() when none is given.
[[nodiscard]] View first_view(const Store& store, std::optional<SimTime> now);

/// Sets the instant, clamped to the trace, and moves the dock's window along with it.
void go_to(View& view, const Store& store, SimTime at);

/// Lets `seconds` of wall time pass; playing stops at either end of the trace.
void advance(View& view, const Store& store, double seconds);

/// Shows `span` around the present instant in the dock, at most the whole trace.
void zoom_window(View& view, const Store& store, Duration span);

/// The next (or previous) time when a wait begins to break its target, if any.
[[nodiscard]] std::optional<SimTime> next_breach(const Store& store, SimTime from, bool forward);

/// The speed at `share` (0..1) of the slider's logarithmic scale, and back.
[[nodiscard]] double speed_at(double share) noexcept;
[[nodiscard]] double share_of(double speed) noexcept;

}  // namespace portflow::viz

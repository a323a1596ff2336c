/// \file pick.hpp
/// What the mouse points at: of all that is drawn, the nearest that it touches.
#pragma once

#include <cstdint>

#include "viz/canvas.hpp"

namespace portflow::viz {

struct Pick {
  enum class Kind : std::uint8_t { none, entity, facility, cluster };
  Kind kind{Kind::none};
  std::uint64_t id{0};  ///< of an entity, else a number of the schema or of the drawing
  friend bool operator==(const Pick&, const Pick&) = default;
  explicit operator bool() const noexcept { return kind != Kind::none; }
};

/// Takes everything that is drawn, and keeps what lies nearest to the mouse.
class Picker {
 public:
  /// \param active   whether the mouse is over what is drawn at all
  /// \param pressed  whether it was clicked there now
  Picker(Point mouse, bool active, bool pressed)
      : mouse_(mouse), active_(active), pressed_(active && pressed) {}
  [[nodiscard]] bool pressed() const noexcept { return pressed_; }
  /// Something `radius` px around `at` that can be picked.
  void offer(Point at, float radius, Pick pick) {
    if (!active_) return;
    const float far = length(at - mouse_) - radius;
    if (far > 3 || far >= nearest_) return;
    nearest_ = far;
    pick_ = pick;
    at_ = at;
  }
  [[nodiscard]] Pick pick() const noexcept { return pick_; }
  [[nodiscard]] Point at() const noexcept { return at_; }

 private:
  Point mouse_, at_{};
  bool active_, pressed_;
  float nearest_{1e9f};
  Pick pick_{};
};

}  // namespace portflow::viz

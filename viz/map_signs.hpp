/// \file map_signs.hpp
/// Facilities as signs on the map: one each, or one for several where they would overlap.
#pragma once

#include <string>
#include <vector>

#include "viz/clusters.hpp"
#include "viz/panel.hpp"

namespace portflow::viz {

/// A disc with its words. What it shows is the worst of those it stands for: a wait over its
/// target, then the longest wait, then the fullest; its number is the queue of all of them.
struct Sign {
  std::vector<FacilityState> members;  ///< worst first
  Point place, at;
  std::string name, detail;
  float wide{0};  ///< of the words [px]
  std::uint32_t queue{0};
  /// Against the frame's base: change of the queue, and of the wait [min] where both are known.
  std::int64_t queue_change{0};
  double wait_change{0};
  [[nodiscard]] int turn() const { return wait_change < -1 ? -1 : wait_change > 1 ? 1 : 0; }
  [[nodiscard]] const FacilityState& worst() const { return members.front(); }
  [[nodiscard]] bool breach() const { return worst().state.breach; }
};

inline constexpr float sign_radius = 15;
inline constexpr float sign_breach_radius = 21;

/// The signs that `to` puts into the frame's area.
[[nodiscard]] std::vector<Sign> visible_signs(const Canvas& canvas, const Frame& frame,
                                              const Projection& to);

void draw_sign(Canvas& canvas, const Frame& frame, const Sign& sign, bool chosen);

/// Words beside each disc, in a column with leaders for a crowd; what finds no room goes without.
/// \param taken  what words must keep clear of
void label_signs(Canvas& canvas, const Frame& frame, const Projection& to, std::vector<Sign>& signs,
                 std::vector<Rect> taken);

/// The list of those that a sign stands for, beside it.
void draw_sign_card(Canvas& canvas, const Frame& frame, const Sign& sign);

/// What follows the name: share in use, queue, wait.
[[nodiscard]] std::string state_text(const Frame& frame, const FacilityState& facility);

}  // namespace portflow::viz

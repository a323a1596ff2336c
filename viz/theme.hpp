/// \file theme.hpp
/// Colours by role, for the dark and the light picture; no panel names a colour itself.
///
/// Chosen for contrast: text roles reach 4.5:1 on panel and sea, flow marks 3:1 on land and
/// sea. Flow colours tell apart in simulated colour blindness; shape repeats what they say.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/cause.hpp"

namespace portflow::viz {

/// Packed 0xAABBGGRR, as the draw lists take it.
using Colour = std::uint32_t;

/// An opaque colour from 0xRRGGBB.
[[nodiscard]] constexpr Colour rgb(std::uint32_t hex) noexcept {
  return 0xff000000u | (hex & 0xffu) << 16 | (hex & 0xff00u) | (hex >> 16 & 0xffu);
}

/// `colour` with opacity `alpha`, 0..1, in place of its own.
[[nodiscard]] constexpr Colour with_alpha(Colour colour, float alpha) noexcept {
  // Rounded from twice its value, since lround is no constexpr.
  const auto twice = static_cast<Colour>(alpha * 510.0f);
  return (colour & 0x00ffffffu) | (twice + 1) / 2 << 24;
}

enum class Theme : std::uint8_t { dark, light };

/// What is carried, in the order of the legend.
/// `mixed` is what carries several of them, as most ships do.
enum class Flow : std::uint8_t { import, outward, transit, domestic, passengers, bulk, mixed };
inline constexpr std::size_t flow_count = 7;

/// The flow that a role's `flow` word names; unknown and empty words count as mixed.
[[nodiscard]] Flow flow_of(std::string_view word) noexcept;

struct Palette {
  Colour bg, panel, row, control, line, line2, text, text2, text3, accent, on_accent;
  Colour sea, land, coast, lane, road, rail, night, holiday, bookmark, breach;
  Colour better, worse;  ///< of two traces; sign and word go with them
  std::array<Colour, flow_count> flow;
  std::array<Colour, cause_count> cause;  ///< fills, never text
};

[[nodiscard]] const Palette& palette(Theme theme) noexcept;

/// Relative contrast of two opaque colours, 1..21 (WCAG 2.1).
[[nodiscard]] double contrast(Colour a, Colour b) noexcept;

}  // namespace portflow::viz

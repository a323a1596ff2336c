#include "viz/theme.hpp"

#include <algorithm>
#include <cmath>

namespace portflow::viz {
namespace {

constexpr Palette dark{
    .bg = rgb(0x0D131A),
    .panel = rgb(0x141C25),
    .row = rgb(0x1C2732),
    .control = rgb(0x273543),
    .line = rgb(0x2C3A48),
    .line2 = rgb(0x3E5060),
    .text = rgb(0xEDF2F7),
    .text2 = rgb(0xB4C1CE),
    .text3 = rgb(0x8797A7),
    .accent = rgb(0x62B6F2),
    .on_accent = rgb(0x08131C),
    .sea = rgb(0x0F1922),
    .land = rgb(0x202C36),
    .coast = rgb(0x4A5E6E),
    .lane = rgb(0x2F4A60),
    .road = rgb(0x4B5966),
    .rail = rgb(0x7A8794),
    .night = rgb(0x090D12),
    .holiday = rgb(0x4A3B63),
    .bookmark = rgb(0xFFE08A),
    .breach = rgb(0xFF7A59),
    .better = rgb(0x58B0F6),
    .worse = rgb(0xF59A4A),
    .flow = {rgb(0x3E90CC), rgb(0xD98218), rgb(0x4FCF93), rgb(0xD5E2EC), rgb(0xE79BEB),
             rgb(0xF2E34C), rgb(0xA99BFF)},
    .cause = {rgb(0x73C7F2), rgb(0x2B7A9E), rgb(0xDCEAF2), rgb(0xC2553A), rgb(0x7462DA),
              rgb(0xE6DC4A), rgb(0xE08E12), rgb(0x4FA088), rgb(0xAE9DF7), rgb(0xF3A5AE)}};

constexpr Palette light{
    .bg = rgb(0xE9EDF1),
    .panel = rgb(0xFFFFFF),
    .row = rgb(0xF3F6F8),
    .control = rgb(0xE2E8ED),
    .line = rgb(0xD3DBE2),
    .line2 = rgb(0xA9B6C2),
    .text = rgb(0x14202B),
    .text2 = rgb(0x41515F),
    .text3 = rgb(0x56656F),
    .accent = rgb(0x0B67B2),
    .on_accent = rgb(0xFFFFFF),
    .sea = rgb(0xDCE7EF),
    .land = rgb(0xF6F4EE),
    .coast = rgb(0x8C9BA8),
    .lane = rgb(0xB3C7D6),
    .road = rgb(0xB9C0C7),
    .rail = rgb(0x7B8791),
    .night = rgb(0xCBD4DD),
    .holiday = rgb(0xE3D8F2),
    .bookmark = rgb(0x7A5B00),
    .breach = rgb(0xB83412),
    .better = rgb(0x0B67B2),
    .worse = rgb(0xA84B00),
    .flow = {rgb(0x1259B5), rgb(0xA65F00), rgb(0x0A5A3A), rgb(0x5D677F), rgb(0x8A1C82),
             rgb(0x454300), rgb(0x4B3FB0)},
    .cause = {rgb(0x2F7FE0), rgb(0x0A3F63), rgb(0x8FAAF0), rgb(0x8E1F12), rgb(0x4F1E9E),
              rgb(0xB5B310), rgb(0xB07A12), rgb(0x12694B), rgb(0x9A45B0), rgb(0xE27A9C)}};

double luminance(Colour colour) {
  const auto channel = [&](int shift) {
    const double share = static_cast<double>(colour >> shift & 0xffu) / 255.0;
    return share <= 0.03928 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * channel(0) + 0.7152 * channel(8) + 0.0722 * channel(16);
}

}  // namespace

Flow flow_of(std::string_view word) noexcept {
  if (word == "import") return Flow::import;
  if (word == "export") return Flow::outward;
  if (word == "transit") return Flow::transit;
  if (word == "passengers") return Flow::passengers;
  if (word == "bulk") return Flow::bulk;
  if (word == "domestic") return Flow::domestic;
  return Flow::mixed;
}

const Palette& palette(Theme theme) noexcept {
  return theme == Theme::dark ? dark : light;
}

double contrast(Colour a, Colour b) noexcept {
  const double la = luminance(a);
  const double lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

}  // namespace portflow::viz

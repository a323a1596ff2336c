// Weather over the places that it shuts: a shade of fog, a rose of wind.
#include <algorithm>
#include <cmath>

#include "viz/map_parts.hpp"
#include "viz/words.hpp"

namespace portflow::viz {
namespace {

/// Rings of a haze that thins outwards.
void draw_haze(Canvas& c, Point at, Colour colour) {
  for (const float radius : {92.0f, 78.0f, 64.0f, 50.0f, 38.0f}) {
    c.disc(at, radius, with_alpha(colour, 0.13f));
  }
}

/// Eight points, long ones to the four quarters; the trace knows no direction, so none is stressed.
void draw_rose(Canvas& c, Point at, Colour colour, Colour ground) {
  c.circle(at, 34, with_alpha(colour, 0.7f), 1.5f);
  for (int i = 0; i < 8; ++i) {
    const float angle = f32(i) * 0.785398f;
    const float far = i % 2 == 0 ? 46.0f : 30.0f;
    const Point along{std::cos(angle), std::sin(angle)};
    const Point across{-along.y, along.x};
    const Point petal[] = {at + along * far, at + along * 21 + across * 6,
                           at + along * 21 - across * 6};
    c.polygon(petal, i % 2 == 0 ? colour : ground);
    const Point rim[] = {petal[0], petal[1], petal[2], petal[0]};
    c.polyline(rim, colour, 1);
  }
}

std::string words(const Frame& f, const Exposure& exposure) {
  if (exposure.outage) return f.say(Text::shut_out);
  std::string names;
  const bool zh = f.view.language == Language::zh;
  for (const std::string& name : exposure.names) {
    if (!names.empty()) names += zh ? "或" : " or ";
    names += word_title(name, f.view.language);
  }
  return std::string(f.say(Text::shut_by)) + (zh ? "" : " ") + names;
}

}  // namespace

std::vector<Rect> draw_weather(Canvas& c, const Frame& f, const Projection& to) {
  std::vector<Rect> covered;
  std::vector<Point> drawn;
  for (const Exposure& exposure : f.store.exposures()) {
    const trace::FacilityInfo& facility = f.store.schema().facilities[exposure.facility];
    if (!facility.placed || !shut(exposure, f.store.levels(), f.view.now)) continue;
    const Point at = to({facility.longitude, facility.latitude});
    if (!f.area.inset(-90).contains(at)) continue;
    // Neighbours lie under one cloud.
    const bool under = std::any_of(drawn.begin(), drawn.end(),
                                   [&](Point other) { return length(other - at) < 70; });
    if (under) continue;
    drawn.push_back(at);
    const Colour colour = f.colours.cause[static_cast<std::size_t>(Cause::closed)];
    if (exposure.outage) {
      c.disc(at, 44, with_alpha(colour, 0.22f));
      c.circle(at, 44, with_alpha(colour, 0.8f), 1.5f);
    }
    if (exposure.haze) draw_haze(c, at, f.colours.text3);
    if (exposure.wind) draw_rose(c, at, with_alpha(colour, 0.7f), f.colours.sea);
    const std::string text = words(f, exposure);
    const float wide = c.width(Face::caption_strong, text) + 16;
    const Rect label{at.x - wide / 2, at.y + 52, wide, 22};
    c.fill(label, f.colours.panel, 4);
    c.frame(label, colour, 4);
    c.text_mid(Face::caption_strong, label.centre(), f.colours.text, text, Align::centre);
    covered.push_back(label);
  }
  return covered;
}

}  // namespace portflow::viz

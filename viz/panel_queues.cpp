// The table of queues: who waits where, for how long, and what was promised.
#include <algorithm>

#include "viz/format.hpp"
#include "viz/panel.hpp"

namespace portflow::viz {
namespace {

struct Columns {
  float name, number, wait, target;
};

void draw_row(Frame& f, const QueueRow& row, Rect r, const Columns& x) {
  Canvas& c = f.canvas;
  const Colour strong = row.state.breach ? f.colours.breach
                        : row.state.wait ? f.colours.text
                                         : f.colours.text3;
  const float y = r.y + r.h / 2 - 3;
  const bool chosen = f.view.selected == row.resource;
  if (chosen) c.fill({f.area.x + 1, r.y, f.area.w - 2, r.h}, f.colours.row);
  if (chosen || row.state.breach) {
    c.fill({f.area.x, r.y, 3, r.h}, row.state.breach ? f.colours.breach : f.colours.accent);
  }
  const auto name = f.store.resource_parts(row.resource, f.view.language);
  const bool waits = row.state.queue > 0 || (row.state.wait && row.state.wait->count() > 0);
  const float room = x.number - 40 - x.name;
  const Colour ink = waits ? f.colours.text : f.colours.text2;
  c.text_fit(Face::label, {x.name, name.resource.empty() ? y : y - 8}, ink, name.facility, room);
  if (!name.resource.empty()) {
    c.text_fit(Face::axis, {x.name, y + 8}, f.colours.text3, name.resource, room);
  }
  c.text_mid(Face::body, {x.number, y}, ink, count_text(row.state.queue), Align::right);
  c.text_mid(row.state.breach ? Face::body_strong : Face::body, {x.wait, y}, strong,
             row.state.wait ? span_text(*row.state.wait, f.view.language) : "–", Align::right);
  c.text_mid(Face::body, {x.target, y}, f.colours.text3,
             row.target.count() > 0 ? span_text(row.target, f.view.language) : "–", Align::right);
  // The bar: the wait against its target, or how full the resource is.
  const float share = row.target.count() > 0 && row.state.wait
                          ? f32(row.state.wait->count()) / f32(row.target.count())
                          : row.state.fill();
  const Rect track{x.name, r.bottom() - 5, x.target - x.name, 3};
  c.fill(track, f.colours.control, 1.5f);
  c.fill({track.x, track.y, track.w * std::clamp(share, 0.0f, 1.0f), 3},
         row.state.breach ? f.colours.breach : f.colours.accent, 1.5f);
}

}  // namespace

void panel_queues(Frame& f) {
  f.card();
  Canvas& c = f.canvas;
  const Rect a = f.area;
  const float gap = a.w > 380 ? 84 : 66;
  const Columns x{a.x + 12, a.right() - 12 - 2 * gap + 8, a.right() - gap, a.right() - 12};
  c.text_mid(Face::body_strong, {x.name, a.y + 18}, f.colours.text, f.say(Text::queues_now));
  c.text_mid(Face::caption, {x.target, a.y + 18}, f.colours.text3, f.say(Text::longest_first),
             Align::right);
  c.text_mid(Face::caption, {x.number, a.y + 38}, f.colours.text3, f.say(Text::number),
             Align::right);
  c.text_mid(Face::caption, {x.wait, a.y + 38}, f.colours.text3, f.say(Text::wait), Align::right);
  c.text_mid(Face::caption, {x.target, a.y + 38}, f.colours.text3, f.say(Text::target),
             Align::right);
  c.line({x.name, a.y + 50}, {x.target, a.y + 50}, f.colours.line);

  const std::vector<QueueRow> rows = f.store.queues(f.view.now);
  if (rows.empty()) {
    f.empty_state(f.store.levels().empty() ? Text::no_curves : Text::nothing_waiting,
                  f.store.levels().empty() ? Text::no_curves_hint : Text::nothing_waiting_hint,
                  {a.x, a.y + 50, a.w, a.h - 50});
    return;
  }
  const float room = a.h - 60;
  const float high = std::clamp(room / 8, 38.0f, 44.0f);
  const auto fit = static_cast<std::size_t>(std::max(1.0f, room / high));
  for (std::size_t i = 0; i < std::min(rows.size(), fit); ++i) {
    const Rect r{a.x, a.y + 54 + high * f32(i), a.w, high};
    const std::string id = "row" + std::to_string(rows[i].resource);
    if (f.hit(id.c_str(), r).pressed) {
      const bool again = f.view.selected == rows[i].resource;
      f.view.selected = again ? std::nullopt : std::optional(rows[i].resource);
    }
    draw_row(f, rows[i], r, x);
  }
}

}  // namespace portflow::viz

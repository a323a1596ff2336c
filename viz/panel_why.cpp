// Why the chosen entity waits now: the cause, who holds what it needs, and what releases it.
#include <fmt/format.h>

#include <algorithm>

#include "viz/entity_words.hpp"
#include "viz/format.hpp"
#include "viz/panel.hpp"

namespace portflow::viz {
namespace {

struct Place {
  float x, y, right;
};

/// A knot of the chain: what it is, whom or what it names, and a second line.
void knot(Frame& f, Place& at, Text what, const std::string& who, trace::EntityId link,
          const std::string& detail, Colour colour) {
  Canvas& c = f.canvas;
  c.disc({at.x + 8, at.y + 8}, 7, colour);
  c.text_mid(Face::caption, {at.x + 28, at.y + 8}, f.colours.text2, f.say(what));
  const float x = at.x + 118;
  const Rect name{x, at.y - 2, at.right - x, 20};
  Colour ink = f.colours.text;
  if (link != trace::no_entity) {
    const Hit it = f.hit(fmt::format("knot{}", static_cast<int>(at.y)).c_str(), name);
    ink = it.hovered ? f.colours.text : f.colours.accent;
    if (it.pressed) choose(f.view, link);
  }
  c.text_fit(Face::label_strong, {x, at.y + 8}, ink, who, name.w);
  c.text_fit(Face::caption, {x, at.y + 27}, f.colours.text2, detail, name.w);
  at.y += 46;
}

std::string moment_text(const Frame& f, SimTime at) {
  return fmt::format("{} {}", short_day_text(at, f.view.language), clock_text(at));
}

/// What the holder itself is doing meanwhile, and what it waits for in turn.
void chain(Frame& f, Place& at, const Life& life, const trace::PathPart& part) {
  const trace::Schema& schema = f.store.schema();
  if (part.owner != trace::no_entity && part.owner != life.born.entity) {
    knot(f, at, Text::through, life.name_of(part.owner), part.owner,
         step_title(schema, part.step, f.view.language),
         f.colours.cause[static_cast<std::size_t>(Cause::message)]);
  }
  if (part.holder == trace::no_entity || at.y + 92 > f.area.bottom()) return;
  const auto holder = f.archive->life(part.holder);
  std::string doing = f.say(Text::reading);
  Colour colour = f.colours.text3;
  if (holder) {
    const trace::PathPart* now = holder->at(f.view.now);
    doing = now == nullptr ? std::string()
                           : fmt::format("{} · {}", step_title(schema, now->step, f.view.language),
                                         cause_line(*now, f.store, f.view.language));
    if (now != nullptr) colour = f.colours.cause[static_cast<std::size_t>(now->cause)];
  }
  knot(f, at, Text::held_by, life.name_of(part.holder), part.holder, doing, colour);
}

void tell(Frame& f, const Life& life, const trace::PathPart& part) {
  Canvas& c = f.canvas;
  const Rect a = f.area;
  const float left = a.x + 12;
  const Duration since = f.view.now - part.begin;
  c.text_mid(Face::caption, {a.right() - 12, a.y + 18}, f.colours.text3,
             fmt::format("{} {}", f.say(Text::since), span_text(since, f.view.language)),
             Align::right);
  c.fill({left, a.y + 38, 5, 40}, f.colours.cause[static_cast<std::size_t>(part.cause)]);
  c.text_fit(Face::lead, {left + 16, a.y + 48}, f.colours.text,
             cause_line(part, f.store, f.view.language), a.w - 44);
  c.text_fit(Face::caption, {left + 16, a.y + 69}, f.colours.text2,
             fmt::format("{} {}", f.say(Text::at_step),
                         step_title(f.store.schema(), part.step, f.view.language)),
             a.w - 44);
  Place at{left, a.y + 94, a.right() - 12};
  chain(f, at, life, part);
  if (at.y + 34 > a.bottom()) return;
  const trace::PathPart* next = life.at(part.end);
  knot(f, at, is_wait(part.cause) ? Text::released : Text::until,
       fmt::format("{} ({} {})", moment_text(f, part.end), f.say(Text::in_time),
                   span_text(part.end - f.view.now, f.view.language)),
       trace::no_entity,
       next == nullptr
           ? f.say(Text::then_done)
           : fmt::format("{} {}", f.say(Text::then), cause_line(*next, f.store, f.view.language)),
       f.colours.accent);
}

}  // namespace

void panel_why(Frame& f) {
  f.card();
  Canvas& c = f.canvas;
  const Rect a = f.area;
  c.text_mid(Face::body_strong, {a.x + 12, a.y + 18}, f.colours.text, f.say(Text::why_now));
  const Rect body{a.x, a.y + 34, a.w, a.h - 34};
  const auto life = f.archive != nullptr && f.view.chosen ? f.archive->life(*f.view.chosen)
                                                          : std::shared_ptr<const Life>();
  if (!life) {
    f.empty_state(Text::reading, Text::reading_hint, body);
  } else if (life->known && f.view.now < life->born.at) {
    f.empty_state(Text::not_born, Text::not_born_hint, body);
  } else if (const trace::PathPart* part = life->at(f.view.now)) {
    tell(f, *life, *part);
  } else if (!life->paths_written) {
    f.empty_state(Text::no_paths, Text::no_paths_hint, body);
  } else if (life->ended) {
    f.empty_state(Text::done_already, Text::done_already_hint, body);
  } else {
    f.empty_state(Text::not_finished, Text::not_finished_hint, body);
  }
}

}  // namespace portflow::viz

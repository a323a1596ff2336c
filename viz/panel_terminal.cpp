// The plan of the port: quay, yards, gates, bays and tracks, or the border halls.
#include <fmt/format.h>

#include <algorithm>

#include "viz/format.hpp"
#include "viz/plan_parts.hpp"

namespace portflow::viz {
namespace {

/// Units in use of all resources of a kind, as `3 of 15 berths`.
std::string in_use(const Frame& f, const std::string& unit, Text words) {
  std::uint32_t busy = 0;
  std::uint32_t all = 0;
  for (const Quay& quay : f.store.quays().all()) {
    for (std::size_t r = 0; r < f.store.schema().resources.size(); ++r) {
      const trace::ResourceInfo& info = f.store.schema().resources[r];
      if (info.facility != quay.facility || info.unit != unit) continue;
      const ResourceState s = f.store.levels().at(static_cast<std::uint16_t>(r), f.view.now);
      busy += s.busy;
      all += s.capacity;
    }
  }
  return f.view.language == Language::zh ? fmt::format("{} {}/{}", f.say(words), busy, all)
                                         : fmt::format("{} of {} {}", busy, all, f.say(words));
}

void header(Frame& f, Rect r, bool halls, bool any_halls) {
  Canvas& c = f.canvas;
  const float y = r.y + 20;
  float x = r.x + 12;
  const float map = c.width(Face::label, f.say(Text::tab_map));
  const Hit back = f.hit("to_map", {x, y - 10, map + 12, 20});
  c.text_mid(Face::label, {x, y}, back.hovered ? f.colours.text : f.colours.accent,
             f.say(Text::tab_map));
  if (back.pressed) f.view.tab = Tab::map;
  x += map + 8;
  x += c.text_mid(Face::label, {x, y}, f.colours.text3, "›") + 10;
  x += c.text_mid(Face::label_strong, {x, y}, f.colours.text,
                  f.say(halls ? Text::plan_halls : Text::plan_port)) +
       20;
  float right = r.right() - 12;
  if (any_halls) {
    for (const bool of_halls : {true, false}) {
      const char* words = f.say(of_halls ? Text::plan_halls : Text::plan_port);
      const float wide = c.width(Face::caption_strong, words) + 22;
      right -= wide;
      if (f.button(words, {right, y - 13, wide, 26}, words, halls == of_halls)) {
        f.view.halls = of_halls;
      }
      right -= 4;
    }
  }
  if (halls) return;
  const std::string words =
      in_use(f, "berth", Text::berths_busy) + " · " + in_use(f, "crane", Text::cranes_busy);
  c.text_fit(Face::caption, {x, y}, f.colours.text2, words, right - x - 8);
}

void legend(Frame& f, Rect r) {
  Canvas& c = f.canvas;
  const float y = r.centre().y;
  float x = r.x;
  const auto entry = [&](auto&& draw, Text words) {
    draw();
    x += 20;
    x += c.text_mid(Face::caption, {x, y}, f.colours.text2, f.say(words)) + 24;
  };
  entry([&] { c.fill({x, y - 6, 12, 12}, f.colours.accent, 2); }, Text::legend_cell);
  entry([&] { c.fill({x + 4, y - 8, 3, 16}, f.colours.text); }, Text::legend_crane);
  entry([&] { c.frame({x, y - 6, 12, 12}, f.colours.line2, 2); }, Text::legend_free);
  entry(
      [&] {
        c.hatch({x, y - 6, 12, 12}, f.colours.cause[static_cast<std::size_t>(Cause::closed)]);
      },
      Text::legend_closed);
  c.text_mid(Face::caption, {r.right(), y}, f.colours.text3, f.say(Text::plan_note), Align::right);
}

void port_plan(Frame& f, Rect r, const PlanResources& parts) {
  const float side = std::clamp(r.w * 0.24f, 250.0f, 330.0f);
  const Rect main{r.x, r.y, r.w - side - 16, r.h - 30};
  const float quay = std::clamp(main.h * 0.34f, 120.0f, 200.0f);
  plan_quay(f, {main.x, main.y, main.w, quay});
  plan_yards(f, {main.x, main.y + quay + 8, main.w, main.h - quay - 8}, parts.yards);
  f.canvas.line({main.right() + 8, r.y}, {main.right() + 8, r.bottom() - 34}, f.colours.line);
  const Rect column{main.right() + 16, r.y + 4, side, r.h - 34};
  const float rail = column.h * 0.3f;
  const float bays = column.h * 0.27f;
  plan_tracks(f, {column.x, column.y, side, rail - 8}, parts.tracks);
  plan_bays(f, {column.x, column.y + rail, side, bays - 8}, parts.bays);
  plan_gates(f, {column.x, column.y + rail + bays, side, column.h - rail - bays}, parts.gates);
  legend(f, {r.x, r.bottom() - 24, r.w, 24});
}

}  // namespace

PlanResources plan_resources(const trace::Schema& schema) {
  PlanResources out;
  for (std::size_t i = 0; i < schema.resources.size(); ++i) {
    const trace::ResourceInfo& info = schema.resources[i];
    const auto r = static_cast<std::uint16_t>(i);
    if (info.facility >= schema.facilities.size()) continue;
    const bool hall = schema.facilities[info.facility].kind == "hall";
    if (hall) {
      if (info.unit == "counter" || info.unit == "channel" || info.unit == "e-channel") {
        out.halls.push_back(r);
      }
    } else if (info.unit == "TEU" || info.unit == "car") {
      out.yards.push_back(r);
    } else if (info.unit == "lane") {
      out.gates.push_back(r);
    } else if (info.unit == "bay" || info.unit == "scanner") {
      out.bays.push_back(r);
    } else if (info.unit == "track") {
      out.tracks.push_back(r);
    }
  }
  return out;
}

Rect plan_section(Frame& f, Rect r, const std::string& title, const std::string& state,
                  bool breach) {
  const float wide = f.canvas.width(Face::caption, state);
  f.canvas.text_fit(Face::label_strong, {r.x, r.y + 9}, f.colours.text, title, r.w - wide - 10);
  f.canvas.text_mid(breach ? Face::caption_strong : Face::caption, {r.right(), r.y + 9},
                    breach ? f.colours.breach : f.colours.text2, state, Align::right);
  return {r.x, r.y + 24, r.w, r.h - 24};
}

std::string queue_text(const Frame& f, const ResourceState& state) {
  std::string out;
  if (state.queue > 0) out = fmt::format("{} {}", f.say(Text::queue), count_text(state.queue));
  if (state.wait && state.wait->count() >= 30'000) {
    out += (out.empty() ? "" : " · ") + span_text(*state.wait, f.view.language);
  }
  return out;
}

std::string name_of(const Frame& f, trace::EntityId entity) {
  if (f.archive == nullptr) return {};
  const auto people = f.archive->people();
  return people ? people->spell(entity) : std::string();
}

std::string short_name(const std::string& name) {
  return name.substr(name.rfind('/') + 1);
}

void plan_pick(Frame& f, Rect r, trace::EntityId entity) {
  const Hit it = f.hit(fmt::format("e{:x}", entity).c_str(), r);
  const bool chosen = f.view.chosen == entity;
  if (chosen || it.hovered) {
    f.canvas.frame(r.inset(-2), chosen ? f.colours.bookmark : f.colours.text2, 3, 2);
  }
  if (it.pressed) choose(f.view, entity);
}

void panel_terminal(Frame& f) {
  f.card();
  const PlanResources parts = plan_resources(f.store.schema());
  const bool quay = !f.store.quays().all().empty() || !parts.yards.empty() ||
                    !parts.gates.empty() || !parts.tracks.empty();
  const bool halls = !parts.halls.empty() && (f.view.halls || !quay);
  if (!quay && !halls) {
    f.empty_state(Text::no_plan, Text::no_plan_hint, f.area);
    return;
  }
  header(f, f.area, halls, quay && !parts.halls.empty());
  const Rect body{f.area.x + 12, f.area.y + 42, f.area.w - 24, f.area.h - 50};
  if (halls) {
    plan_halls(f, body, parts.halls);
  } else {
    port_plan(f, body, parts);
  }
}

}  // namespace portflow::viz

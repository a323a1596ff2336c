#include "viz/map_signs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "viz/format.hpp"

namespace portflow::viz {
namespace {

std::string title_of(const Frame& f, const FacilityState& facility) {
  const trace::FacilityInfo& info = f.store.schema().facilities[facility.facility];
  const std::string& title = pick(info.title, f.view.language);
  return title.empty() ? info.name : title;
}

/// Those whose English titles agree up to a comma are one family: `Dayaowan quay, phase 1`.
std::string family_of(const trace::FacilityInfo& info) {
  const auto comma = info.title.en.find(", ");
  return comma == std::string::npos ? std::string() : info.title.en.substr(0, comma);
}

bool worse(const FacilityState& a, const FacilityState& b) {
  const ResourceState& p = a.state;
  const ResourceState& q = b.state;
  if (p.breach != q.breach) return p.breach;
  const auto wait = [](const ResourceState& s) { return s.wait.value_or(Duration(0)); };
  if (wait(p) != wait(q)) return wait(p) > wait(q);
  return p.fill() > q.fill();
}

std::string queue_number(std::uint32_t queue) {
  if (queue < 1000) return std::to_string(queue);
  return number_text(static_cast<double>(queue) / 1000.0, queue < 10000 ? 2 : 3) + "k";
}

/// The words of a sign that stands for several.
void name_group(const Frame& f, Sign& sign) {
  std::vector<std::string> titles;
  titles.reserve(sign.members.size());
  for (const FacilityState& member : sign.members) titles.push_back(title_of(f, member));
  sign.name = common_title(titles);
  if (sign.name.empty()) {
    sign.name = fmt::format("{} +{}", titles.front(), titles.size() - 1);
  }
  sign.detail = fmt::format("{} {}", sign.members.size(), f.say(Text::facilities));
  if (sign.queue > 0) {
    sign.detail += fmt::format(" · {} {}", f.say(Text::queue), count_text(sign.queue));
  }
  const auto& wait = sign.worst().state.wait;
  if (wait && wait->count() >= 30'000) {
    sign.detail += fmt::format(" · {} {}", f.say(Text::up_to), span_text(*wait, f.view.language));
  } else {
    float fill = 0;
    for (const FacilityState& member : sign.members) fill = std::max(fill, member.state.fill());
    sign.detail +=
        fmt::format(" · {} {}", f.say(Text::up_to), percent_text(static_cast<double>(fill)));
  }
}

/// How the members fare against the same ones of another trace.
void set_changes(const Frame& f, Sign& sign) {
  const auto before = f.base->facilities(f.view.now);
  for (const FacilityState& member : sign.members) {
    const std::string& name = f.store.schema().facilities[member.facility].name;
    const auto same = std::find_if(before.begin(), before.end(), [&](const FacilityState& other) {
      return f.base->schema().facilities[other.facility].name == name;
    });
    if (same == before.end()) continue;
    sign.queue_change += static_cast<std::int64_t>(member.state.queue) - same->state.queue;
    const auto minutes = [](const FacilityState& s) {
      return static_cast<double>(s.state.wait.value_or(Duration(0)).count()) / 60000.0;
    };
    const double change = minutes(member) - minutes(*same);
    if (std::abs(change) > std::abs(sign.wait_change)) sign.wait_change = change;
  }
  const std::string size = span_text(
      Duration(static_cast<std::int64_t>(std::abs(sign.wait_change) * 60000)), f.view.language);
  sign.detail = sign.turn() == 0 ? f.say(Text::about_same)
                                 : fmt::format("{}{}", sign.turn() > 0 ? "+" : "\u2212", size);
}

Sign sign_of(const Canvas& c, const Frame& f, std::vector<FacilityState> members) {
  Sign sign;
  sign.members = std::move(members);
  std::stable_sort(sign.members.begin(), sign.members.end(), worse);
  for (const FacilityState& member : sign.members) sign.queue += member.state.queue;
  if (sign.members.size() == 1) {
    sign.name = title_of(f, sign.worst());
    sign.detail = state_text(f, sign.worst());
  } else {
    name_group(f, sign);
  }
  if (f.base != nullptr) set_changes(f, sign);
  sign.wide = std::max(c.width(Face::label_strong, sign.name), c.width(Face::caption, sign.detail));
  return sign;
}

}  // namespace

std::string state_text(const Frame& f, const FacilityState& facility) {
  if (!facility.has_resource) return {};
  const ResourceState& s = facility.state;
  const bool zh = f.view.language == Language::zh;
  std::string out = s.capacity == 0 ? f.say(Text::closed_now)
                    : zh ? fmt::format("{} {}", f.say(Text::full), percent_text(f32(s.fill())))
                         : fmt::format("{} {}", percent_text(f32(s.fill())), f.say(Text::full));
  if (s.queue > 0) out += fmt::format(" · {} {}", f.say(Text::queue), count_text(s.queue));
  if (s.wait && s.wait->count() >= 30'000) out += " · " + span_text(*s.wait, f.view.language);
  return out;
}

std::vector<Sign> visible_signs(const Canvas& c, const Frame& f, const Projection& to) {
  std::vector<FacilityState> shown;
  std::vector<Point> places;
  std::vector<std::string> families;
  for (const FacilityState& facility : f.store.facilities(f.view.now)) {
    const trace::FacilityInfo& info = f.store.schema().facilities[facility.facility];
    const Point place = to({info.longitude, info.latitude});
    if (!f.area.inset(4).contains(place)) continue;
    shown.push_back(facility);
    places.push_back(place);
    families.push_back(family_of(info));
  }
  std::vector<Sign> signs;
  for (const Cluster& cluster : clusters_of(places, families)) {
    std::vector<FacilityState> members;
    members.reserve(cluster.members.size());
    for (const std::size_t m : cluster.members) members.push_back(shown[m]);
    Sign sign = sign_of(c, f, std::move(members));
    sign.place = cluster.place;
    sign.at = cluster.at;
    signs.push_back(std::move(sign));
  }
  return signs;
}

namespace {

void draw_change(Canvas& c, const Frame& f, const Sign& sign) {
  const int turn = sign.turn();
  const Colour fill = turn < 0 ? f.colours.better : turn > 0 ? f.colours.worse : f.colours.control;
  c.disc(sign.at, sign_radius + 3, fill);
  if (turn > 0) c.dashed_circle(sign.at, sign_breach_radius + 2, f.colours.worse, 2);
  const std::string number = (sign.queue_change > 0 ? "+" : "") + count_text(sign.queue_change);
  c.text_mid(number.size() > 4 ? Face::axis_strong : Face::caption_strong, sign.at,
             turn == 0 ? f.colours.text : f.colours.on_accent, number, Align::centre);
}

}  // namespace

void draw_sign(Canvas& c, const Frame& f, const Sign& sign, bool chosen) {
  const Palette& colours = f.colours;
  if (f.base != nullptr) {
    draw_change(c, f, sign);
    return;
  }
  const ResourceState& s = sign.worst().state;
  const bool group = sign.members.size() > 1;
  if (length(sign.at - sign.place) > 6) {
    c.line(sign.place, sign.at, colours.text3, 1);
    c.disc(sign.place, 2.5f, colours.text2);
  }
  // A second rim behind tells that this is several.
  if (group) {
    c.disc(sign.at, sign_radius + 7, colours.panel);
    c.circle(sign.at, sign_radius + 5, colours.line2, 1.5f);
  }
  c.disc(sign.at, sign_radius + 2, colours.panel);
  c.circle(sign.at, sign_radius, colours.control, 4);
  const bool any = std::any_of(sign.members.begin(), sign.members.end(),
                               [](const FacilityState& m) { return m.has_resource; });
  if (any) {
    const bool shut = sign.worst().has_resource && s.capacity == 0 && !group;
    if (shut) {
      c.hatch({sign.at.x - 10, sign.at.y - 10, 20, 20},
              colours.cause[static_cast<std::size_t>(Cause::closed)]);
    }
    c.arc(sign.at, sign_radius, s.fill(), sign.breach() ? colours.breach : colours.accent, 4);
    const std::string number = queue_number(sign.queue);
    c.text_mid(number.size() > 3 ? Face::axis_strong : Face::caption_strong, sign.at, colours.text,
               number, Align::centre);
  } else {
    c.disc(sign.at, 4, colours.text3);
  }
  if (sign.breach())
    c.dashed_circle(sign.at, sign_breach_radius + (group ? 2 : 0), colours.breach, 2);
  if (chosen) c.circle(sign.at, sign_radius + 9, colours.bookmark, 2);
}

void draw_sign_card(Canvas& c, const Frame& f, const Sign& sign) {
  constexpr std::size_t most = 12;
  constexpr float row = 21;
  const std::size_t rows = std::min(sign.members.size(), most);
  float wide = c.width(Face::label_strong, sign.name);
  for (std::size_t i = 0; i < rows; ++i) {
    wide = std::max(wide, c.width(Face::caption, title_of(f, sign.members[i])) + 24 +
                              c.width(Face::caption, state_text(f, sign.members[i])));
  }
  wide += 28;
  const float high = row * f32(rows) + 40 + (sign.members.size() > most ? row : 0);
  float x = sign.at.x + 30;
  if (x + wide > f.area.right() - 8) x = sign.at.x - 30 - wide;
  x = std::max(x, f.area.x + 8);
  const float y = std::clamp(sign.at.y - high / 2, f.area.y + 8, f.area.bottom() - high - 8);
  const Rect r{x, y, wide, high};
  c.fill(r, f.colours.panel, 4);
  c.frame(r, f.colours.line2, 4);
  c.text_mid(Face::label_strong, {x + 14, y + 17}, f.colours.text, sign.name);
  float line = y + 42;
  for (std::size_t i = 0; i < rows; ++i) {
    const FacilityState& member = sign.members[i];
    const Colour ink = member.state.breach ? f.colours.breach : f.colours.text2;
    c.text_mid(Face::caption, {x + 14, line}, f.colours.text, title_of(f, member));
    c.text_mid(Face::caption, {r.right() - 14, line}, ink, state_text(f, member), Align::right);
    line += row;
  }
  if (sign.members.size() > most) {
    c.text_mid(Face::caption, {x + 14, line}, f.colours.text3,
               fmt::format("+{}", sign.members.size() - most));
  }
}

}  // namespace portflow::viz

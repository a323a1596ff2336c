#include <fmt/format.h>

#include <algorithm>

#include "spec/binders.hpp"
#include "spec/number.hpp"

namespace portflow::spec {
namespace {

constexpr Number servers = count(0, 10'000'000);
constexpr double most_that_fail = 1000;

/// A number, or `{"06:00-22:00": 3, else: 1}`.
void read_servers(Node& node, const Spot& spot, Resource& resource) {
  if (!node.is_map()) return read::number(servers)(node, spot, resource.servers);
  const Node* by = node.find("by");
  if (by != nullptr) {
    return spot.complain(by->place, "cannot depend on an attribute: there is no entity here");
  }
  bool rest = false;
  for (auto& entry : node.entries) {
    const Spot at = spot / entry.key;
    if (entry.key == "else") {
      rest = true;
      read::number(servers)(entry.value, at, resource.servers);
      continue;
    }
    const auto hours = parse_hours(entry.key);
    if (!hours) {
      spot.complain(entry.place, fmt::format("`{}` are no hours, and servers go by nothing else; "
                                             "write `{{\"06:00-22:00\": 3, else: 1}}`",
                                             entry.key));
      continue;
    }
    for (const auto& [other, unused] : resource.by_hours) {
      if (hours->from < other.to && other.from < hours->to) {
        spot.complain(entry.place, fmt::format("`{}` overlaps hours before it", entry.key));
      }
    }
    double number = 0;
    read::number(servers)(entry.value, at, number);
    resource.by_hours.emplace_back(*hours, number);
  }
  if (!rest) spot.complain(node.place, "`else` is missing: the number outside these hours");
  std::ranges::sort(resource.by_hours, {}, [](const auto& shift) { return shift.first.from; });
}

/// `fixed`, or `{elastic: {...}}`.
void read_staffing(Node& node, const Spot& spot, std::optional<Elastic>& out) {
  if (node.is_scalar()) {
    std::string word;
    return read::one_of({"fixed"})(node, spot, word);
  }
  Fields outer{node, spot};
  Node* inner = outer.take("elastic");
  if (inner == nullptr) outer.miss("elastic");
  outer.done();
  if (inner == nullptr) return;
  Elastic& elastic = out.emplace();
  Fields fields{*inner, spot / "elastic"};
  fields.required("reserve", elastic.reserve, read::number(servers));
  fields.required("open_when", elastic.open_when, read::number(duration()));
  fields.required("reserve_when", elastic.reserve_when, read::number(duration()));
  fields.defaulted("close_when", Node::scalar("0 min"), elastic.close_when,
                   read::number(duration()));
  fields.defaulted("opening_takes", Node::scalar("0 min"), elastic.opening_takes,
                   read::number(duration()));
  fields.done();
  if (elastic.close_when > elastic.open_when || elastic.open_when > elastic.reserve_when) {
    fields.spot().complain(inner->place,
                           "`close_when`, `open_when` and `reserve_when` must ascend");
  }
}

/// `{up: {exponential: 200 h}, down: {lognormal: [3 h, 1]}}`
void read_breakdown(Node& node, const Spot& spot, Resource& resource) {
  Breakdown& breakdown = resource.breakdown.emplace();
  Fields fields{node, spot};
  read_outage(fields, "up", breakdown.up);
  read_outage(fields, "down", breakdown.down);
  fields.done();
  double most = resource.servers;
  for (const auto& [hours, units] : resource.by_hours) most = std::max(most, units);
  if (most > most_that_fail) {
    spot.complain(node.place, fmt::format("each of {} units would have a clock of its own; at most "
                                          "{} may fail",
                                          most, most_that_fail));
  }
}

/// `1 h`, by which the day divides: `servers` are so many an hour.
void read_period(Node& node, const Spot& spot, Resource& resource) {
  read::number(duration())(node, spot, resource.per);
  constexpr Duration day = std::chrono::hours{24};
  if (resource.per > Duration::zero() && day % resource.per == Duration::zero()) return;
  spot.complain(node.place, "a day must hold a whole number of these periods: 15 min, 1 h, 24 h");
  resource.per = Duration::zero();
}

/// A word beside a number of units, `600 m`, is the unit in which the resource is counted.
void check_units(const Node& written, const Spot& spot, const Resource& resource) {
  for (const auto& entry : written.entries) check_units(entry.value, spot / entry.key, resource);
  const auto split = written.is_scalar() ? split_number(written.text) : std::nullopt;
  if (!split || split->unit.empty() || split->unit == resource.unit) return;
  spot.complain(
      written.place,
      resource.unit.empty()
          ? fmt::format("`{}` is no unit of `{}`, which is counted one by one; write the number "
                        "alone",
                        split->unit, resource.name)
          : fmt::format("`{}` is counted in `{}`, not in `{}`", resource.name, resource.unit,
                        split->unit));
}

void bind_resource(Node& node, const Spot& spot, Resource& resource) {
  resource.place = node.place;
  Fields fields{node, spot};
  fields.required("servers", resource, read_servers);
  fields.optional("unit", resource.unit, read::text);
  if (const Node* written = node.find("servers")) {
    check_units(*written, spot / "servers", resource);
  }
  fields.defaulted("calendar", Node::scalar("always"), resource.calendar,
                   [](const Node& value, const Spot& at, std::string& out) {
                     // `always` needs no entry among the calendars.
                     read::name(value, at, out);
                     if (out == "always") return out.clear();
                     if (!out.empty()) at.mention(Mention::What::calendar, out, value.place);
                   });
  fields.defaulted("discipline", Node::scalar("fifo"), resource.discipline,
                   read::one_of({"fifo", "priority"}));
  fields.defaulted("staffing", Node::scalar("fixed"), resource.elastic, read_staffing);
  fields.defaulted("wait_target", Node::scalar("0 min"), resource.wait_target,
                   read::number(duration()));
  fields.optional("breakdown", resource, read_breakdown);
  fields.defaulted("at_shift_end", Node::scalar("finish"), resource.at_shift_end,
                   read::one_of({"finish", "pause", "hand_over", "restart"}));
  fields.defaulted("preempt", Node::scalar("no"), resource.preempt,
                   read::one_of({"no", "lowest", "lowest_restarts"}));
  const bool preempts = resource.preempt != Resource::Preempt::no;
  fields.defaulted("side_by_side", Node::scalar("false"), resource.side_by_side, read::flag);
  fields.optional("per", resource, read_period);
  fields.not_yet("adjusts");
  fields.done();
  if (resource.side_by_side && (preempts || resource.breakdown || resource.elastic ||
                                resource.at_shift_end != Resource::Shortage::finish)) {
    spot.complain(
        node.place,
        "units that stand side by side cannot fail, be called in or be taken away one by "
        "one: no `breakdown`, `staffing`, `at_shift_end` or `preempt` with `side_by_side`");
  }
  if (resource.per > Duration::zero() &&
      (resource.side_by_side || preempts || resource.breakdown || resource.elastic ||
       resource.at_shift_end != Resource::Shortage::finish)) {
    spot.complain(node.place,
                  "units that are used up are in nobody's hands: no `breakdown`, `staffing`, "
                  "`at_shift_end`, `preempt` or `side_by_side` with `per`");
  }
  if (preempts && resource.discipline != Resource::Discipline::priority) {
    spot.complain(node.place, "`preempt` goes by priority; it needs `discipline: priority`");
  }
}

void read_settings(Node& node, const Spot& spot, Node& out) {
  if (check_kind(node, Node::Kind::map, spot)) out = node;
}

}  // namespace

void read_position(Node& node, const Spot& spot, Position& out) {
  if (!check_kind(node, Node::Kind::list, spot)) return;
  if (node.items.size() != 2) {
    return spot.complain(node.place, "expected `[longitude, latitude]` in degrees");
  }
  read::number(plain(-180, 180))(node.items[0], spot.item(0), out.longitude);
  read::number(plain(-90, 90))(node.items[1], spot.item(1), out.latitude);
}

void bind_facilities(Node& node, const Spot& spot, Scenario& scenario) {
  each_entry(node, spot, [&](const std::string& name, Node& entry, const Spot& at) {
    if (entry.is_map() && entry.find("by") != nullptr) {
      SplitFacility& split = scenario.splits[name];
      split.name = name;
      return bind_split(entry, at, split);
    }
    Facility& facility = scenario.facilities[name];
    facility.name = name;
    facility.place = entry.place;
    facility.title = {name, name};
    facility.settings = empty_map();
    Fields fields{entry, at};
    fields.required("kind", facility.kind, read::name);
    fields.optional("title", facility.title, read::label);
    fields.optional("position", facility.position, read_position);
    fields.defaulted("process", Node::scalar(name), facility.process, read::name);
    std::vector<std::string> order;
    fields.defaulted("resources", empty_map(), facility.resources,
                     [&](Node& map, const Spot& below, std::vector<Resource>& out) {
                       each_entry(map, below,
                                  [&](const std::string& key, Node& value, const Spot& s) {
                                    order.push_back(key);
                                    out.emplace_back().name = key;
                                    bind_resource(value, s, out.back());
                                  });
                     });
    if (!order.empty()) facility.shown = order.front();
    fields.optional("shown", facility.shown, read::name);
    fields.defaulted("settings", empty_map(), facility.settings, read_settings);
    fields.done();
    if (fields.has("shown") && !facility.shown.empty() &&
        std::ranges::find(order, facility.shown) == order.end()) {
      (at / "shown")
          .complain(entry.find("shown")->place,
                    fmt::format("no resource `{}` here{}", facility.shown,
                                did_you_mean(facility.shown, order)));
    }
    std::ranges::sort(facility.resources, {}, &Resource::name);
  });
}

}  // namespace portflow::spec

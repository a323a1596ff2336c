#include <fmt/format.h>

#include <algorithm>

#include "spec/binders.hpp"

namespace portflow::spec {
namespace {

constexpr Number members = plain(0, 1e6);

void read_clock_times(const Node& node, const Spot& spot, const std::vector<int>& days,
                      Arrivals& out) {
  const auto add = [&](const Node& item, const Spot& at) {
    if (!check_kind(item, Node::Kind::scalar, at)) return;
    const auto time = parse_clock(item.text);
    if (!time) {
      return at.complain(item.place,
                         fmt::format("`{}` is no time of day; write `08:30`", item.text));
    }
    for (const int day : days) {
      if (std::ranges::find(out.times, std::pair{day, *time}) != out.times.end()) {
        return at.complain(item.place,
                           fmt::format("`{}` stands in the timetable already", item.text));
      }
    }
    for (const int day : days) out.times.emplace_back(day, *time);
  };
  if (!node.is_list()) return add(node, spot);
  for (std::size_t i = 0; i < node.items.size(); ++i) add(node.items[i], spot.item(i));
}

/// `{daily: ["20:00"], mon-fri: [...], late: ...}`.
void read_timetable(Node& node, const Spot& spot, Arrivals& out) {
  out.kind = Arrivals::Kind::timetable;
  if (!check_kind(node, Node::Kind::map, spot)) return;
  bool any = false;
  for (auto& entry : node.entries) {
    if (entry.key == "late") {
      read::takes(duration())(entry.value, spot / "late", out.late.emplace());
      continue;
    }
    any = true;
    const auto days = parse_weekdays(entry.key);
    if (days.empty()) {
      spot.complain(entry.place, fmt::format("unknown key `{}`; write `daily`, `mon`, `mon-fri`, "
                                             "`mon,wed` or `late`",
                                             entry.key));
      continue;
    }
    read_clock_times(entry.value, spot / entry.key, days, out);
  }
  if (!any) spot.complain(node.place, "a timetable without times");
  std::ranges::sort(out.times);
}

void read_each_year(const Node& node, const Spot& spot, std::size_t& out) {
  double number = 0;
  read::number(count(1, 1e6))(node, spot, number);
  out = static_cast<std::size_t>(number);
}

/// So many of the slots of every calendar year can only be chosen where a year has as many.
void check_each_year(const Node& node, const Spot& spot, const Arrivals& arrivals) {
  constexpr std::size_t whole_weeks = 52;
  const Place& place = node.find("each_year")->place;
  if (arrivals.kind != Arrivals::Kind::timetable) {
    return spot.complain(place, "chooses among the slots of a `timetable`; `every` has none");
  }
  const std::size_t slots = whole_weeks * arrivals.times.size();
  if (slots > 0 && arrivals.each_year > slots) {
    spot.complain(place, fmt::format("{} of {} slots: the timetable has {} a week",
                                     arrivals.each_year, slots, arrivals.times.size()));
  }
}

/// What source and members have in common.
void read_role(Fields& fields, const std::string& name, const Spot& spot, Role& role);

void read_members(Node& node, const Spot& spot, Role& group) {
  each_entry(node, spot, [&](const std::string& name, Node& entry, const Spot& at) {
    Role& role = group.contains.emplace_back();
    role.flow = group.flow;
    Fields fields{entry, at};
    const Spot counted = at.in({Scope::Kind::members, at.path(), {}, {}});
    fields.defaulted("count", Node::scalar("1"), role.count,
                     [&](Node& value, const Spot&, Takes& out) {
                       read::takes(members)(value, counted / "count", out);
                     });
    read_role(fields, name, at, role);
    fields.done();
  });
  std::ranges::sort(group.contains, {}, &Role::name);
}

void read_role(Fields& fields, const std::string& name, const Spot& spot, Role& role) {
  role.name = name;
  role.place = fields.node().place;
  fields.required("creates", role.creates, read::name);
  fields.required("procedure", role.procedure, read::mention(Mention::What::procedure));
  fields.optional("flow", role.flow,
                  read::one_of({"import", "export", "transit", "domestic", "passengers", "bulk"}));
  fields.optional("mode", role.mode, read::one_of({"ship", "truck", "train", "aircraft"}));
  const Spot born = spot.in({Scope::Kind::role, spot.path(), {}, {}});
  fields.defaulted("attributes", empty_map(), role.attributes,
                   [&](Node& map, const Spot&, std::vector<Attribute>& out) {
                     read_attributes(map, born / "attributes", out);
                   });
  fields.optional("contains", role, read_members);
}

}  // namespace

void read_arrivals(Node& node, const Spot& spot, Arrivals& out) {
  Fields fields{node, spot};
  const bool every = fields.optional("every", out.every, read::takes(duration()));
  const bool timetable = fields.optional("timetable", out, read_timetable);
  const bool counted = fields.optional("each_year", out.each_year, read_each_year);
  fields.optional("from", out.from, read::date);
  fields.optional("to", out.to, read::date);
  fields.done();
  if (!node.is_map()) return;
  if (every == timetable) {
    spot.complain(node.place, every ? "`every` and `timetable` exclude each other"
                                    : "needs `every` or `timetable`");
  }
  if (every && !timetable && out.every->distribution.family() == Distribution::Family::constant &&
      out.every->distribution.mean() <= 0 && spot.notes().errors.empty()) {
    spot.complain(node.place, "arrivals at intervals of 0");
  }
  if (out.from && out.to && *out.from >= *out.to) {
    spot.complain(node.place, "`from` must be before `to`");
  }
  if (counted && every != timetable) check_each_year(node, spot / "each_year", out);
}

void bind_demand(Node& node, const Spot& spot, Scenario& scenario) {
  each_entry(node, spot, [&](const std::string& name, Node& entry, const Spot& at) {
    Source& source = scenario.demand[name];
    Fields fields{entry, at};
    fields.optional("at", source.at, read::mention(Mention::What::facility));
    fields.required("arrivals", source.arrivals, read_arrivals);
    fields.defaulted("announced", Node::scalar("0 h"), source.announced, read::number(duration()));
    fields.defaulted("extra", Node::scalar("0 %"), source.extra, read::amount(share(0, 10)));
    read_role(fields, name, at, source.role);
    fields.done();
  });
}

}  // namespace portflow::spec

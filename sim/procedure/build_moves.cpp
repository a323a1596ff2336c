// Journeys between places, and choices among them.
#include <algorithm>

#include "core/words.hpp"
#include "procedure/builder.hpp"

namespace portflow::procedure {
namespace {

/// Fen per hour at which routes are searched where no chooser weighs them: CNY 30 an hour, the
/// order of a box's daily capital and storage cost divided by 24.
constexpr double route_value_of_time = 3000;

/// A step and all that follow it, but for what comes after somebody's patience is over.
std::set<StepIndex> reach(const Graph& graph, StepIndex from) {
  std::set<StepIndex> seen;
  std::vector<StepIndex> open;
  if (from != none) open.push_back(from);
  while (!open.empty()) {
    const StepIndex at = open.back();
    open.pop_back();
    if (!seen.insert(at).second) continue;
    for (const StepIndex next : graph.steps[at].successors) {
      if (next != graph.steps[at].renege) open.push_back(next);
    }
  }
  return seen;
}

}  // namespace

void Builder::move(Step& out, RoleCode role, std::size_t epoch, std::uint16_t layout,
                   const spec::Procedure& procedure, const spec::Step& in) {
  const spec::Move& spec = *in.moves;
  const std::string path = procedure.name + "." + in.name + ".moves";
  Move move;
  move.arrives_when_due = spec.arrives_when_due;
  move.leaves = spec.leaves;
  move.point = Point{hash_of(procedure.name + "." + in.name + ".move")};
  move.end_site = out.site;
  move.end_place = out.place;

  // An end that is split is, for these entities, one of its members.
  const std::uint16_t start_place = place(role, layout, spec.from);
  const std::uint16_t end_place = place(role, layout, spec.to);
  const auto named = [&](std::uint16_t facility, const std::string& other) {
    return facility == none ? other : model_->schema.facilities[facility].name;
  };
  std::vector<std::string> from{spec.from.empty() ? named(out.place, {})
                                                  : named(start_place, spec.from)};
  std::vector<std::string> to{named(end_place, spec.to)};
  const trace::AttributeInfo* info = nullptr;
  if (!spec.from_attribute.empty()) {
    move.from = need_attribute(role, spec.from_attribute, in.place, &info);
    if (info != nullptr) from = info->categories;
  }
  info = nullptr;
  if (!spec.to_attribute.empty()) {
    move.to = need_attribute(role, spec.to_attribute, in.place, &info);
    if (info != nullptr) to = info->categories;
  } else if (end_place != none && !spec.leaves) {
    move.end_place = end_place;
    move.end_site = facility_site_[end_place];
  }
  move.to_codes = static_cast<std::uint16_t>(to.size());

  const std::string mode = model_->schema.roles[role].mode;
  for (const std::string& start : from) {
    for (const std::string& goal : to) {
      Travel travel;
      auto journey = model_->networks[epoch].route(start, goal, spec.by, route_value_of_time);
      if (!journey && from.size() * to.size() > 1) {
        // Perhaps other branches serve this pair; a least-cost choice never comes here, and
        // depart() stops the run if somebody does.
        move.travels.push_back(std::move(travel));
        continue;
      }
      if (!journey) {
        complain(in.place, path,
                 "no way from '" + start + "' to '" + goal + "'" +
                     (spec.by.empty() ? std::string() : " by " + listed(spec.by)));
        continue;
      }
      travel.journey = std::move(*journey);
      travel.reachable = true;
      if (!mode.empty() && !travel.journey.hops.empty()) {
        const std::string name = start + " > " + goal + " (" + travel.journey.mode + ")";
        const auto [it, fresh] =
            route_codes_.try_emplace(name, static_cast<std::uint16_t>(route_codes_.size()));
        if (fresh) {
          trace::RouteInfo route;
          route.name = name;
          route.mode = travel.journey.mode;
          model_->schema.routes.push_back(std::move(route));
          lines_.push_back({it->second, start, goal, travel.journey.hops});
        }
        travel.route = it->second;
      }
      move.travels.push_back(std::move(travel));
    }
  }
  if (!move.travels.empty() && std::none_of(move.travels.begin(), move.travels.end(),
                                            [](const Travel& one) { return one.reachable; })) {
    complain(in.place, path,
             "no way between any of these places" +
                 (spec.by.empty() ? std::string() : " by " + listed(spec.by)));
  }
  out.move = std::move(move);
}

void Builder::check_prices(const Graph& graph, const Choose& choose, const Place& place,
                           const std::string& path) {
  bool priced = false;
  std::string unpriced;
  for (const auto& moves : choose.moves) {
    for (const StepIndex at : moves) {
      for (const Travel& travel : graph.steps[at].move->travels) {
        priced = priced || travel.journey.priced;
        if (!travel.journey.unpriced.empty()) unpriced = travel.journey.unpriced;
      }
    }
  }
  if (priced && !unpriced.empty()) {
    complain(place, path + ".choose",
             "the link from " + unpriced +
                 " has no `cost`, while others of this choice have one, so it would count as free; "
                 "write `cost: 0 CNY` where it is");
  }
}

void Builder::choose(Graph& graph, Step& out, RoleCode role, const spec::Procedure& procedure,
                     const spec::Step& in) {
  const spec::Choose& spec = *in.choose;
  const std::string path = procedure.name + "." + in.name;
  Choose choose;
  choose.kind = spec.kind;
  const auto option = [&](const std::string& name) -> StepIndex {
    std::vector<std::string> known;
    for (const StepIndex next : out.successors) {
      if (graph.steps[next].name == name) return next;
      known.push_back(graph.steps[next].name);
    }
    complain(in.place, path + ".choose",
             "'" + name + "' does not follow '" + in.name + "'; these do: " + listed(known));
    return none;
  };
  switch (spec.kind) {
    case spec::Choose::Kind::attribute: {
      const trace::AttributeInfo* info = nullptr;
      choose.by = need_attribute(role, spec.by, in.place, &info);
      if (info == nullptr) return;
      choose.branch.assign(info->categories.size(), none);
      for (const auto& [word, name] : spec.cases) {
        const std::uint16_t code = case_of(*info, word);
        if (code == none) {
          complain(in.place, path + ".choose",
                   "'" + word + "' is no value of '" + spec.by +
                       "'; there are: " + listed(info->categories));
          continue;
        }
        choose.branch[code] = option(name);
      }
      for (std::size_t i = 0; i < choose.branch.size(); ++i) {
        if (choose.branch[i] == none) {
          complain(in.place, path + ".choose",
                   "no step for " + spec.by + " '" + info->categories[i] + "'");
        }
      }
      break;
    }
    case spec::Choose::Kind::chance:
      for (const auto& [name, share] : spec.shares) {
        choose.branch.push_back(option(name));
        choose.shares.push_back(number(role, share, in.place));
        choose.points.push_back(Point{hash_of(path + "." + name)});
      }
      break;
    case spec::Choose::Kind::least_cost:
    case spec::Choose::Kind::logit:
      choose.scale = number(role, spec.scale, in.place);
      choose.value_of_time = number(role, spec.value_of_time, in.place);
      for (const std::string& name : spec.options) {
        choose.branch.push_back(option(name));
        choose.points.push_back(Point{hash_of(path + "." + name)});
        const auto besides =
            std::ranges::find(spec.besides, name, &std::pair<std::string, spec::Amount>::first);
        choose.besides.push_back(
            besides == spec.besides.end() ? Number{} : number(role, besides->second, in.place));
        // What an option costs: the moves that only those meet who take it.
        std::vector<StepIndex> moves;
        std::set<StepIndex> others;
        for (const StepIndex next : out.successors) {
          if (next != choose.branch.back()) others.merge(reach(graph, next));
        }
        for (const StepIndex at : reach(graph, choose.branch.back())) {
          if (graph.steps[at].move && others.count(at) == 0) moves.push_back(at);
        }
        choose.moves.push_back(std::move(moves));
      }
      check_prices(graph, choose, in.place, path);
      break;
  }
  if (out.successors.size() !=
      std::set<StepIndex>(choose.branch.begin(), choose.branch.end()).size()) {
    complain(in.place, path + ".choose",
             "every step after '" + in.name + "' must be an option of it");
  }
  out.choose = std::move(choose);
}

}  // namespace portflow::procedure

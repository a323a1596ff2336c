// What crosses from process to process: tokens, marks, releases; and the lookahead of it all.
#include <algorithm>
#include <cmath>

#include "procedure/builder.hpp"

namespace portflow::procedure {

std::uint16_t Builder::known_slot(RoleCode target, std::uint16_t layout, RoleCode setter,
                                  std::uint16_t mark, const Step& step) {
  MarkInfo& info = model_->roles[setter].marks[mark];
  const auto key = std::make_tuple(target, layout, setter, info.code, step.site);
  if (const auto found = known_.find(key); found != known_.end()) return found->second;
  Role& role = model_->roles[target];
  auto& initial = role.initial_known[layout];
  const auto slot = static_cast<std::uint16_t>(initial.size());
  initial.push_back(target == setter ? std::uint16_t{none} : setter);
  role.slots.known = std::max(role.slots.known, static_cast<std::uint16_t>(initial.size()));
  known_.emplace(key, slot);
  Telling telling;
  telling.site = step.site;
  telling.levels = target == setter ? std::uint16_t{0} : std::uint16_t{1};
  telling.known = slot;
  telling.place = step.place;
  telling.point = Point{
      hash_of("told." + model_->schema.marks[info.code] + "." + model_->sites[step.site].name)};
  // Members may be told apart by more than their group is: all that belong to it tell it.
  for (std::uint16_t own = 0; own < model_->roles[setter].layouts; ++own) {
    if (layout_of_group(setter, own, target) == layout) {
      info.by_layout[own].tellings.push_back(telling);
    }
  }
  return slot;
}

void Builder::awaits() {
  for (std::size_t role = 0; role < model_->roles.size(); ++role) {
    const auto code = static_cast<RoleCode>(role);
    for (std::size_t epoch = 0; epoch < dated_.size(); ++epoch) {
      for (std::size_t at_graph = 0; at_graph < model_->roles[code].graphs[epoch].size();
           ++at_graph) {
        Graph& graph = *model_->roles[code].graphs[epoch][at_graph];
        const auto& procedures = *dated_[epoch].variants[at_graph / model_->roles[code].layouts];
        const auto found = procedures.find(role_specs_[code][epoch]->procedure);
        if (found == procedures.end()) continue;
        for (std::size_t i = 0; i < graph.steps.size(); ++i) {
          Step& step = graph.steps[i];
          const spec::Step& in = found->second.steps[i];
          const std::string path = found->first + "." + in.name + ".awaits";
          for (const spec::Await& spec : in.awaits) {
            Await await;
            await.kind = spec.kind;
            await.shift = spec.shift;
            await.due = spec.mark == "due";
            RoleCode at = code;
            if (spec.kind == spec::Await::Kind::all) {
              RoleCode member = none;
              for (const RoleCode one : model_->roles[code].member_roles) {
                if (model_->roles[one].short_name == spec.subject) member = one;
              }
              const std::uint16_t mark = member == none ? none : mark_of(member, spec.mark);
              if (mark == none) {
                complain(in.place, path,
                         "no members '" + spec.subject + "' with a mark '" + spec.mark + "' in " +
                             model_->roles[code].name);
                continue;
              }
              await.known = known_slot(code, graph.layout, member, mark, step);
            } else {
              while (at != none && spec.subject != "self" &&
                     model_->roles[at].type != spec.subject) {
                at = model_->roles[at].parent;
                ++await.levels;
              }
              if (at == none) {
                complain(in.place, path,
                         model_->roles[code].name + " belongs to no '" + spec.subject + "'");
                continue;
              }
              if (spec.kind == spec::Await::Kind::mark) {
                const std::uint16_t mark = mark_of(at, spec.mark);
                if (mark == none) {
                  complain(in.place, path,
                           "no step of " + model_->roles[at].name + " sets the mark '" + spec.mark +
                               "'");
                  continue;
                }
                await.known =
                    known_slot(at, layout_of_group(code, graph.layout, at), at, mark, step);
              }
            }
            step.awaits.push_back(await);
          }
        }
      }
    }
  }
}

void Builder::channel(std::uint16_t from_site, std::uint16_t to_site, double least_ms) {
  if (from_site == to_site) return;
  const Duration least{static_cast<std::int64_t>(std::floor(least_ms))};
  for (ChannelInfo& channel : model_->channels) {
    if (channel.from != from_site || channel.to != to_site) continue;
    channel.least = std::min(channel.least, least);
    return;
  }
  model_->channels.push_back({from_site, to_site, least});
}

void Builder::link(std::uint16_t from_place, std::uint16_t to_place, RoleCode role,
                   const Place& place) {
  const std::uint16_t from = facility_site_[from_place];
  const std::uint16_t to = facility_site_[to_place];
  if (from == to) return;
  const std::size_t facilities = facility_site_.size();
  std::uint16_t& slot =
      model_->hand_over_of[(from_place * facilities + to_place) * model_->roles.size() + role];
  if (slot == none) {
    const std::string& from_name = model_->schema.facilities[from_place].name;
    const std::string& to_name = model_->schema.facilities[to_place].name;
    HandOver over;
    for (const Dated& dated : dated_) {
      const spec::HandOver* match = nullptr;
      for (const spec::HandOver& one : dated.scenario->network.hand_overs) {
        if ((one.from == "any" || one.from == from_name) &&
            (one.to == "any" || one.to == to_name) &&
            (one.for_type.empty() || one.for_type == model_->roles[role].type)) {
          match = &one;
        }
      }
      if (match == nullptr) {
        complain(place, "network.hand_over",
                 "no hand-over from '" + from_name + "' to '" + to_name + "' for a " +
                     model_->roles[role].type + ", which " + model_->roles[role].name + " needs");
        return;
      }
      over.by_epoch.push_back({draw(role, match->takes, match->place), match->is_message});
      if (over.by_epoch.back().takes.least() < 1) {
        complain(match->place, "network.hand_over",
                 "zero lookahead from '" + from_name + "' to '" + to_name +
                     "': the least time must be at least 1 ms");
        return;
      }
    }
    slot = static_cast<std::uint16_t>(model_->hand_overs.size());
    model_->hand_overs.push_back(std::move(over));
  }
  // The lookahead holds at all dates.
  for (const HandOver::Dated& over : model_->hand_overs[slot].by_epoch) {
    channel(from, to, over.takes.least());
  }
}

void Builder::links() {
  model_->hand_over_of.assign(facility_site_.size() * facility_site_.size() * model_->roles.size(),
                              none);
  for (Role& role : model_->roles) {
    const Place place = role_specs_[role.code].front()->place;
    for (auto& variants : role.graphs) {
      for (auto& graph : variants) {
        std::set<std::uint16_t> ends;  // facilities where something of the entity may end
        for (const StepIndex root : graph->roots) {
          link(home_place_[role.code], graph->steps[root].place, role.code, place);
        }
        for (const Step& step : graph->steps) {
          const std::uint16_t end = step.move ? step.move->end_place : step.place;
          for (const std::uint16_t from : {step.place, end}) {
            ends.insert(from);
            for (const StepIndex next : step.successors) {
              link(from, graph->steps[next].place, role.code, place);
            }
            const auto released = {&step.releases_at_start, &step.releases_at_end};
            for (const auto* slots : released) {
              for (const std::uint16_t slot : *slots) {
                if (graph->holds[slot].site == facility_site_[from]) continue;
                for (const Step& holder : graph->steps) {
                  for (const Need& need : holder.needs) {
                    if (need.hold == slot) link(from, holder.place, role.code, place);
                  }
                }
              }
            }
          }
          if (step.move && step.move->end_site != step.site) {
            for (const Travel& travel : step.move->travels) {
              if (!travel.reachable) continue;
              if (travel.journey.least < 1) {
                complain(place, role.name + "." + step.name,
                         "zero lookahead: this journey may take no time at all");
              }
              channel(step.site, step.move->end_site, std::max(1.0, travel.journey.least));
            }
          }
        }
        // Last steps tell the process that closes the account, and it tells who still waits.
        std::uint16_t closing = home_place_[role.code];
        if (graph->ended_join == none || graph->ended_site != facility_site_[closing]) {
          for (const StepIndex terminal : graph->terminals) {
            const Step& one = graph->steps[terminal];
            closing = one.move ? one.move->end_place : one.place;
          }
        }
        if (graph->ended_join != none) {
          for (const Step& one : graph->steps) {
            if (!one.successors.empty() && !one.absorbs()) continue;
            link(one.place, closing, role.code, place);
            if (one.move) link(one.move->end_place, closing, role.code, place);
          }
        }
        std::vector<std::uint16_t> closers{closing};
        if (graph->ended_join == none && !graph->terminals.empty()) {
          closers.push_back(graph->steps[graph->terminals.front()].place);
        }
        for (const Step& step : graph->steps) {
          for (const std::uint16_t local : {step.mark_start, step.mark_end}) {
            if (local == none) continue;
            for (const Telling& telling : role.marks[local].by_layout[graph->layout].tellings) {
              link(step.place, telling.place, role.code, place);
              if (step.move) link(step.move->end_place, telling.place, role.code, place);
            }
          }
        }
        for (const MarkInfo& mark : role.marks) {
          const MarkInfo::Placed& placed = mark.by_layout[graph->layout];
          for (const Telling& telling : placed.tellings) {
            for (const std::uint16_t from : closers) link(from, telling.place, role.code, place);
            if (placed.place != none) link(placed.place, telling.place, role.code, place);
          }
        }
        for (const std::uint16_t from : closers) {
          for (const Step& holder : graph->steps) {
            for (const Need& need : holder.needs) {
              if (need.hold != none) link(from, holder.place, role.code, place);
            }
          }
        }
      }
    }
  }
}

}  // namespace portflow::procedure

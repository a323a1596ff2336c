// Awaited marks, hand-overs and the lookahead of channels.
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
      info.tellings[own].push_back(telling);
    }
  }
  return slot;
}

std::optional<Await> Builder::awaited_time(RoleCode role, const spec::Await& spec,
                                           const Place& place, const std::string& path) {
  Await await;
  await.kind = spec.kind;
  await.shift = spec.shift;
  await.due = spec.mark == "due";
  for (RoleCode at = role; at != none; at = model_->roles[at].parent, ++await.levels) {
    if (spec.subject == "self" || model_->roles[at].type == spec.subject) return await;
  }
  complain(place, path, model_->roles[role].name + " belongs to no '" + spec.subject + "'");
  return std::nullopt;
}

void Builder::awaits() {
  for (std::size_t role = 0; role < model_->roles.size(); ++role) {
    const auto code = static_cast<RoleCode>(role);
    for (std::size_t epoch = 0; epoch < dated_.size(); ++epoch) {
      for (std::size_t at_graph = 0; at_graph < model_->roles[code].graphs[epoch].size();
           ++at_graph) {
        Graph& graph = *model_->roles[code].graphs[epoch][at_graph];
        const spec::Procedure& procedure = *dated_[epoch].of(
            role_specs_[code][epoch]->procedure)[at_graph / model_->roles[code].layouts];
        for (std::size_t i = 0; i < graph.steps.size(); ++i) {
          Step& step = graph.steps[i];
          const spec::Step& in = procedure.steps[i];
          const std::string path = procedure.name + "." + in.name + ".awaits";
          for (const spec::Await& spec : in.awaits) {
            if (spec.kind == spec::Await::Kind::time) {
              if (const auto time = awaited_time(code, spec, in.place, path)) {
                step.awaits.push_back(*time);
              }
              continue;
            }
            Await await;
            await.kind = spec.kind;
            RoleCode at = code;
            if (spec.kind == spec::Await::Kind::all) {
              const RoleCode member = this->member(code, spec.subject);
              const std::uint16_t mark = member == none ? none : mark_of(member, spec.mark);
              if (mark == none) {
                complain(in.place, path,
                         "no members '" + spec.subject + "' with a mark '" + spec.mark + "' in " +
                             model_->roles[code].name);
                continue;
              }
              await.mark = mark;
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
              const std::uint16_t mark = mark_of(at, spec.mark);
              if (mark == none) {
                complain(
                    in.place, path,
                    "no step of " + model_->roles[at].name + " sets the mark '" + spec.mark + "'");
                continue;
              }
              await.mark = mark;
              await.known = known_slot(at, layout_of_group(code, graph.layout, at), at, mark, step);
            }
            step.awaits.push_back(await);
          }
        }
      }
    }
  }
}

void Builder::channel(std::uint16_t from_site, std::uint16_t to_site, Duration least) {
  if (from_site == to_site) return;
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
      HandOver::Dated& now = over.by_epoch.emplace_back();
      now.takes = draw(role, match->takes, match->place);
      now.is_message = match->is_message;
      now.least = Duration{static_cast<std::int64_t>(std::floor(now.takes.least()))};
      if (now.least < Duration{1}) {
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
    channel(from, to, over.least);
  }
}

}  // namespace portflow::procedure

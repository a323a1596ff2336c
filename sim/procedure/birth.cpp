// Sources: when groups come, who is in them, and with which attributes.
//
// Whoever comes alone and begins at home is born there and then. Otherwise a source prepares a
// group `ahead` of its birth, so that the first steps of members in other processes get their
// tokens at the very instant of creation although messages take time. First steps that are skipped
// are so at that instant, and what follows them needs no time either. A ship may bring thousands:
// they are made slice by slice, since one event of milliseconds would keep all other processes
// waiting at the end of its window.
#include <algorithm>

#include "core/assert.hpp"
#include "core/hash.hpp"
#include "core/quantity.hpp"
#include "procedure/site.hpp"
#include "procedure/walk.hpp"

namespace portflow::procedure {
namespace {

constexpr Duration slice_every = std::chrono::minutes{1};
constexpr std::size_t slice = 16;  ///< members made at once

Duration rounded(double ms) {
  return Duration{nearest_whole(ms)};
}

/// Of the arrival number `ordinal` of a source, from 1.
std::uint64_t id_of(const SourceInfo& source, std::uint32_t ordinal) {
  return mix(chain(source.name_hash, ordinal));
}

}  // namespace

/// The walk from an entity's first steps, made when its group is prepared: void marks are written,
/// and other processes are told so that they hear of it at the instant of creation.
struct Site::Ahead {
  Site& site;
  const Ref<Entity>& entity;
  const Graph& graph;

  [[nodiscard]] bool performed(StepIndex step) const {
    const Chance& when = graph.numbers[entity->epoch][step]->when;
    return when.certain() || site.happens(when, *entity, entity->created);
  }
  [[nodiscard]] StepIndex chosen(StepIndex step) const {
    return site.chosen(*entity, graph, *graph.numbers[entity->epoch][step]->choose, entity->epoch,
                       entity->created);
  }
  void reach(StepIndex step, bool live) const {
    Message message{Message::Kind::token};
    message.live = live;
    message.step = step;
    send(graph.steps[step].site, std::move(message));
  }
  void pass(const Step& step, bool live) const {
    for (const Telling& telling : step.unborn) {
      if (telling.site != site.index_) send(telling.site, site.word_of_none(entity, telling));
    }
    if (!live) return;
    for (const std::uint16_t mark : {step.mark_start, step.mark_end}) {
      if (mark == none) continue;
      entity->marks()[mark] = flow::void_mark;
      const MarkInfo& info = site.model_.roles[entity->role].marks[mark];
      for (const Telling& telling : info.tellings[entity->layout]) {
        if (telling.site != site.index_) send(telling.site, site.word_of(entity, telling));
      }
    }
  }
  void end(bool live) const {
    if (graph.ended_join == none) return;
    Message message{Message::Kind::ended};
    message.live = live;
    message.time = entity->created;
    send(graph.ended_site, std::move(message));
  }

 private:
  void send(std::uint16_t to, Message message) const {
    if (to == site.index_) return;  // done at birth
    if (!message.entity) message.entity = entity;
    site.send_over(to, std::move(message), entity->created - site.now_);
  }
};

/// The same walk again at the instant of birth, for what concerns the process at home alone.
struct Site::AtBirth {
  Ahead ahead;

  [[nodiscard]] bool performed(StepIndex step) const { return ahead.performed(step); }
  [[nodiscard]] StepIndex chosen(StepIndex step) const { return ahead.chosen(step); }
  void reach(StepIndex step, bool live) const {
    if (ahead.graph.steps[step].site != ahead.site.index_) return;
    ahead.site.agenda_.add_token(ahead.entity, step, live, {});
  }
  void pass(const Step& step, bool live) const {
    Site& site = ahead.site;
    for (const Telling& telling : step.unborn) {
      if (telling.site != site.index_) continue;
      Message message = site.word_of_none(ahead.entity, telling);
      site.told(message);
    }
    if (!live) return;
    for (const std::uint16_t mark : {step.mark_start, step.mark_end}) {
      if (mark == none) continue;
      const MarkInfo& info = site.model_.roles[ahead.entity->role].marks[mark];
      site.recorder_.mark(site.now_, ahead.entity->id, info.code, std::uint8_t{1},
                          ahead.entity->ticket);
      for (const Telling& telling : info.tellings[ahead.entity->layout]) {
        if (telling.site != site.index_) continue;
        Message message = site.word_of(ahead.entity, telling);
        site.told(message);
      }
    }
  }
  void end(bool live) const {
    Site& site = ahead.site;
    const Graph& graph = ahead.graph;
    if (graph.ended_join != none && graph.ended_site != site.index_) return;
    const std::uint16_t home = site.model_.roles[ahead.entity->role].home_place;
    site.ended(ahead.entity, graph, {}, live, ahead.entity->created, home);
  }
};

SimTime Site::next_due(const SourceInfo& info, const spec::Source& spec, SourceState& state,
                       bool& takes_place) const {
  const spec::Arrivals& arrivals = spec.arrivals;
  const double extra = info.growth ? spec.extra.at(now_) : 1;
  takes_place = extra > 0;
  if (arrivals.kind == spec::Arrivals::Kind::every) {
    double gap = next_gap(info, spec, state);
    if (info.growth && extra > 0) gap /= extra;
    if (extra <= 0) gap = 86.4e6;  // look again tomorrow whether growth has begun
    state.last_due += rounded(gap);
    return state.last_due;
  }
  return next_slot(info, spec, state, extra, takes_place);
}

/// The next gap of a renewal source, ms.
double Site::next_gap(const SourceInfo& info, const spec::Source& spec, SourceState& state) const {
  if (state.drawn == state.gaps.size() || state.epoch != epoch_) draw_ahead(info, spec, state);
  ++state.count;
  return state.gaps[state.drawn++];
}

/// Several draws side by side take hardly longer than one; and ahead, since an event that must wait
/// for its draw to know where it belongs keeps the processor from all that comes after it.
[[gnu::noinline]] void Site::draw_ahead(const SourceInfo& info, const spec::Source& spec,
                                        SourceState& state) const {
  state.epoch = epoch_;
  state.drawn = 0;
  draws_.quantiles(info.name_hash, info.gap_point, state.count, state.gaps);
  for (double& gap : state.gaps) gap = spec.arrivals.every->distribution.at(gap);
  if (info.first_service == Point{}) return;
  state.foreseen = info.first_service;
  std::array<std::uint64_t, draws_ahead> entities{};
  for (std::uint32_t i = 0; i < draws_ahead; ++i) entities[i] = id_of(info, state.count + 1 + i);
  draws_.quantiles(entities, info.first_service, state.lucks);
}

[[gnu::noinline]] SimTime Site::next_slot(const SourceInfo& info, const spec::Source& spec,
                                          SourceState& state, double extra,
                                          bool& takes_place) const {
  const spec::Arrivals& arrivals = spec.arrivals;
  const std::uint32_t n = state.count++;
  constexpr Duration day = std::chrono::hours{24};
  if (state.week == SimTime{}) {
    const SimTime midnight = state.last_due - time_of_day(state.last_due);
    state.week = midnight - weekday_of(midnight) * day;
    while (state.slot < arrivals.times.size() &&
           state.week + arrivals.times[state.slot].first * day + arrivals.times[state.slot].second <
               state.last_due) {
      ++state.slot;
    }
  }
  if (state.slot >= arrivals.times.size()) {
    state.slot = 0;
    state.week += 7 * day;
  }
  const auto& [weekday, hour] = arrivals.times[state.slot++];
  state.last_due = state.week + weekday * day + hour;
  if (info.growth) {
    takes_place = draws_.quantile(info.name_hash, info.thin_point, n) < extra;
  }
  if (arrivals.each_year > 0) {
    takes_place = takes_place && state.quota.admits(state.last_due, arrivals, draws_,
                                                    info.name_hash, info.quota_point);
  }
  SimTime due = state.last_due;
  if (arrivals.late) {
    due += rounded(
        arrivals.late->distribution.at(draws_.quantile(info.name_hash, info.late_point, n)));
  }
  return due;
}

[[gnu::flatten]] void Site::birth(std::uint32_t source) {
  const SourceInfo& info = model_.sources[source];
  const spec::Source& spec = *info.by_epoch[epoch_];
  SourceState& state = sources_[source];
  if (state.pending) {
    state.pending = false;
    prepare_group(source, spec, state.due, state.count);
  }
  for (;;) {
    bool takes_place = true;
    const SimTime due = next_due(info, spec, state, takes_place);
    // Arrivals are taken in the order of their slots, before any lateness.
    const SimTime prepared = state.last_due - spec.announced - info.ahead;
    const bool active = takes_place && info.there[model_.epoch_at(due - spec.announced)] &&
                        (!spec.arrivals.from || due >= *spec.arrivals.from) &&
                        (!spec.arrivals.to || due < *spec.arrivals.to);
    if (prepared > now_) {
      state.pending = active;
      state.due = due;
      Message message{Message::Kind::birth};
      message.number = source;
      context_->after(prepared - now_, std::move(message));
      return;
    }
    if (active) prepare_group(source, spec, due, state.count);
  }
}

void Site::prepare_group(std::uint32_t source, const spec::Source& spec, SimTime due,
                         std::uint32_t ordinal) {
  const SourceInfo& info = model_.sources[source];
  // Where a longer announcement has just come into force, there is less of it for the next.
  const SimTime created = std::max(due - spec.announced, now_ + info.ahead);
  Ref<Entity> entity = create(info.role, {}, id_of(info, ordinal), ordinal, created, due);
  const SourceState& state = sources_[source];
  entity->foreseen = state.foreseen;
  entity->luck = state.lucks[state.drawn - 1];
  if (info.at_once && created == now_) {
    record_birth(*entity);
    first_tokens(std::move(entity));
    return;
  }
  if (idle_groups_.empty()) {
    idle_groups_.push_back(groups_.emplace_back(std::make_unique<Group>()).get());
  }
  Group& group = *idle_groups_.back();
  idle_groups_.pop_back();
  group.source = source;
  group.created = created;
  group.due = due;
  take_in(std::move(entity), group);
  prepare_members(group);
}

void Site::group_event(Message& message) {
  Group& group = *static_cast<Group*>(message.job);
  if (message.kind == Message::Kind::commence) {
    commence(group);
  } else {
    prepare_members(group);
  }
}

[[gnu::noinline]] void Site::prepare_members(Group& group) {
  const SimTime last = group.created - model_.sources[group.source].reach;
  for (std::size_t n = 0; !group.open.empty() && (n < slice || now_ >= last); ++n) {
    Group::Open& open = group.open.back();
    const Ref<Entity> parent = open.entity;
    const std::uint16_t code = model_.roles[parent->role].member_roles[open.role];
    const std::uint32_t ordinal = ++open.made;
    take_in(create(code, parent, member_id(*parent, model_.roles[code], ordinal), ordinal,
                   group.created, group.due),
            group);
  }
  for (; group.sent < group.all.size(); ++group.sent) {
    const Ref<Entity>& entity = group.all[group.sent];
    const Graph& graph = model_.graph(*entity);
    const Ahead ahead{*this, entity, graph};
    for (const StepIndex root : graph.roots) come(graph, root, true, ahead);
  }
  const bool ready = group.open.empty();
  Message message{ready ? Message::Kind::commence : Message::Kind::prepare};
  const Duration delay = ready ? group.created - now_ : std::min(slice_every, last - now_);
  message.job = &group;
  context_->after(delay, std::move(message));
}

Ref<Entity> Site::create(std::uint16_t role_code, Ref<Entity> parent, std::uint64_t id,
                         std::uint32_t ordinal, SimTime created, SimTime due) const {
  const Role& role = model_.roles[role_code];
  Ref<Entity> entity = flow::make_entity(role.slots);
  entity->id = id;
  entity->ticket = recorder_.ticket();
  entity->ordinal = ordinal;
  entity->role = role_code;
  entity->epoch = model_.epoch_at(created);
  entity->created = created;
  entity->due = due;
  if (parent) {
    entity->adopted = parent->adopted;
    entity->parent = std::move(parent);
  }
  if (role.slots.attributes > 0) draw_attributes(role, *entity);
  if (!role.axes.empty()) entity->layout = role.layout_of(*entity);
  if (!model_.adoptions.empty()) adopt(*entity);
  entity->graph = &model_.find_graph(*entity);
  return entity;
}

[[gnu::noinline]] void Site::take_in(Ref<Entity> entity, Group& group) const {
  group.all.push_back(std::move(entity));
  const Ref<Entity>& newest = group.all.back();
  if (!model_.roles[newest->role].member_roles.empty()) open_group(newest, group);
  // What is complete is closed from within, so that the last one open has a member to come.
  while (!group.open.empty()) {
    Group::Open& open = group.open.back();
    const std::size_t roles = model_.roles[open.entity->role].member_roles.size();
    while (open.role < roles && open.made == group.counts[open.first + open.role]) {
      ++open.role;
      open.made = 0;
    }
    if (open.role < roles) break;
    group.counts.resize(open.first);
    group.open.pop_back();
  }
}

std::uint64_t Site::member_id(const Entity& group, const Role& role, std::uint32_t ordinal) {
  return mix(chain(chain(group.id, role.name_hash), ordinal));
}

std::uint32_t Site::number_of(std::uint16_t members, Entity& group) const {
  const Role& role = model_.roles[members];
  const double count = role.count[group.epoch].of(group).at(luck(group, role.count_point));
  return static_cast<std::uint32_t>(nearest_whole(std::max(0.0, count)));
}

void Site::open_group(const Ref<Entity>& entity, Group& group) const {
  const Role& role = model_.roles[entity->role];
  const std::size_t first = group.counts.size();
  for (const std::uint16_t code : role.member_roles) {
    group.counts.push_back(number_of(code, *entity));
  }
  const auto& initial_known = role.initial_known[entity->layout];
  for (std::size_t slot = 0; slot < initial_known.size(); ++slot) {
    const std::uint16_t counted = initial_known[slot];
    if (counted == none) continue;
    for (std::size_t m = 0; m < role.member_roles.size(); ++m) {
      if (role.member_roles[m] == counted)
        entity->known()[slot].remaining = group.counts[first + m];
    }
  }
  for (std::size_t m = 0; m < role.member_roles.size(); ++m) {
    if (model_.roles[role.member_roles[m]].later) group.counts[first + m] = 0;
  }
  group.open.push_back({entity, first, 0, 0});
}

void Site::commence(Group& group) {
  for (const Ref<Entity>& entity : group.all) record_birth(*entity);
  for (Ref<Entity>& entity : group.all) first_tokens(std::move(entity));
  group.all.clear();
  group.sent = 0;
  idle_groups_.push_back(&group);
}

void Site::record_birth(Entity& entity) {
  const Entity* parent = entity.parent.get();
  recorder_.born({entity.attributes(), entity.slots.attributes}, now_, entity.id,
                 parent == nullptr ? trace::no_entity : parent->id, entity.ordinal, entity.role,
                 entity.ticket, parent == nullptr ? 0 : parent->ticket);
}

void Site::first_tokens(Ref<Entity>&& entity) {
  const Graph& graph = model_.graph(*entity);
  if (graph.roots.size() == 1) {
    const StepIndex root = graph.roots.front();
    const Chance& when = graph.numbers[entity->epoch][root]->when;
    if (graph.steps[root].site == index_ && when.certain()) {
      // The only token: it takes the entity along.
      agenda_.add_token(std::move(entity), root, true, {});
      return;
    }
  }
  walk_first(entity, graph);
}

[[gnu::noinline]] void Site::walk_first(const Ref<Entity>& entity, const Graph& graph) {
  const AtBirth birth{{*this, entity, graph}};
  for (const StepIndex root : graph.roots) come(graph, root, true, birth);
}

}  // namespace portflow::procedure

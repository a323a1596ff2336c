// The end of steps and of entities: resources back, marks told, tokens on, accounts closed.
#include "core/assert.hpp"
#include "core/quantity.hpp"
#include "procedure/site.hpp"

namespace portflow::procedure {

[[gnu::flatten]] void Site::end_service(Job& job) {
  const Cause cause = job.step->move ? Cause::travel : Cause::working;
  spend(job, cause, now_, job.claim_count > 0 ? job.claims[0].granted->code() : none, 0);
  finish(job);
}

void Site::finish(Job& job) {
  const Step& step = *job.step;
  PORTFLOW_ASSERT(job.spent == now_, "a step ended with time unaccounted for: " + step.name);
  const std::uint16_t resource = job.claim_count > 0 && job.claims[0].granted != nullptr
                                     ? job.claims[0].granted->code()
                                     : none;
  for (std::uint8_t i = 0; i < job.claim_count; ++i) {
    Claim& claim = job.claims[i];
    if (claim.granted == nullptr) continue;
    if (!claim.granted->services.empty()) claim.granted->forget(job);
    if (claim.hold != none) {
      job.entity->holds()[claim.hold] += claim.units;
    } else {
      give_back(*claim.granted, claim.units, job.entity->id);
    }
  }
  if (job.numbers->repeat && repeats(job)) {
    recorder_.step(now_, job.ready, job.start, job.entity->id, job.step->code, resource,
                   job.entity->ticket);
    again(job);
    return;
  }
  if (job.next != nullptr) finish_followers(job, resource);
  conclude(job.entity, *job.graph, job.index, *job.numbers, job.trail, job.ready, job.start,
           resource, job.round);
  free_job(job);
}

[[gnu::noinline]] void Site::finish_followers(Job& leader, std::uint16_t resource) {
  for (Job* follower = leader.next; follower != nullptr;) {
    Job& shared = *follower;
    follower = follower->next;
    // From the closing of the batch on, its account is that of the one that led.
    const flow::Part part{shared.spent,      now_, shared.entity->id, 0,
                          shared.step->code, none, Cause::batch};
    const Ref<Trail> trail = bridged(std::move(shared.trail), leader.trail, part);
    conclude(shared.entity, *shared.graph, shared.index, *shared.numbers, trail, shared.ready,
             leader.start, resource, 0);
    free_job(shared);
  }
}

[[gnu::noinline]] bool Site::repeats(const Job& job) const {
  const Repeat& repeat = *job.numbers->repeat;
  return job.round + 1 < repeat.at_most.of(*job.entity, now_, learning_) &&
         happens(repeat.again, *job.entity, now_, job.round);
}

[[gnu::noinline]] void Site::again(Job& job) {
  account(job.entity, *job.step, *job.numbers, job.start, job.round);
  ++job.round;
  job.ready = now_;
  job.claim_count = job.want_count = 0;
  job.left = whole;
  job.drawn_by = nullptr;
  job.order = order_++;
  acquire(job);
}

void Site::account(const Ref<Entity>& entity, const Step& step, const Step& numbers, SimTime start,
                   std::uint32_t round) {
  fingerprint_.add(entity->id);
  fingerprint_.add(step.name_hash);
  fingerprint_.add(static_cast<std::uint64_t>(start.time_since_epoch().count()));
  fingerprint_.add(static_cast<std::uint64_t>(now_.time_since_epoch().count()));
  if (!numbers.books.empty()) book(*entity, numbers, round);
  if (!numbers.adjusts.empty()) adjust(numbers);
}

[[gnu::noinline]] void Site::book(Entity& entity, const Step& numbers, std::uint32_t round) {
  for (const Line& line : numbers.books) {
    if (!line.when.certain() && !happens(line.when, entity, now_, round)) continue;
    double amount = line.amount.of(entity, now_, learning_);
    if (line.of) amount *= line.of->of(entity, now_, learning_);
    if (line.since != none) {
      const SimTime since = entity.marks()[line.since];
      if (since <= flow::void_mark) continue;  // its step was skipped
      amount *= static_cast<double>((now_ - since).count()) / static_cast<double>(line.per.count());
    }
    recorder_.booked(now_, in_ledger(line.measures, amount), entity.id, line.item, entity.ticket);
  }
}

void Site::conclude(const Ref<Entity>& entity, const Graph& graph, StepIndex index,
                    const Step& numbers, const Ref<Trail>& trail, SimTime ready, SimTime start,
                    std::uint16_t resource, std::uint32_t round) {
  const Step& step = graph.steps[index];
  recorder_.step(now_, ready, start, entity->id, step.code, resource, entity->ticket);
  account(entity, step, numbers, start, round);
  // A move that took no time ends in the process where it began.
  const bool moved = step.move && step.move->end_site == index_;
  const std::uint16_t place = moved ? step.move->end_place : step.place;
  for (const std::uint16_t hold : step.releases_at_start) release_hold(*entity, hold);
  for (const std::uint16_t hold : step.releases_at_end) release_hold(*entity, hold);
  if (step.mark_end != none) set_mark(entity, step.mark_end, false, trail, place);
  if (!step.creates.empty()) bear(entity, step, place);
  if (step.successors.empty()) {
    if (graph.ended_join == none) {
      complete(entity, trail, now_, place);
    } else {
      ended(entity, graph, trail, true, now_, place);
    }
    return;
  }
  const StepIndex taken =
      step.choose ? chosen(*entity, graph, *numbers.choose, epoch_, now_) : StepIndex{none};
  leave_step({entity, trail, graph, step, place}, taken);
}

void Site::depart(Job& job) {
  const Move& move = *job.numbers->move;
  const Travel& travel = move.of(*job.entity);
  PORTFLOW_ASSERT(travel.reachable, "no way for the move " + job.step->name + " of a " +
                                        model_.roles[job.entity->role].name);
  const double ms =
      model_.networks[epoch_].travel_time(travel.journey, luck(*job.entity, move.point));
  const Duration lasts{std::max<std::int64_t>(1, nearest_whole(ms))};
  SimTime begin = now_;
  SimTime end = now_ + lasts;
  if (move.arrives_when_due) {
    begin = job.entity->due - lasts;
    if (begin > now_) {
      Message message{Message::Kind::resume};
      message.job = &job;
      context_->after(begin - now_, std::move(message));
      return;
    }
    end = std::max(job.entity->due, now_);
  }
  if (travel.route != none) {
    recorder_.moved(now_, begin, end, job.entity->id, travel.route, job.entity->role,
                    job.entity->ticket);
  }
  if (move.leaves || end == now_) {
    finish(job);
    return;
  }
  if (move.end_site == index_) {
    Message message{Message::Kind::service_end};
    message.job = &job;
    context_->after(end - now_, std::move(message));
    return;
  }
  for (std::uint8_t i = 0; i < job.claim_count; ++i) {
    Claim& claim = job.claims[i];
    if (claim.hold != none) {
      job.entity->holds()[claim.hold] += claim.units;
    } else {
      give_back(*claim.granted, claim.units, job.entity->id);
    }
  }
  spend(job, Cause::travel, end, none, 0);
  Message message{Message::Kind::arrival};
  message.step = job.index;
  message.entity = job.entity;
  message.trail = job.trail;
  message.time = job.start;
  message.amount = static_cast<double>(job.ready.time_since_epoch().count());
  send_over(move.end_site, std::move(message), end - now_);
  free_job(job);
}

[[gnu::noinline]] void Site::release_hold(Entity& entity, std::uint16_t slot) {
  double& units = entity.holds()[slot];
  if (units == 0) return;
  const HoldSlot& hold = model_.graph(entity).holds[slot];
  if (hold.site == index_) {
    give_back(resources_[hold.resource], units, entity.id);
  } else {
    Message message{Message::Kind::release};
    message.slot = hold.resource;
    message.amount = units;
    message.entity = Ref<Entity>(&entity);
    send_over(hold.site, std::move(message), channels_[hold.site].least);
  }
  units = 0;
}

[[gnu::noinline]] void Site::set_mark(const Ref<Entity>& entity, std::uint16_t mark, bool is_void,
                                      const Ref<Trail>& trail, std::uint16_t place) {
  const MarkInfo& info = model_.roles[entity->role].marks[mark];
  SimTime& slot = entity->marks()[mark];
  PORTFLOW_ASSERT(slot == flow::unset, "set twice: " + model_.schema.marks[info.code]);
  slot = is_void ? flow::void_mark : now_;
  recorder_.mark(now_, entity->id, info.code, is_void ? std::uint8_t{1} : std::uint8_t{0},
                 entity->ticket);
  tell(entity, info, trail, place);
}

Message Site::word_of(const Ref<Entity>& entity, const Telling& telling) {
  Message message{Message::Kind::mark};
  message.slot = telling.known;
  message.entity = Ref<Entity>(&entity->ancestor(telling.levels));
  message.time = entity->created;
  return message;
}

Message Site::word_of_none(const Ref<Entity>& group, const Telling& telling) {
  Message message{Message::Kind::mark};
  message.live = false;
  message.slot = telling.known;
  message.entity = group;
  message.time = group->created;
  return message;
}

[[gnu::noinline]] void Site::tell(const Ref<Entity>& entity, const MarkInfo& mark,
                                  const Ref<Trail>& trail, std::uint16_t place) {
  for (const Telling& telling : mark.tellings[entity->layout]) {
    tell_of(entity, telling, word_of(entity, telling), trail, place);
  }
}

void Site::tell_of(const Ref<Entity>& entity, const Telling& telling, Message message,
                   const Ref<Trail>& trail, std::uint16_t place) {
  message.trail = trail;
  if (telling.site == index_) {
    told(message);
    return;
  }
  Cause cause{};
  const Duration total =
      hand_over(*entity, place, telling.place, telling.site, telling.point, cause);
  message.trail = extended(trail, {now_, now_ + total, entity->id, 0, none, none, cause});
  send_over(telling.site, std::move(message), total);
}

[[gnu::noinline]] void Site::ended(const Ref<Entity>& entity, const Graph& graph,
                                   const Ref<Trail>& trail, bool live, SimTime end,
                                   std::uint16_t place) {
  if (graph.ended_join == none) {
    complete(entity, trail, end, place);
    return;
  }
  if (graph.ended_site != index_) {
    Message message{Message::Kind::ended};
    message.live = live;
    message.time = end;
    message.entity = entity;
    message.trail = trail;
    send_over(graph.ended_site, std::move(message), channels_[graph.ended_site].least);
    return;
  }
  flow::Join& join = entity->joins()[graph.ended_join];
  ++join.arrived;
  if (live && (!join.live || end > join.latest)) {
    join.live = true;
    join.latest = end;
    join.trail = trail;
  }
  if (join.arrived < graph.endings) return;
  const Ref<Trail> last = std::move(join.trail);
  complete(entity, last, join.latest, graph.ended_place);
}

void Site::complete(const Ref<Entity>& entity, const Ref<Trail>& trail, SimTime end,
                    std::uint16_t place) {
  constexpr decltype(trace::Ended::ticks_by_cause) none_yet{};
  trace::Ended& row = recorder_.ended(now_, end, entity->created, entity->id, entity->role,
                                      entity->ticket, none_yet);
  const auto add = [&](const flow::Part& part, SimTime from, SimTime to, Cause cause) {
    row.ticks_by_cause[static_cast<std::size_t>(cause)] += (to - from).count();
    if (record_paths_) {
      recorder_.path(now_, from, to, entity->id, part.owner, part.holder, part.step, part.resource,
                     cause);
    }
  };
  const SimTime covered = flow::walk(trail.get(), entity->created, end, add);
  PORTFLOW_ASSERT(
      covered == entity->created || end == entity->created,
      "the causes of an entity do not add up to its time: " + model_.roles[entity->role].name);
  for (std::uint16_t slot = 0; slot < entity->slots.holds; ++slot) {
    PORTFLOW_ASSERT(entity->holds()[slot] == 0,
                    "a hold was never released: " + model_.roles[entity->role].name);
  }
  if (entity->slots.marks == 0) return;
  // Whoever still awaits a mark that now never comes is told so.
  const Role& role = model_.roles[entity->role];
  const Ref<Trail> last = extended(trail, {end, now_, entity->id, 0, none, none, Cause::message});
  for (std::size_t mark = 0; mark < role.marks.size(); ++mark) {
    if (entity->marks()[mark] == flow::unset) tell(entity, role.marks[mark], last, place);
  }
}

}  // namespace portflow::procedure

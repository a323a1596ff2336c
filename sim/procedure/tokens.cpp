// Tokens at a step: joins, dead branches, skips, awaits and batches.
#include <cmath>

#include "core/assert.hpp"
#include "procedure/site.hpp"

namespace portflow::procedure {

void Site::token(Ref<Entity> entity, StepIndex index, bool live, Ref<Trail> trail) {
  const Graph& graph = model_.graph(*entity);
  const Step& step = graph.steps[index];
  if (step.join == none) {
    if (live) {
      proceed(std::move(entity), index, std::move(trail));
    } else {
      pass_dead(entity, graph, step);
    }
    return;
  }
  flow::Join& join = entity->joins()[step.join];
  ++join.arrived;
  if (step.any) {
    if (live && !join.started) {
      join.started = true;
      proceed(std::move(entity), index, std::move(trail));
    } else if (join.arrived == step.predecessors && !join.started) {
      pass_dead(entity, graph, step);
    } else {
      // Absorbed; yet what it comes from may end later than all else. Its way here is no step.
      const bool handed_over = trail && !trail->bridge && trail->part.step == step.code;
      const SimTime end = handed_over ? trail->part.begin : now_;
      ended(entity, trail, live, end);
    }
    return;
  }
  if (live) {
    join.live = true;
    join.latest = now_;
    join.trail = std::move(trail);
  }
  if (join.arrived < step.predecessors) return;
  if (!join.live) {
    pass_dead(entity, graph, step);
    return;
  }
  // Word that a branch is dead may come after the last live token: that is message time.
  flow::Part late{join.latest, now_, entity->id, 0, step.code, none, Cause::message};
  Ref<Trail> last = extended(std::move(join.trail), late);
  proceed(std::move(entity), index, std::move(last));
}

void Site::pass_dead(const Ref<Entity>& entity, const Graph& graph, const Step& step) {
  for (const std::uint16_t hold : step.releases_at_start) release_hold(*entity, hold);
  for (const std::uint16_t hold : step.releases_at_end) release_hold(*entity, hold);
  for (const StepIndex next : step.successors) {
    deliver(entity, step, next, false, {}, step.place);
  }
  if (step.successors.empty()) ended(entity, {}, false, now_);
  (void)graph;
}

bool Site::happens(const Chance& chance, Entity& entity) const {
  if (chance.impossible || !holds(chance.condition, entity)) return false;
  if (!chance.has_chance) return true;
  return luck(entity, chance.point) < chance.chance.of(entity, now_);
}

void Site::proceed(Ref<Entity> entity, StepIndex index, Ref<Trail> trail) {
  const Graph& graph = model_.graph(*entity);
  const Step& step = graph.steps[index];
  const Step& numbers = *graph.numbers[epoch_][index];
  if (!happens(numbers.when, *entity)) {
    for (const std::uint16_t mark : {step.mark_start, step.mark_end}) {
      if (mark != none) set_mark(entity, mark, true, trail);
    }
    for (const std::uint16_t hold : step.releases_at_start) release_hold(*entity, hold);
    for (const std::uint16_t hold : step.releases_at_end) release_hold(*entity, hold);
    for (const StepIndex next : step.successors) {
      deliver(entity, step, next, true, trail, step.place);
    }
    if (step.successors.empty()) ended(entity, trail, true, now_);
    return;
  }
  Job& job = new_job();
  job.entity = std::move(entity);
  job.trail = std::move(trail);
  job.step = &step;
  job.numbers = &numbers;
  job.index = index;
  job.ready = job.spent = now_;
  job.start = flow::unset;
  job.order = order_++;
  advance(job);
}

void Site::advance(Job& job) {
  for (; job.await < job.step->awaits.size(); ++job.await) {
    const Await& await = job.step->awaits[job.await];
    Entity& other = job.entity->ancestor(await.levels);
    if (await.kind == spec::Await::Kind::time) {
      const SimTime due = (await.due ? other.due : other.created) + await.shift;
      if (due <= now_) continue;
      Message message;
      message.kind = Message::Kind::resume;
      message.job = &job;
      context_->after(due - now_, std::move(message));
      return;
    }
    flow::Known& known = other.known()[await.known];
    if (known.remaining == 0) continue;
    job.next_waiting = nullptr;
    (known.last != nullptr ? known.last->next_waiting : known.first) = &job;
    known.last = &job;
    return;
  }
  if (job.step->batch != none) {
    batch(job);
  } else {
    acquire(job);
  }
}

void Site::told(Message& message) {
  flow::Known& known = message.entity->known()[message.slot];
  PORTFLOW_ASSERT(known.remaining > 0, "a mark was told twice");
  known.trail = std::move(message.trail);
  known.created = message.time;
  if (--known.remaining > 0) return;
  for (flow::Waiting* waiting = known.first; waiting != nullptr;) {
    Job& job = static_cast<Job&>(*waiting);
    waiting = waiting->next_waiting;
    const flow::Part part{known.created,  now_, job.entity->id, 0,
                          job.step->code, none, Cause::not_due};
    job.trail = bridged(std::move(job.trail), known.trail, part);
    job.spent = now_;
    ++job.await;
    Item item;
    item.kind = Item::Kind::advance;
    item.job = &job;
    agenda_.push_back(std::move(item));
  }
  known.first = known.last = nullptr;
}

void Site::batch(Job& job) {
  Batch& batch = batches_[job.step->batch];
  if (batch.jobs.empty()) {
    ++batch.serial;
    if (job.numbers->batch_at_most > Duration::zero()) {
      Message message;
      message.kind = Message::Kind::batch_due;
      message.slot = job.step->batch;
      message.number = batch.serial;
      context_->after(job.numbers->batch_at_most, std::move(message));
    }
  }
  batch.jobs.push_back(&job);
  if (static_cast<double>(batch.jobs.size()) >= job.numbers->batch_size) close_batch(batch);
}

void Site::close_batch(Batch& batch) {
  // One service for all: the first to come leads, the others share what it meets from here.
  Job* last = nullptr;
  for (Job* job : batch.jobs) {
    spend(*job, Cause::batch, now_, none, 0);
    job->next = nullptr;
    if (last != nullptr) last->next = job;
    last = job;
  }
  Job* leader = batch.jobs.front();
  batch.jobs.clear();
  acquire(*leader);
}

void Site::deliver(const Ref<Entity>& entity, const Step& from, StepIndex to, bool live,
                   const Ref<Trail>& trail, std::uint16_t from_place) {
  const Step& target = model_.graph(*entity).steps[to];
  if (target.site == index_) {
    Item item;
    item.live = live;
    item.step = to;
    item.entity = entity;
    item.trail = trail;
    agenda_.push_back(std::move(item));
    return;
  }
  Cause cause{};
  const Duration total =
      hand_over(*entity, from_place, target.place, target.site, from.hand_over_point, cause);
  Message message;
  message.kind = Message::Kind::token;
  message.live = live;
  message.step = to;
  message.entity = entity;
  if (live) {
    message.trail = extended(trail, {now_, now_ + total, entity->id, 0, target.code, none, cause});
  }
  send_over(target.site, std::move(message), total);
}

Duration Site::hand_over(const Entity& entity, std::uint16_t from, std::uint16_t to,
                         std::uint16_t site, Point point, Cause& cause) const {
  const HandOver::Dated& over = model_.hand_over(from, to, entity.role).by_epoch[epoch_];
  cause = over.is_message ? Cause::message : Cause::travel;
  // const_cast: Draw::of reads attributes only, through the accessors of a mutable block.
  const double ms = over.takes.of(const_cast<Entity&>(entity)).at(luck(entity, point));
  return std::max(Duration{std::llround(ms)}, channels_[site].least);
}

void Site::send_over(std::uint16_t site, Message message, Duration total) {
  const Channel& channel = channels_[site];
  PORTFLOW_ASSERT(channel.there, info_.name + " has no channel to " + model_.sites[site].name);
  context_->send(channel.id, std::move(message), total - channel.least);
}

}  // namespace portflow::procedure

// Tokens at a step: joins, awaits and batches.
#include "core/assert.hpp"
#include "procedure/site.hpp"

namespace portflow::procedure {

void Site::join(Ref<Entity> entity, const Graph& graph, StepIndex index, bool live,
                Ref<Trail> trail) {
  const Step& step = graph.steps[index];
  flow::Join& join = entity->joins()[step.join];
  ++join.arrived;
  if (step.any) {
    if (live && !join.started) {
      join.started = true;
    } else if (join.arrived == step.predecessors && !join.started) {
      pass_join({entity, trail, graph, step, step.place}, index, false);
      return;
    } else {
      // Absorbed; yet what it comes from may end later than all else. Its way here is no step.
      const bool handed_over = trail && !trail->bridge && trail->part.step == step.code;
      const SimTime end = handed_over ? trail->part.begin : now_;
      ended(entity, graph, trail, live, end, step.place);
      return;
    }
  } else {
    if (live) {
      join.live = true;
      join.latest = now_;
      join.trail = std::move(trail);
    }
    if (join.arrived < step.predecessors) return;
    if (!join.live) {
      pass_join({entity, join.trail, graph, step, step.place}, index, false);
      return;
    }
    // Word that a branch is dead may come after the last live token: that is message time.
    const flow::Part late{join.latest, now_, entity->id, 0, step.code, none, Cause::message};
    trail = extended(std::move(join.trail), late);
  }
  const Chance& when = graph.numbers[epoch_][index]->when;
  if (when.certain() || happens(when, *entity, now_)) {
    enter(std::move(entity), graph, index, std::move(trail));
  } else {
    pass_join({entity, trail, graph, step, step.place}, index, true);
  }
}

void Site::advance(Job& job) {
  for (; job.await < job.step->awaits.size(); ++job.await) {
    const Await& await = job.step->awaits[job.await];
    if (await.kind == spec::Await::Kind::time) {
      const SimTime due = time_of(await, *job.entity);
      if (due <= now_) continue;
      Message message{Message::Kind::resume};
      message.job = &job;
      context_->after(due - now_, std::move(message));
      return;
    }
    flow::Known& known = job.entity->ancestor(await.levels).known()[await.known];
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

SimTime Site::time_of(const Await& await, Entity& entity) {
  const Entity& other = entity.ancestor(await.levels);
  return (await.due ? other.due : other.created) + await.shift;
}

void Site::told(Message& message) {
  flow::Known& known = message.entity->known()[message.slot];
  if (!message.live) {  // none of the members will be born
    if (known.remaining == 0) return;
    known.remaining = 1;
  }
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
    agenda_.add_job(Agenda::Kind::advance, job);
  }
  known.first = known.last = nullptr;
}

void Site::batch(Job& job) {
  Batch& batch = batches_[job.step->batch];
  const auto closes_after = [&](Duration delay) {
    Message message{Message::Kind::batch_due};
    message.slot = job.step->batch;
    message.number = batch.serial;
    context_->after(delay, std::move(message));
  };
  if (batch.jobs.empty()) {
    ++batch.serial;
    if (job.numbers->batch_at_most > Duration::zero()) closes_after(job.numbers->batch_at_most);
  }
  batch.jobs.push_back(&job);
  bool full = static_cast<double>(batch.jobs.size()) >= job.numbers->batch_size;
  if (job.numbers->batch_or_at && !full) {
    const SimTime at = time_of(*job.numbers->batch_or_at, *job.entity);
    if (at > now_) {
      closes_after(at - now_);
    } else {
      full = true;  // its time has passed: whoever is there leaves with it
    }
  }
  if (full) close_batch(batch);
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

}  // namespace portflow::procedure

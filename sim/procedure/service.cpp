// Needs: who gets which units when, and what a wait is accounted to.
#include "core/assert.hpp"
#include "core/quantity.hpp"
#include "procedure/site.hpp"

namespace portflow::procedure {

/// Sees to it that the numbers of its step are those of the present epoch.
void Site::renew(Job& job) const {
  if (job.epoch == epoch_) return;
  job.epoch = epoch_;
  job.numbers = job.graph->numbers[epoch_][job.index];
}

[[gnu::flatten]] void Site::acquire(Job& job) {
  renew(job);
  job.queued = now_;
  const Step& numbers = *job.numbers;
  if (numbers.needs.empty()) {
    begin(job);
    return;
  }
  bool contested = false;
  bool enough = true;
  claim(job, contested, enough);
  if (contested || !enough) {
    job.priority = numbers.priority.of(*job.entity, now_, learning_);
    for (std::uint8_t i = 0; i < job.want_count; ++i) {
      job.wants[i].resource->enqueue(job.wants[i], now_);
    }
    if (Resource* holding = blocker(job); holding != nullptr) {
      block(job, *holding);
      if (numbers.timed) {
        // Long before it is needed: whatever then waits for it, the draw has been made.
        job.service = service_of(job);
        job.drawn_by = &numbers;
      }
      for (std::uint8_t i = 0; i < job.want_count; ++i) watch(*job.wants[i].resource);
      if (holding->preempts()) preempt(job, *holding);
      if (numbers.patience && job.blocked_on != nullptr) be_patient(job);
      return;
    }
  }
  grant(job, 0);
  begin(job);
}

/// Writes what the job needs; `contested` where somebody queues for it, `enough` where each could
/// be had if nobody did.
void Site::claim(Job& job, bool& contested, bool& enough) {
  std::uint8_t claims = 0, wants = 0;
  for (const Need& need : job.numbers->needs) {
    const double units = need.amount.of(*job.entity, now_, learning_);
    job.claims[claims++] = {units, nullptr, need.hold, wants,
                            static_cast<std::uint8_t>(need.any_of.size())};
    bool served = false;
    for (const std::uint16_t index : need.any_of) {
      Resource& resource = resources_[index];
      job.wants[wants++] = {&resource, &job, nullptr, nullptr, false};
      if (resource.queue_length() > 0) contested = true;
      if (resource.has(units)) served = true;
    }
    enough = enough && served;
  }
  job.claim_count = claims;
  job.want_count = wants;
}

Resource* Site::blocker(const Job& job) const {
  if (job.want_count == 1) {
    Resource* only = job.wants[0].resource;
    return only->can_serve(job, job.claims[0].units) ? nullptr : only;
  }
  for (std::uint8_t c = 0; c < job.claim_count; ++c) {
    const Claim& claim = job.claims[c];
    bool served = false;
    for (std::uint8_t w = 0; w < claim.wants && !served; ++w) {
      const Resource& resource = *job.wants[claim.first_want + w].resource;
      served = resource.can_serve(job, claim.units);
    }
    if (!served) return job.wants[claim.first_want].resource;
  }
  return nullptr;
}

void Site::grant(Job& job, flow::EntityId holder) {
  for (std::uint8_t c = 0; c < job.claim_count; ++c) {
    Claim& claim = job.claims[c];
    const Want* want = &job.wants[claim.first_want];
    const Want* const last = want + claim.wants - 1;
    while (want < last && !want->resource->can_serve(job, claim.units)) ++want;
    Resource& resource = *want->resource;
    PORTFLOW_ASSERT(resource.has(claim.units), "granted without units");
    claim.granted = &resource;
    resource.take(claim.units, now_, job.entity->id);
    if (job.left == whole) resource.count_wait(now_ - job.queued);
  }
  if (job.blocked_on != nullptr) unblock(job, holder);
  if (job.gives_up != kernel::EventKey{}) {
    context_->cancel(job.gives_up);
    job.gives_up = {};
  }
  for (std::uint8_t w = 0; w < job.want_count; ++w) {
    if (job.wants[w].queued) job.wants[w].resource->dequeue(job.wants[w], now_);
  }
}

void Site::block(Job& job, Resource& resource) {
  job.blocked_on = &resource;
  ++resource.blocked;
  if (resource.head != nullptr) {
    // Only who stands ahead of the present head takes its place.
    bool ahead = false;
    for (const Want* want = resource.first(); want != nullptr; want = want->after) {
      if (want->job == &job) ahead = true;
      if (want->job == &job || want->job == resource.head) break;
    }
    if (!ahead) return;
    Job& displaced = *resource.head;
    resource.split(displaced.spent, now_, Cause::busy, [&](SimTime, SimTime to, Cause cause) {
      spend(displaced, cause, to, resource.code(), 0);
    });
    displaced.head = false;
  }
  resource.head = &job;
  job.head = true;
}

void Site::unblock(Job& job, flow::EntityId holder) {
  Resource& resource = *job.blocked_on;
  const Cause cause = job.head ? Cause::busy : Cause::behind;
  resource.split(job.spent, now_, cause, [&](SimTime, SimTime to, Cause part) {
    spend(job, part, to, resource.code(), part == Cause::busy ? holder : 0);
  });
  --resource.blocked;
  if (resource.head == &job) resource.head = nullptr;
  job.head = false;
  job.blocked_on = nullptr;
}

[[gnu::flatten]] void Site::scan(Resource& resource, flow::EntityId holder) {
  for (Want* want = resource.first(); want != nullptr;) {
    Job& job = *want->job;
    want = want->after;
    Resource* holding = blocker(job);
    if (holding == nullptr) {
      grant(job, holder);
      for (std::uint8_t i = 0; i < job.want_count; ++i) watch(*job.wants[i].resource);
      agenda_.add_job(Agenda::Kind::begin, job);
      continue;
    }
    if (holding == &resource && job.blocked_on == &resource && job.head) return;
    if (holding != job.blocked_on || !job.head) {
      unblock(job, holder);
      block(job, *holding);
    }
    if (holding == &resource) return;
  }
}

void Site::watch(Resource& resource) {
  if (!resource.watched()) return;
  // Deferred: the behaviour may change the capacity, which walks the queue again.
  agenda_.add_watch(static_cast<std::uint16_t>(&resource - resources_.data()));
}

[[gnu::noinline]] void Site::started(const Ref<Entity>& entity, const Step& step,
                                     const Ref<Trail>& trail) {
  for (const std::uint16_t hold : step.releases_at_start) release_hold(*entity, hold);
  if (step.mark_start != none) set_mark(entity, step.mark_start, false, trail, step.place);
}

[[gnu::noinline]] void Site::started_together(const Job& leader) {
  const Step& step = *leader.step;
  for (const Job* shared = leader.next; shared != nullptr; shared = shared->next) {
    const flow::Part part{shared->spent, now_, shared->entity->id, 0,
                          step.code,     none, Cause::batch};
    started(shared->entity, step, bridged(shared->trail, leader.trail, part));
  }
}

[[gnu::flatten]] void Site::begin(Job& job) {
  if (job.left != whole) {
    serve(job, job.left);
    return;
  }
  job.start = now_;
  renew(job);
  const Step& step = *job.step;
  if (job.round == 0 && (step.mark_start != none || !step.releases_at_start.empty())) {
    started(job.entity, step, job.trail);
  }
  if (job.next != nullptr) started_together(job);
  if (step.verb != none) {
    facilities_[step.facility].behaviour->start(job, step.verb, *facilities_[step.facility].hands);
    return;
  }
  if (step.move) {
    depart(job);
    return;
  }
  if (job.numbers->timed) {
    Duration service = job.drawn_by == job.numbers ? job.service : service_of(job);
    if (job.numbers->slowed) [[unlikely]] {
      service = slowed(service, *job.numbers->slowed);
    }
    if (job.numbers->working != nullptr) {
      service = job.numbers->working->after_working(now_, service) - now_;
    }
    for (std::uint8_t i = 0; i < job.claim_count; ++i)
      job.claims[i].granted->count_service(service);
    if (service > Duration::zero()) {
      serve(job, service);
      return;
    }
  }
  finish(job);
}

/// How long the service of `job` takes, in hours that count.
Duration Site::service_of(const Job& job) const {
  Entity& entity = *job.entity;
  const Point point = job.step->takes_point;
  const bool foreseen = entity.foreseen == point && job.round == 0;
  const double ms =
      job.numbers->takes.of(entity).at(foreseen ? entity.luck : luck(entity, point, job.round));
  return Duration{nearest_whole(std::max(ms, 0.0))};
}

/// By how full the resource is now, with what this very service has taken.
Duration Site::slowed(Duration service, const Slowdown& slowdown) const {
  const Resource& resource = resources_[slowdown.resource];
  const double held = resource.capacity() > 0 ? resource.busy() / resource.capacity() : 1;
  double times = 1;
  for (const auto& [from, factor] : slowdown.factors) {
    if (held + 1e-9 >= from) times = factor;
  }
  return Duration{nearest_whole(static_cast<double>(service.count()) * times)};
}

void Site::serve(Job& job, Duration service) {
  Message message{Message::Kind::service_end};
  message.job = &job;
  const kernel::EventKey end = context_->after(service, std::move(message), kernel::Rank::release);
  for (std::uint8_t i = 0; i < job.claim_count; ++i) {
    Resource& resource = *job.claims[i].granted;
    if (!resource.interrupts()) continue;
    // Who did not queue has not been asked yet how urgent it is.
    job.priority = job.numbers->priority.of(*job.entity, now_, learning_);
    resource.services.push_back({&job, end, now_ + service, service});
  }
}

}  // namespace portflow::procedure

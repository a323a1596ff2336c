// Services that stop before their end: units go out of service, or somebody more urgent comes.
//
//     finish     whoever has begun goes on to its end, beyond closing time if need be (the default)
//     pause      waits for its own unit: goes on when more units are put into service again
//     hand_over  goes back to the head of the queue with what remains; whoever is free goes on
//     restart    likewise, from the beginning
//
// A preempted service goes back to the head of its priority with what remains, or from the
// beginning where the resource says so. What a service gives back it gives back whole: who waits
// to go on holds nothing but what earlier steps hold for it, and, when paused, its other units.
#include <array>
#include <utility>

#include "core/assert.hpp"
#include "procedure/site.hpp"

namespace portflow::procedure {

using Shortage = spec::Resource::Shortage;

void Site::put_in_service(Resource& resource, double units, std::optional<Cause> shut) {
  const bool more = units > resource.capacity();
  resource.set_capacity(units, shut, now_);
  if (resource.shortage() != Shortage::finish) {
    // Who began last goes first; what ends at this very instant ends.
    for (std::size_t i = resource.services.size(); i > 0 && resource.free_units() < -1e-9; --i) {
      const Resource::Service service = resource.services[i - 1];
      if (service.ends > now_) interrupt(service, resource, resource.shortage());
    }
  }
  // Whatever holds now: what an earlier rule has paused is owed its units.
  if (more) go_on(resource);
  scan(resource, 0);
}

void Site::interrupt(const Resource::Service& service, Resource& resource, Shortage how) {
  Job& job = *service.job;
  const bool known = context_->cancel(service.end);
  PORTFLOW_ASSERT(known, "an interrupted service had ended: " + job.step->name);
  spend(job, Cause::working, now_, job.claims[0].granted->code(), 0);
  job.left = how == Shortage::restart ? service.lasts : service.ends - now_;
  for (std::uint8_t i = 0; i < job.claim_count; ++i) job.claims[i].granted->forget(job);
  if (how == Shortage::pause) {
    resource.give(units_of(job, resource), now_, job.entity->id);
    resource.paused.push_back(&job);
    return;
  }
  std::array<Resource*, max_needs> freed{};
  const std::uint8_t count = std::exchange(job.claim_count, std::uint8_t{0});
  for (std::uint8_t i = 0; i < count; ++i) {
    freed[i] = job.claims[i].granted;
    freed[i]->give(job.claims[i].units, now_, job.entity->id);
  }
  queue_again(job);
  for (std::uint8_t i = 0; i < count; ++i) {
    if (freed[i] != &resource) scan(*freed[i], job.entity->id);
  }
}

/// Puts an interrupted job at the head of the queues, or on with its service where all is free.
void Site::queue_again(Job& job) {
  bool contested = false;
  bool enough = true;
  job.want_count = 0;
  job.queued = now_;
  claim(job, contested, enough);
  job.priority = job.numbers->priority.of(*job.entity, now_, learning_);
  for (std::uint8_t i = 0; i < job.want_count; ++i) {
    job.wants[i].resource->enqueue_first(job.wants[i], now_);
  }
  Resource* holding = blocker(job);
  if (holding != nullptr) {
    block(job, *holding);
    return;
  }
  grant(job, 0);
  agenda_.add_job(Agenda::Kind::begin, job);
}

/// Gives paused services their units back, the first to be paused first.
void Site::go_on(Resource& resource) {
  while (!resource.paused.empty()) {
    Job& job = *resource.paused.front();
    const double units = units_of(job, resource);
    if (resource.free_units() + 1e-9 < units) return;
    resource.paused.erase(resource.paused.begin());
    resource.take(units, now_, job.entity->id);
    resource.split(job.spent, now_, Cause::closed, [&](SimTime, SimTime to, Cause cause) {
      spend(job, cause, to, resource.code(), 0);
    });
    serve(job, job.left);
  }
}

void Site::preempt(Job& job, Resource& resource) {
  while (job.blocked_on == &resource) {
    const Resource::Service* least = nullptr;
    for (const Resource::Service& service : resource.services) {
      if (service.ends <= now_ || service.job->priority >= job.priority) continue;
      if (least == nullptr || service.job->priority <= least->job->priority) least = &service;
    }
    if (least == nullptr) return;
    const Resource::Service victim = *least;
    interrupt(victim, resource, resource.preempted());
    scan(resource, job.entity->id);
  }
}

double Site::units_of(const Job& job, const Resource& resource) {
  double units = 0;
  for (std::uint8_t i = 0; i < job.claim_count; ++i) {
    if (job.claims[i].granted == &resource) units += job.claims[i].units;
  }
  return units;
}

}  // namespace portflow::procedure

#include "procedure/resource.hpp"

#include <algorithm>
#include <cmath>

namespace portflow::procedure {

void Resource::account(SimTime now) {
  if (accounted_ != flow::unset && now > accounted_) {
    const std::int64_t ms = (now - accounted_).count();
    busy_ms_ += busy_ * static_cast<double>(ms);
    capacity_ms_ += std::max(capacity_, busy_) * static_cast<double>(ms);
    queued_ms_ += static_cast<std::int64_t>(length_) * ms;
  }
  accounted_ = now;
}

void Resource::set_capacity(double units, std::optional<Cause> shut, SimTime now) {
  account(now);
  std::optional<Cause> before;
  if (!outages_.empty() && outages_.back().end == never) before = outages_.back().cause;
  if (before != shut) {
    if (before) outages_.back().end = now;
    if (shut) {
      forget_outages(now);
      outages_.push_back({now, never, *shut});
    }
  }
  capacity_ = units;
}

void Resource::forget_outages(SimTime now) {
  // A wait reads outages back to its own beginning; keep them while anybody waits.
  if (length_ > 0 || outages_.size() < 64) return;
  std::erase_if(outages_, [&](const Outage& outage) { return outage.end < now; });
}

void Resource::take(double units, SimTime now) {
  account(now);
  busy_ += units;
}

void Resource::give(double units, SimTime now) {
  account(now);
  busy_ -= units;
}

void Resource::enqueue(Want& want, SimTime now) {
  Want* ahead = last_;
  if (by_priority_) {
    while (ahead != nullptr && ahead->job->priority < want.job->priority) ahead = ahead->ahead;
  }
  insert(want, ahead, now);
}

void Resource::enqueue_first(Want& want, SimTime now) {
  Want* ahead = nullptr;
  for (Want* next = first_;
       by_priority_ && next != nullptr && next->job->priority > want.job->priority;
       next = next->after) {
    ahead = next;
  }
  insert(want, ahead, now);
}

void Resource::forget(const Job& job) {
  std::erase_if(services, [&](const Service& service) { return service.job == &job; });
}

void Resource::insert(Want& want, Want* ahead, SimTime now) {
  account(now);
  want.ahead = ahead;
  want.after = ahead != nullptr ? ahead->after : first_;
  (want.ahead != nullptr ? want.ahead->after : first_) = &want;
  (want.after != nullptr ? want.after->ahead : last_) = &want;
  want.queued = true;
  queue_max_ = std::max(queue_max_, ++length_);
}

void Resource::dequeue(Want& want, SimTime now) {
  account(now);
  (want.ahead != nullptr ? want.ahead->after : first_) = want.after;
  (want.after != nullptr ? want.after->ahead : last_) = want.ahead;
  want.ahead = want.after = nullptr;
  want.queued = false;
  --length_;
}

void Resource::count_wait(Duration wait) noexcept {
  waited_ms_ += wait.count();
  ++started_;
}

void Resource::count_service(Duration service) noexcept {
  // An exponential average over about 50 services; the first one sets it.
  const auto ms = static_cast<double>(service.count());
  mean_service_ = mean_service_ == 0 ? ms : mean_service_ + 0.02 * (ms - mean_service_);
}

bool Resource::can_serve(const Job& job, double units) const {
  if (free_units() + 1e-9 < units) return false;
  if (blocked == 0 || head == &job) return true;
  // Somebody is held up here already: only who stands ahead of him may pass.
  for (const Want* want = first_; want != nullptr; want = want->after) {
    if (want->job == &job) return true;
    if (want->job->blocked_on == this) return false;
  }
  return false;
}

trace::Level Resource::level(SimTime now, Duration span) {
  account(now);
  trace::Level row;
  row.at = now;
  row.span = span;
  row.busy = static_cast<std::int64_t>(std::llround(busy_ms_));
  row.queued = queued_ms_;
  row.capacity = static_cast<std::int64_t>(std::llround(capacity_ms_));
  row.waited = waited_ms_;
  row.started = started_;
  row.queue_max = queue_max_;
  row.queue_now = length_;
  row.busy_now = static_cast<std::uint32_t>(std::lround(busy_));
  row.capacity_now = static_cast<std::uint32_t>(std::lround(capacity_));
  row.resource = code_;
  busy_ms_ = capacity_ms_ = 0;
  queued_ms_ = waited_ms_ = 0;
  started_ = 0;
  queue_max_ = length_;
  return row;
}

}  // namespace portflow::procedure

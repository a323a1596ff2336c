#include "procedure/resource.hpp"

#include <algorithm>
#include <cmath>

namespace portflow::procedure {

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
  if (row_) row_->reach_to(units);
}

void Resource::forget_outages(SimTime now) {
  // A wait reads outages back to its own beginning; keep them while anybody waits.
  if (length_ > 0 || outages_.size() < 64) return;
  std::erase_if(outages_, [&](const Outage& outage) { return outage.end < now; });
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

/// Whether it stands in the queue before all whom the resource holds up: only such may pass.
bool Resource::stands_ahead(const Job& job) const {
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

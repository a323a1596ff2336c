/// \file resource.hpp
/// Something scarce: units in service, who holds them, who queues for them, and since when.
///
/// The rule of service. Queues are ordered by priority (where the discipline says so) and
/// arrival. When units come free the queue is walked in order: who can have everything it
/// needs starts; the walk ends at the first who is held up by this very resource, so nobody
/// overtakes another on the same resource, and nobody waits for a resource it does not need.
///
/// The cause of a wait is that of the resource that holds the job up: its closed (or down)
/// hours first, else `behind` while another is held up by it ahead, else `busy`; that too where
/// units are free, but not side by side.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/cause.hpp"
#include "core/time.hpp"
#include "kernel/event_key.hpp"
#include "procedure/job.hpp"
#include "procedure/row.hpp"
#include "spec/facility.hpp"
#include "trace/rows.hpp"

namespace portflow::procedure {

class Resource {
 public:
  Resource(std::uint16_t code, std::uint16_t facility) : code_(code), facility_(facility) {}

  [[nodiscard]] std::uint16_t code() const noexcept { return code_; }
  [[nodiscard]] std::uint16_t facility() const noexcept { return facility_; }
  [[nodiscard]] double free_units() const noexcept { return capacity_ - busy_; }
  [[nodiscard]] double capacity() const noexcept { return capacity_; }
  [[nodiscard]] double busy() const noexcept { return busy_; }
  [[nodiscard]] std::uint32_t queue_length() const noexcept { return length_; }
  [[nodiscard]] Want* first() const noexcept { return first_; }
  [[nodiscard]] Want* last() const noexcept { return last_; }
  [[nodiscard]] double mean_service() const noexcept { return mean_service_; }

  void use_priority(bool on) noexcept { by_priority_ = on; }

  /// Changes the units in service; `shut` says why there are none, where that is known.
  void set_capacity(double units, std::optional<Cause> shut, SimTime now);

  void take(double units, SimTime now, flow::EntityId who) {
    account(now);
    busy_ += units;
    if (row_) [[unlikely]]
      row_->take(units, who);
  }
  void give(double units, SimTime now, flow::EntityId who) {
    if (per_ != Duration::zero()) return;  // comes back with the next period
    account(now);
    busy_ -= units;
    if (row_) [[unlikely]]
      row_->give(units, who);
  }

  /// Its units stand in a row, in some epoch at least.
  void stand_in_a_row() { row_.emplace(); }
  /// Whether who takes several must have them side by side. \pre it stands in a row, if so
  void use_row(bool on) noexcept { side_by_side_ = on; }

  /// Units that are used up and come anew at the start of every `period`, counted from midnight;
  /// zero: those who take them give them back.
  void use_period(Duration period) noexcept { per_ = period; }
  /// When the next period starts; `never` without any.
  [[nodiscard]] SimTime next_period(SimTime now) const noexcept {
    return per_ == Duration::zero() ? never : now + (per_ - time_of_day(now) % per_);
  }
  /// All units are there again, if a period has begun since the last time.
  void renew(SimTime now) {
    if (per_ == Duration::zero() || now < renewed_until_) return;
    account(now);
    busy_ = 0;
    renewed_until_ = next_period(now);
  }

  /// Whether so many are free, for somebody who need not queue.
  [[nodiscard]] bool has(double units) const {
    return free_units() + 1e-9 >= units && (!side_by_side_ || row_->fits(units));
  }

  void enqueue(Want& want, SimTime now) {
    Want* ahead = last_;
    if (by_priority_) {
      while (ahead != nullptr && ahead->job->priority < want.job->priority) ahead = ahead->ahead;
    }
    insert(want, ahead, now);
  }
  /// Likewise, ahead of all who are not more urgent: for who was interrupted.
  void enqueue_first(Want& want, SimTime now);
  void dequeue(Want& want, SimTime now) {
    account(now);
    (want.ahead != nullptr ? want.ahead->after : first_) = want.after;
    (want.after != nullptr ? want.after->ahead : last_) = want.ahead;
    want.ahead = want.after = nullptr;
    want.queued = false;
    --length_;
  }
  /// Counts a wait that ended, for the level record.
  void count_wait(Duration wait) noexcept {
    waited_ms_ += wait.count();
    ++started_;
  }
  /// Learns how long services last, for those who predict waits.
  void count_service(Duration service) noexcept {
    // An exponential average over about 50 services; the first one sets it.
    const auto ms = static_cast<double>(service.count());
    mean_service_ = mean_service_ == 0 ? ms : mean_service_ + 0.02 * (ms - mean_service_);
  }

  /// True when `job` could have `units` of it now without overtaking anybody.
  [[nodiscard]] bool can_serve(const Job& job, double units) const {
    if (!has(units)) return false;
    return blocked == 0 || head == &job || stands_ahead(job);
  }

  /// Whether its facility wants to know when its queue changes.
  void use_watch(bool on) noexcept { watched_ = on; }
  [[nodiscard]] bool watched() const noexcept { return watched_; }

  /// What becomes of services when units go out of service, and whether the urgent preempt.
  void use_interrupts(spec::Resource::Shortage shortage, spec::Resource::Preempt preempt) noexcept {
    shortage_ = shortage;
    preempt_ = preempt;
  }
  [[nodiscard]] spec::Resource::Shortage shortage() const noexcept { return shortage_; }
  [[nodiscard]] bool preempts() const noexcept { return preempt_ != spec::Resource::Preempt::no; }
  /// What becomes of a preempted service: as with a shift that hands over, or restarts.
  [[nodiscard]] spec::Resource::Shortage preempted() const noexcept {
    return preempt_ == spec::Resource::Preempt::lowest_restarts
               ? spec::Resource::Shortage::restart
               : spec::Resource::Shortage::hand_over;
  }
  [[nodiscard]] bool interrupts() const noexcept {
    return preempts() || shortage_ != spec::Resource::Shortage::finish;
  }

  /// A service under way that may be interrupted.
  struct Service {
    Job* job{nullptr};
    kernel::EventKey end{};  ///< the event that ends it
    SimTime ends{};
    Duration lasts{};  ///< from its beginning or going on
  };
  std::vector<Service> services;  ///< in the order in which they began or went on
  std::vector<Job*> paused;       ///< whose units it has taken away for a while
  void forget(const Job& job);    ///< among the services

  /// The jobs that it holds up.
  Job* head{nullptr};  ///< the first of them
  std::uint32_t blocked{0};

  /// Splits [from, to) into parts: `cause`, save where it was closed or down.
  template <class Emit>
  void split(SimTime from, SimTime to, Cause cause, const Emit& emit) const {
    if (outages_.empty()) {
      if (from < to) emit(from, to, cause);
      return;
    }
    const auto first = std::partition_point(outages_.begin(), outages_.end(),
                                            [&](const Outage& o) { return o.end <= from; });
    for (auto it = first; it != outages_.end() && it->begin < to; ++it) {
      const Outage& outage = *it;
      if (outage.begin > from) emit(from, outage.begin, cause);
      const SimTime begin = outage.begin > from ? outage.begin : from;
      from = outage.end < to ? outage.end : to;
      emit(begin, from, outage.cause);
    }
    if (from < to) emit(from, to, cause);
  }

  /// Closes the interval of levels that ends now.
  [[nodiscard]] trace::Level level(SimTime now, Duration span);

 private:
  struct Outage {
    SimTime begin{}, end{never};
    Cause cause{Cause::closed};
  };
  void insert(Want& want, Want* ahead, SimTime now) {
    account(now);
    want.ahead = ahead;
    want.after = ahead != nullptr ? ahead->after : first_;
    (want.ahead != nullptr ? want.ahead->after : first_) = &want;
    (want.after != nullptr ? want.after->ahead : last_) = &want;
    want.queued = true;
    queue_max_ = std::max(queue_max_, ++length_);
  }
  /// Brings the integrals up to `now`.
  void account(SimTime now) {
    if (now == accounted_) return;
    if (accounted_ != flow::unset && now > accounted_) {
      const std::int64_t ms = (now - accounted_).count();
      busy_ms_ += busy_ * static_cast<double>(ms);
      capacity_ms_ += std::max(capacity_, busy_) * static_cast<double>(ms);
      queued_ms_ += static_cast<std::int64_t>(length_) * ms;
    }
    accounted_ = now;
  }
  [[nodiscard]] bool stands_ahead(const Job& job) const;
  void forget_outages(SimTime now);

  std::uint16_t code_, facility_;
  bool by_priority_{false};
  spec::Resource::Preempt preempt_{};
  bool watched_{false};
  bool side_by_side_{false};
  spec::Resource::Shortage shortage_{spec::Resource::Shortage::finish};
  double capacity_{0}, busy_{0};
  Duration per_{};
  SimTime renewed_until_{SimTime::min()};
  std::uint32_t length_{0};
  Want* first_{nullptr};
  Want* last_{nullptr};
  double mean_service_{0};
  std::vector<Outage> outages_;
  std::optional<Row> row_;

  SimTime accounted_{flow::unset};
  double busy_ms_{0}, capacity_ms_{0};
  std::int64_t queued_ms_{0}, waited_ms_{0};
  std::uint32_t started_{0}, queue_max_{0};
};

}  // namespace portflow::procedure

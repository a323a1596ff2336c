/// \file job.hpp
/// One step of one entity while it is being performed.
#pragma once

#include <array>
#include <cstdint>
#include <utility>

#include "core/time.hpp"
#include "flow/entity.hpp"
#include "flow/trail.hpp"
#include "kernel/event_key.hpp"
#include "procedure/graph.hpp"

namespace portflow::procedure {

class Resource;
struct Job;

/// How many resources one step may need and hold at once.
inline constexpr std::size_t max_needs = 6;

/// A place in the queue of one resource.
struct Want {
  Resource* resource{nullptr};
  Job* job{nullptr};
  Want* ahead{nullptr};
  Want* after{nullptr};
  bool queued{false};
};

/// What a job needs of one resource (or of whichever of several is free first).
struct Claim {
  double units{0};
  Resource* granted{nullptr};
  std::uint16_t hold{none};    ///< kept beyond the step in this slot
  std::uint8_t first_want{0};  ///< its wants: [first_want, first_want + wants)
  std::uint8_t wants{0};
};

/// A service that was never interrupted.
inline constexpr Duration whole = Duration::min();

/// All of a job but its claims and wants: what is set anew for every step.
struct JobState : flow::Waiting {
  JobState() = default;
  /// The step `at` of `its`, to which the last token comes now.
  JobState(flow::Ref<flow::Entity>&& who, flow::Ref<flow::Trail>&& how, const Graph& its,
           StepIndex at, std::uint16_t now_in, SimTime now, std::uint64_t arrivals)
      : entity{std::move(who)},
        trail{std::move(how)},
        graph{&its},
        step{&its.steps[at]},
        numbers{its.numbers[now_in][at]},
        index{at},
        epoch{now_in},
        ready{now},
        start{flow::unset},
        spent{now},
        order{arrivals} {}

  flow::Ref<flow::Entity> entity;
  flow::Ref<flow::Trail> trail;
  const Graph* graph{nullptr};   ///< the entity's own
  const Step* step{nullptr};     ///< of that graph
  const Step* numbers{nullptr};  ///< as of `epoch`
  StepIndex index{0};
  std::uint16_t epoch{0};  ///< in which it became ready, asked for its needs, or began
  SimTime ready{};         ///< when its last token came
  SimTime start{};         ///< when its service began
  SimTime spent{};         ///< its trail accounts for everything before this
  std::uint32_t await{0};  ///< which of its awaits is next
  SimTime queued{};        ///< when it asked for its needs
  double priority{0};
  std::uint64_t order{0};  ///< order of arrival in this process

  std::uint8_t claim_count{0};
  std::uint8_t want_count{0};
  Resource* blocked_on{nullptr};
  bool head{false};  ///< first of those blocked by `blocked_on`

  Duration service{};             ///< as drawn when it began to queue,
  const Step* drawn_by{nullptr};  ///< by these numbers; null if it was not
  Duration left{whole};           ///< of its service, once it was interrupted
  kernel::EventKey gives_up{};    ///< the event that ends its patience, while it waits
  std::uint32_t round{0};         ///< how often the step was performed before, where it repeats

  Job* next{nullptr};   ///< followers of a batch, or the free list
  std::int64_t aux{0};  ///< for the behaviour that performs the step
  Job* peer{nullptr};   ///< likewise
};

/// Jobs are used again, and most steps need little or nothing: so claims and wants beyond their
/// counts hold whatever they held, and are written whole when they come into use.
struct Job : JobState {
  std::array<Claim, max_needs> claims{};
  std::array<Want, max_needs> wants{};
};

}  // namespace portflow::procedure

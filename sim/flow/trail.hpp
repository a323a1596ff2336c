/// \file trail.hpp
/// How a token came to be where it is: an exact account of its time, cause by cause.
///
/// A trail is a persistent list, latest part first. Each part is one interval with one cause;
/// parts join without gaps back to the creation of their owner. A token carries its trail
/// along; a fork shares it, a join keeps that of the last arrival. Where a wait was ended by
/// somebody else's mark, a *bridge* says that before that instant the critical path runs
/// along the other's trail, as far back as the other existed, and then along the owner's own
/// again. Extending a trail costs O(1).
#pragma once

#include <cstdint>
#include <memory>
#include <new>
#include <utility>

#include "core/cause.hpp"
#include "core/time.hpp"
#include "flow/blocks.hpp"
#include "flow/ref.hpp"

namespace portflow::flow {

using EntityId = std::uint64_t;
inline constexpr std::uint16_t no_code = 0xffff;

/// An interval of somebody's time with one cause.
struct Part {
  SimTime begin{}, end{};
  EntityId owner{0};            ///< whose step this was
  EntityId holder{0};           ///< who held the resource, where one did
  std::uint16_t step{no_code};  ///< code of the step
  std::uint16_t resource{no_code};
  Cause cause{Cause::working};
};

/// A part and what came before it; one cache line, since walks meet them far apart.
struct Trail : Counted {
  Trail(Ref<Trail>&& earlier, const Part& latest) : before{std::move(earlier)}, part{latest} {}

  bool bridge{false};  ///< then part.begin is the earliest instant that `via` may claim
  Ref<Trail> before;
  Ref<Trail> via;  ///< bridges only: the other's trail up to part.end
  Part part;
};
static_assert(sizeof(Trail) == 64);

/// destroy() of a bridge, which leads into another trail.
void destroy_branching(Trail* trail) noexcept;

/// Frees a trail nobody owns any more, and what only it owned; no recursion along `before`.
inline void destroy(Trail* trail) noexcept {
  while (trail != nullptr) {
    if (trail->bridge) {
      destroy_branching(trail);
      return;
    }
    // Nothing is left to be destroyed where it lies: `via` is for bridges.
    Trail* before = trail->before.leak();
    Blocks::give_back(trail, sizeof(Trail));
    trail = before != nullptr && before->gives_up() ? before : nullptr;
  }
}

// Here and inline, so that a part is stored field by field where it stays: a copy of what was just
// written field by field waits for it.

/// A part that comes after `before`, owned by whoever adopts it.
[[nodiscard]] inline Trail* make_trail(Ref<Trail>&& before, const Part& part) {
  return new (Blocks::take(sizeof(Trail))) Trail{std::move(before), part};
}

/// The trail with `part` added; an empty interval adds nothing.
[[nodiscard]] inline Ref<Trail> extended(Ref<Trail> trail, const Part& part) {
  if (part.end <= part.begin) return trail;
  return Ref<Trail>::adopt(make_trail(std::move(trail), part));
}

/// Adds `part` to `trail` in place, likewise.
inline void extend(Ref<Trail>& trail, const Part& part) {
  if (part.end <= part.begin) return;
  Trail* longer = make_trail(std::move(trail), part);
  trail = Ref<Trail>::adopt(longer);
}

/// The trail of a wait that another's mark ended: before `part.end` the path runs along `via`
/// back to `part.begin` (the other's creation), and along `before` earlier than that.
[[nodiscard]] inline Ref<Trail> bridged(Ref<Trail> before, Ref<Trail> via, const Part& part) {
  Trail* bridge = make_trail(std::move(before), part);
  bridge->bridge = true;
  bridge->via = std::move(via);
  return Ref<Trail>::adopt(bridge);
}

template <class Emit>
SimTime walk(const Trail* trail, SimTime from, SimTime to, const Emit& emit);

/// walk() over a bridge, and over the gap before it.
template <class Emit>
SimTime cross(const Trail& bridge, SimTime from, SimTime to, const Emit& emit) {
  const Part& part = bridge.part;
  const SimTime low = part.begin > from ? part.begin : from;
  if (to > low) {
    to = walk(bridge.via.get(), low, to < part.end ? to : part.end, emit);
    // An awaited other without any history of its own: it was there all along.
    if (to > low) {
      emit(part, low, to, Cause::not_due);
      to = low;
    }
  }
  const Trail* before = bridge.before.get();
  const SimTime own_end = before != nullptr ? before->part.end : from;
  if (to > from && own_end < to) {
    const SimTime begin = own_end > from ? own_end : from;
    emit(part, begin, to, Cause::not_yet_filed);
    to = begin;
  }
  return to;
}

/// Calls emit(part, begin, end, cause) for the parts that cover (from, to], latest first, without
/// gaps: how much of each lies there, and what it counts as.
/// \returns the instant down to which the trail covers; > from only for a trail that starts
///          later than `from`.
template <class Emit>
SimTime walk(const Trail* trail, SimTime from, SimTime to, const Emit& emit) {
  for (; trail != nullptr && to > from; trail = trail->before.get()) {
    if (trail->bridge) {
      to = cross(*trail, from, to, emit);
      continue;
    }
    const Part& part = trail->part;
    if (part.begin >= to) continue;
    const SimTime begin = part.begin > from ? part.begin : from;
    emit(part, begin, part.end < to ? part.end : to, part.cause);
    to = begin;
  }
  return to;
}

}  // namespace portflow::flow

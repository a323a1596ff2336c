/// \file message.hpp
/// What passes through the calendar: tokens, marks, releases, births and timers.
#pragma once

#include <cstdint>

#include "core/time.hpp"
#include "flow/entity.hpp"
#include "flow/trail.hpp"

namespace portflow::flow {

struct Message {
  enum class Kind : std::uint8_t {
    token,        ///< step, live, entity, trail: a token comes to a join, or to be performed
    arrival,      ///< step, entity, trail, time = departure: the move `step` ends here
    mark,         ///< slot, entity, trail: one awaited mark (empty: never); if not live, of all
    ended,        ///< entity, trail, time, live: a last step of the entity ended elsewhere
    release,      ///< slot = resource of this process, amount, entity: units come back
    learn,        ///< slot = parameter, step = lesson, time = midnight from which it counts
    add_units,    ///< slot = resource, job = what it gains, time = midnight from which on
    birth,        ///< number = source: the next arrival of a source is prepared
    prepare,      ///< job = group: more members of a group that is being prepared
    commence,     ///< entity: a group that was prepared is born now
    service_end,  ///< job
    resume,       ///< job: an awaited time has come
    patience,     ///< job: it has waited for its needs as long as it would
    timer,        ///< number = tag, slot = facility, job: a behaviour's own clock
    batch_due,    ///< number = batch, time = when it opened
    calendar,     ///< slot = resource: it opens, closes or changes its number of servers
    levels,       ///< end of an interval of resource levels
    parameters,   ///< number = epoch: numbers change
  };
  Message() = default;
  explicit Message(Kind what) noexcept : kind{what} {}

  Kind kind{Kind::token};
  bool live{true};
  std::uint16_t step{0};
  std::uint16_t slot{0};
  std::uint32_t number{0};
  void* job{nullptr};
  SimTime time{};
  double amount{0};
  Ref<Entity> entity;
  Ref<Trail> trail;
};

}  // namespace portflow::flow

#include "procedure/graph.hpp"

#include <algorithm>

namespace portflow::procedure {

double Number::varying(flow::Entity& entity, SimTime now, const Learning& learning) const {
  if (learns != none) {
    Number written = *this;
    written.learns = none;
    return written.of(entity, now, learning) * learning.factor(learns, now);
  }
  if (by.valid()) {
    const auto code = static_cast<std::size_t>(entity.ancestor(by.levels).attributes()[by.index]);
    return cases[code].of(entity, now, learning);
  }
  if (attribute.valid()) return entity.ancestor(attribute.levels).attributes()[attribute.index];
  if (!sides.empty()) return sides[holds(when, entity) ? 0 : 1].of(entity, now, learning);
  if (!ramp) return value;
  spec::Amount amount;
  amount.value = value;
  amount.ramp = ramp;
  return amount.at(now);
}

const Distribution& Draw::chosen(flow::Entity& entity) const {
  if (!sides.empty()) return sides[holds(when, entity) ? 0 : 1].of(entity);
  const auto code = static_cast<std::size_t>(entity.ancestor(by.levels).attributes()[by.index]);
  return cases[code].of(entity);
}

double Draw::least() const {
  const std::vector<Draw>& some = sides.empty() ? cases : sides;
  if (some.empty()) return by.valid() ? 0 : distribution.least();
  double least = some.front().least();
  for (const Draw& one : some) least = std::min(least, one.least());
  return least;
}

bool holds(const Condition& condition, flow::Entity& entity) {
  if (condition.always()) return true;
  return condition.holds([&](std::int32_t slot) -> double {
    if (slot >= constant_slot) return slot - constant_slot;
    if (slot >= mark_slots) {
      const SimTime mark = entity.marks()[slot - mark_slots];
      return mark != flow::unset && mark != flow::void_mark ? 1 : 0;
    }
    return entity.ancestor(static_cast<unsigned>(slot / level_stride))
        .attributes()[slot % level_stride];
  });
}

const Travel& Move::of(flow::Entity& entity) const {
  std::size_t at = 0;
  if (from.valid()) {
    at = static_cast<std::size_t>(entity.ancestor(from.levels).attributes()[from.index]);
  }
  at *= to_codes;
  if (to.valid()) {
    at += static_cast<std::size_t>(entity.ancestor(to.levels).attributes()[to.index]);
  }
  return travels[at];
}

std::uint16_t Role::layout_of(flow::Entity& entity) const {
  std::uint32_t layout = 0;
  for (const Axis& axis : axes) {
    const double category = entity.ancestor(axis.slot.levels).attributes()[axis.slot.index];
    layout = layout * axis.categories + static_cast<std::uint32_t>(category);
  }
  return static_cast<std::uint16_t>(layout);
}

}  // namespace portflow::procedure

/// \file entity.hpp
/// One ship, lot, box, passenger or train: who it is, and what happened to it so far.
///
/// An entity lives in one block of memory that every process may read. No lock guards it, since
/// each slot has one writer, and whoever reads it was told by a message sent after the writing:
///
///     attributes   the source, before anybody knows the entity
///     marks        once: where the step that sets it begins or ends, or, if it is skipped, where
///                  the token stands that passes it by; the source, if that is at birth
///     joins        the process of the joining step, or of the end
///     known        the process whose steps await the mark
///     holds        where the step that takes the units ends; later where the one is, or is passed
///                  by, that releases them
///
/// That steps which share a mark are alternatives, and that writers of marks and holds are over
/// when readers come, is checked when a scenario is loaded (spec/token_paths.hpp). The block goes
/// when its last owner goes: a token, a message or a member.
#pragma once

#include <cstdint>
#include <utility>

#include "core/random.hpp"
#include "core/time.hpp"
#include "flow/ref.hpp"
#include "flow/trail.hpp"

namespace portflow::flow {

struct Entity;

/// Whoever waits in the list of a Known; a job derives from it.
struct Waiting {
  Waiting* next_waiting{nullptr};
};

/// A mark not yet set, and one set void because its step was skipped.
inline constexpr SimTime unset{Duration::min()};
inline constexpr SimTime void_mark{Duration::min() + Duration{1}};

/// Tokens that reached a step with several predecessors.
struct Join {
  std::uint16_t arrived{0};
  bool live{false};
  bool started{false};  ///< an any-join that has fired
  SimTime latest{unset};
  Ref<Trail> trail;  ///< of the last live arrival
};

/// What one process knows of a mark that its steps await.
struct Known {
  std::uint32_t remaining{1};  ///< marks still to come (members, for `all`)
  Ref<Trail> trail;            ///< of the mark that came last, with its message
  SimTime created{};           ///< when the entity that set it was created
  Waiting* first{nullptr};     ///< who waits here, in order of arrival
  Waiting* last{nullptr};
};

/// How many slots of each sort a role's entities have.
struct Slots {
  std::uint16_t attributes{0}, marks{0}, joins{0}, known{0}, holds{0};
};

struct Entity : Counted {
  EntityId id{0};
  Ref<Entity> parent;
  SimTime created{}, due{};
  std::uint64_t adopted{0};  ///< bit i: adopts measure i
  std::uint32_t ordinal{0};
  std::uint16_t variant{0};  ///< which alternative of its procedure follows from that
  std::uint16_t role{0};
  std::uint16_t epoch{0};   ///< which graph it follows: the epoch of its birth
  std::uint16_t layout{0};  ///< and which of the facilities that are split are its own
  Slots slots;
  std::uint32_t size{0};    ///< of its block, bytes
  std::uint32_t ticket{0};  ///< what its rows bear until births are counted (trace/tickets.hpp)
  /// The procedure::Graph that follows from role, epoch, variant and layout: where processes find
  /// the steps of a token without four tables, one after the other.
  const void* graph{nullptr};
  Point foreseen{};  ///< a point of which its source has made the first draw ahead,
  double luck{0};    ///< and what came out

  [[nodiscard]] double* attributes() noexcept;
  [[nodiscard]] SimTime* marks() noexcept;
  [[nodiscard]] double* holds() noexcept;  ///< units still held, per hold of the procedure
  [[nodiscard]] Join* joins() noexcept;
  [[nodiscard]] Known* known() noexcept;

  /// The entity itself (0), its group (1), the group of its group (2), ...
  [[nodiscard]] const Entity& ancestor(unsigned levels) const noexcept;
  [[nodiscard]] Entity& ancestor(unsigned levels) noexcept;
};

// The slots follow the entity in its block: attributes, marks, holds, joins, known.
inline double* Entity::attributes() noexcept {
  return reinterpret_cast<double*>(this + 1);
}
inline SimTime* Entity::marks() noexcept {
  return reinterpret_cast<SimTime*>(attributes() + slots.attributes);
}
inline double* Entity::holds() noexcept {
  return reinterpret_cast<double*>(marks() + slots.marks);
}
inline Join* Entity::joins() noexcept {
  return reinterpret_cast<Join*>(holds() + slots.holds);
}
inline Known* Entity::known() noexcept {
  return reinterpret_cast<Known*>(joins() + slots.joins);
}
inline const Entity& Entity::ancestor(unsigned levels) const noexcept {
  const Entity* at = this;
  for (; levels > 0; --levels) at = at->parent.get();
  return *at;
}
inline Entity& Entity::ancestor(unsigned levels) noexcept {
  return const_cast<Entity&>(std::as_const(*this).ancestor(levels));
}

/// A new entity with all marks unset, joins empty, nothing known and nothing held.
[[nodiscard]] Ref<Entity> make_entity(const Slots& slots);
void destroy(Entity* entity) noexcept;

}  // namespace portflow::flow

/// \file stored_rows.hpp
/// Rows as they stand in the file where that is not as they were recorded: births name their groups
/// by how far back these were born, marks lean on the steps that set them, paths on the ends they
/// belong to and on each other, hashes on names.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/hash.hpp"
#include "trace/rows.hpp"

namespace portflow::trace {

/// A birth. What a state needs to know comes first.
struct StoredBirth {
  SimTime at{};
  std::uint32_t number{0};
  std::uint16_t role{0};
  std::uint32_t back{0};  ///< its number less that of the group that bears it; 0 where none does
  std::uint32_t ordinal{0};
};
/// So many of its columns, the first ones, say who was born and when.
inline constexpr std::size_t birth_key_columns = 3;

/// A mark, by the step with which it was set (mark_join.hpp). Differences are modulo 2^64 and 2^32.
struct StoredMark {
  std::int64_t later{0};     ///< its `at` less that of the step
  std::uint32_t steps{0};    ///< rows of /steps up to that of the step
  std::uint32_t further{0};  ///< number of its entity less that of the step
  std::uint16_t mark{0};
  std::uint8_t is_void{0};
};

/// A segment of a path that no earlier path has (path_fold.hpp).
struct StoredSegment {
  Duration lasts{0};
  /// The number of who was the owner before (at first the entity) less that of its own, folded().
  std::uint32_t onto{0};
  std::uint32_t holder{0};  ///< number of who held the resource; 0 where nobody
  std::uint16_t step{no_code};
  std::uint16_t resource{no_code};
  Cause cause{Cause::working};
};

/// How the path of an ended entity is made up; row k belongs to row k of /ended.
struct PathHead {
  std::uint32_t own{0};   ///< rows of /paths that are its own, after those of the heads before
  std::uint32_t back{0};  ///< it goes on so many rows before these; 0 where it does not
};

/// What marks need to know of a step.
struct StepKey {
  SimTime at{};
  std::uint32_t number{0};
};

/// What paths need to know of an end.
struct EndKey {
  SimTime at{};
  SimTime end{};
  std::uint32_t number{0};
};

/// What a state needs to know of a step.
struct StepState {
  SimTime at{};
  std::uint32_t number{0};
  std::uint16_t step{0};
};

/// A path goes on in rows at most so far before its own,
inline constexpr std::uint64_t most_back = 16 * std::uint64_t{16384};
/// and for at most so many.
inline constexpr std::uint32_t most_shared = 1000;

/// Small numbers for small differences of either sign: 0, -1, 1, -2, ... become 0, 1, 2, 3, ...
[[nodiscard]] constexpr std::uint32_t folded(std::uint32_t difference) noexcept {
  return (difference << 1U) ^ (0U - (difference >> 31U));
}
[[nodiscard]] constexpr std::uint32_t unfolded(std::uint32_t stored) noexcept {
  return (stored >> 1U) ^ (0U - (stored & 1U));
}
[[nodiscard]] constexpr std::uint64_t folded(std::uint64_t difference) noexcept {
  return (difference << 1U) ^ (0U - (difference >> 63U));
}
[[nodiscard]] constexpr std::uint64_t unfolded(std::uint64_t stored) noexcept {
  return (stored >> 1U) ^ (0U - (stored & 1U));
}

/// The hash of an entity's name by the last word of its role's, its ordinal and the hash of its
/// parent, 0 for none: what a run gives it. (Growth of a source has hashes of its own.)
[[nodiscard]] constexpr EntityId hash_of_name(std::uint64_t word_hash, std::uint32_t ordinal,
                                              EntityId parent) noexcept {
  return mix(chain(parent == no_entity ? word_hash : chain(parent, word_hash), ordinal));
}

/// The hash of the last word of a role's name.
[[nodiscard]] constexpr std::uint64_t word_hash_of(std::string_view role) noexcept {
  const std::size_t slash = role.rfind('/');
  return hash_of(slash == std::string_view::npos ? role : role.substr(slash + 1));
}

}  // namespace portflow::trace

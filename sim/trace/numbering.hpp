/// \file numbering.hpp
/// Dense numbers for entities, from 1 in the order of births; 0 is nobody.
///
/// Hashes are noise, which no compression shrinks; numbers of entities that are about together
/// differ little. Each hash is kept once, in /identities. The rows of a run bear numbers already;
/// what names entities by hash alone (paths, and records that were not made by a run) has them
/// looked up, and whoever is named so before birth gets the next number.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "trace/rows.hpp"
#include "trace/stored_batch.hpp"

namespace portflow::trace {

/// Numbers of entities. Looks many up at a time, since each look-up waits for memory; a record
/// that has no need of it is spared the table.
class Numbering {
 public:
  Numbering();

  /// Takes in who bears a number already. \throws FileError (bug) where it is not the next
  void add(EntityId id, std::uint32_t number);

  /// Sets `numbers` to those of `count` ids, one every `stride` bytes from `first` on; whoever has
  /// none yet gets the next. \throws FileError (limit) beyond 4,294,967,295
  void number(const EntityId* first, std::size_t stride, std::size_t count,
              std::vector<std::uint32_t>& numbers);

  /// The number of one; 0 for no_entity.
  [[nodiscard]] std::uint32_t number_of(EntityId id);

  /// The ids by number, from 1.
  [[nodiscard]] std::span<const EntityId> ids() const noexcept { return ids_; }

 private:
  /// The upper half of an id stands beside its number, so that who is not meant is passed by
  /// without a look at the ids, which lie far away.
  struct Slot {
    std::uint32_t number{0};  ///< 0 where free
    std::uint32_t upper{0};
  };

  [[nodiscard]] static std::uint32_t upper_of(EntityId id) noexcept;
  void catch_up();
  void enter(std::size_t place);
  void grow();
  [[nodiscard]] std::uint32_t look_up(EntityId id);

  std::vector<EntityId> ids_;
  std::size_t entered_{0};   ///< so many of ids_ have their slots
  std::vector<Slot> slots_;  ///< by hash, linear probing
  std::size_t mask_{0};
};

/// Numbers of the entities that a batch names, by table; paths get them when they are folded.
struct Numbers {
  std::vector<std::uint32_t> born, parents, steps, ended, moves, ledger, marks;

  /// Births first. \throws FileError (bug) where a row bears a number that no birth had
  void take(const StoredBatch& batch, Numbering& numbering);
};

}  // namespace portflow::trace

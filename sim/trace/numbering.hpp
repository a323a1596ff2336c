/// \file numbering.hpp
/// Dense numbers for entities, from 1 in the order in which they are first named; 0 is nobody.
///
/// Hashes are noise, which no compression shrinks; numbers of entities that are about together
/// differ little. Each hash is kept once, in /identities.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "trace/rows.hpp"
#include "trace/stored_batch.hpp"

namespace portflow::trace {

/// Numbers of entities. Looks many up at a time, since each look-up waits for memory.
class Numbering {
 public:
  Numbering();

  /// Sets `numbers` to those of `count` ids, one every `stride` bytes from `first` on; whoever has
  /// none yet gets the next. \throws FileError (limit) beyond 4,294,967,295
  void number(const EntityId* first, std::size_t stride, std::size_t count,
              std::vector<std::uint32_t>& numbers);

  /// The number of one. \pre id != no_entity
  [[nodiscard]] std::uint32_t number_of(EntityId id);

  /// The ids by number, from 1.
  [[nodiscard]] std::span<const EntityId> ids() const noexcept { return ids_; }

 private:
  void grow();

  std::vector<EntityId> ids_;
  std::vector<std::uint32_t> slots_;  ///< numbers by hash, linear probing; 0 where free
  std::size_t mask_{0};
};

/// Numbers of the entities that a batch names, by table; marks and paths get them with their joins.
struct Numbers {
  std::vector<std::uint32_t> born, parents, steps, ended, moves, ledger;

  /// Births first, then the tables in their order.
  void take(const StoredBatch& batch, Numbering& numbering);
};

}  // namespace portflow::trace

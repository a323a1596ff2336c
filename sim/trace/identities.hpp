/// \file identities.hpp
/// Who is meant by the numbers of entities.
///
/// The hash of an entity follows from the name of its role, its ordinal and the hash of its parent
/// (hash_of_name()). /identities holds what is to be changed in that to get the hash, so hardly
/// anything. It refers to names whose parents have smaller numbers; what other entities' names
/// say counts as 0.
#pragma once

#include <span>
#include <vector>

#include "trace/numbering.hpp"
#include "trace/table_file.hpp"

namespace portflow::trace {

/// The hashes of all entities by number, from 1.
/// \param identities  the table of that name
/// \param births      the table /born
/// \throws FileError (input)
[[nodiscard]] std::vector<EntityId> hashes_of(const TableReader& identities,
                                              const TableReader& births, const Schema& schema);

/// The hash of entity `number`; no_entity for 0.
/// \param table  that names it. \throws FileError (input) where there are not so many
[[nodiscard]] EntityId named(std::uint32_t number, std::span<const EntityId> identities,
                             std::string_view table);

/// The writer's side.
class Identities {
 public:
  explicit Identities(const Schema& schema);

  /// What goes to /identities of the entities that `batch` named first.
  [[nodiscard]] std::span<const EntityId> take(const StoredBatch& batch, const Numbers& numbers,
                                               const Numbering& numbering);

 private:
  std::vector<std::uint64_t> words_;  ///< by role
  std::vector<EntityId> changes_;
  std::size_t identified_{0};
};

}  // namespace portflow::trace

#include "trace/identities.hpp"

#include <string>

#include "trace/hdf5_handle.hpp"
#include "trace/stored_rows.hpp"

namespace portflow::trace {
namespace {

/// What an entity is called, by its number.
struct Called {
  std::uint32_t parent{0}, ordinal{0};
  std::uint16_t role{no_code};
};

std::vector<std::uint64_t> words_of(const Schema& schema) {
  std::vector<std::uint64_t> words;
  words.reserve(schema.roles.size());
  for (const RoleInfo& role : schema.roles) words.push_back(word_hash_of(role.name));
  return words;
}

std::vector<Called> called_by_births(const TableReader& births, std::size_t count) {
  std::vector<Called> called(count);
  Unpacker unpacker;
  std::vector<StoredBirth> rows(chunk_rows);
  for (std::uint64_t first = 0; first < births.rows(); first += chunk_rows) {
    const std::size_t some = births.read(first / chunk_rows, rows.data(), unpacker);
    for (const StoredBirth& row : std::span(rows).first(some)) {
      if (row.number == 0 || row.number > count) {
        throw FileError(Failure::input, "damaged: /born holds entity " +
                                            std::to_string(row.number) + " of " +
                                            std::to_string(count));
      }
      // Whoever a record bears twice is called as at first, as the writer has it.
      if (called[row.number - 1].role != no_code) continue;
      const std::uint32_t parent = row.back == 0 ? 0 : row.number - row.back;
      called[row.number - 1] = {parent, row.ordinal, row.role};
    }
  }
  return called;
}

}  // namespace

std::vector<EntityId> hashes_of(const TableReader& identities, const TableReader& births,
                                const Schema& schema) {
  std::vector<EntityId> hashes(static_cast<std::size_t>(identities.rows()));
  Unpacker unpacker;
  for (std::size_t at = 0; at < hashes.size(); at += chunk_rows) {
    identities.read(at / chunk_rows, hashes.data() + at, unpacker);
  }
  const std::vector<Called> called = called_by_births(births, hashes.size());
  const std::vector<std::uint64_t> words = words_of(schema);
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    const Called& one = called[i];
    if (one.role == no_code || one.parent > i) continue;
    const EntityId parent = one.parent == 0 ? no_entity : hashes[one.parent - 1];
    hashes[i] ^= hash_of_name(words[one.role], one.ordinal, parent);
  }
  return hashes;
}

EntityId named(std::uint32_t number, std::span<const EntityId> identities, std::string_view table) {
  if (number > identities.size()) {
    throw FileError(Failure::input, "damaged: " + std::string(table) + " names entity " +
                                        std::to_string(number) + " of " +
                                        std::to_string(identities.size()));
  }
  return number == 0 ? no_entity : identities[number - 1];
}

Identities::Identities(const Schema& schema) : words_(words_of(schema)) {}

std::span<const EntityId> Identities::take(const StoredBatch& batch, const Numbers& numbers,
                                           const Numbering& numbering) {
  const auto fresh = numbering.ids().subspan(identified_);
  changes_.assign(fresh.begin(), fresh.end());
  for (std::size_t i = 0; i < batch.born.size(); ++i) {
    const Born& born = batch.born[i];
    const std::uint32_t number = numbers.born[i];
    if (number <= identified_ || numbers.parents[i] >= number || born.role >= words_.size()) {
      continue;
    }
    changes_[number - 1 - identified_] =
        born.entity ^ hash_of_name(words_[born.role], born.ordinal, born.parent);
  }
  identified_ += fresh.size();
  return changes_;
}

}  // namespace portflow::trace

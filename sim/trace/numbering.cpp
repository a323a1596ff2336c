#include "trace/numbering.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <string>

#include "trace/hdf5_handle.hpp"

namespace portflow::trace {
namespace {

constexpr std::size_t first_slots = 1024;
/// Look-ups under way at a time.
constexpr std::size_t ahead = 32;

template <class Row>
void of_rows(std::span<const Row> rows, EntityId Row::* id, std::uint32_t Row::* number,
             Numbering& numbering, std::vector<std::uint32_t>& numbers) {
  numbers.resize(rows.size());
  std::uint32_t most = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    numbers[i] = row.*number != 0 ? row.*number : numbering.number_of(row.*id);
    most = std::max(most, numbers[i]);
  }
  if (most > numbering.ids().size()) {
    throw FileError(Failure::bug, "a row bears the number " + std::to_string(most) + ", but " +
                                      std::to_string(numbering.ids().size()) + " were born");
  }
}

}  // namespace

Numbering::Numbering() : slots_(first_slots), mask_(first_slots - 1) {}

std::uint32_t Numbering::upper_of(EntityId id) noexcept {
  return static_cast<std::uint32_t>(static_cast<std::uint64_t>(id) >> 32U);
}

void Numbering::add(EntityId id, std::uint32_t number) {
  ids_.push_back(id);
  if (ids_.size() == number) return;
  throw FileError(Failure::bug, "the birth that comes as number " + std::to_string(ids_.size()) +
                                    " bears the number " + std::to_string(number));
}

/// Gives slots to those who came with their numbers.
void Numbering::catch_up() {
  while (ids_.size() > slots_.size() / 8 * 5) grow();
  for (; entered_ < ids_.size(); ++entered_) {
    if (entered_ + ahead < ids_.size()) {
      __builtin_prefetch(&slots_[static_cast<std::size_t>(ids_[entered_ + ahead]) & mask_], 1);
    }
    enter(entered_);
  }
}

std::uint32_t Numbering::number_of(EntityId id) {
  if (id == no_entity) return 0;
  catch_up();
  return look_up(id);
}

std::uint32_t Numbering::look_up(EntityId id) {
  const std::uint32_t upper = upper_of(id);
  std::size_t at = static_cast<std::size_t>(id) & mask_;
  for (; slots_[at].number != 0; at = (at + 1) & mask_) {
    const Slot slot = slots_[at];
    if (slot.upper == upper && ids_[slot.number - 1] == id) return slot.number;
  }
  if (ids_.size() == std::numeric_limits<std::uint32_t>::max()) {
    throw FileError(Failure::limit, "a trace can name at most 4294967295 entities");
  }
  ids_.push_back(id);
  const auto number = static_cast<std::uint32_t>(ids_.size());
  slots_[at] = {number, upper};
  entered_ = ids_.size();
  if (ids_.size() > slots_.size() / 8 * 5) grow();
  return number;
}

/// Gives a slot to the entity that stands at `place` in ids_.
void Numbering::enter(std::size_t place) {
  std::size_t at = static_cast<std::size_t>(ids_[place]) & mask_;
  while (slots_[at].number != 0) at = (at + 1) & mask_;
  slots_[at] = {static_cast<std::uint32_t>(place + 1), upper_of(ids_[place])};
}

void Numbering::grow() {
  slots_.assign(2 * slots_.size(), {});
  mask_ = slots_.size() - 1;
  for (std::size_t i = 0; i < entered_; ++i) enter(i);
}

void Numbering::number(const EntityId* first, std::size_t stride, std::size_t count,
                       std::vector<std::uint32_t>& numbers) {
  catch_up();
  const auto* from = reinterpret_cast<const std::byte*>(first);
  std::array<EntityId, ahead> ids{};
  EntityId last = no_entity;
  std::uint32_t last_number = 0;
  for (std::size_t begin = 0; begin < count; begin += ahead) {
    const std::size_t some = std::min(ahead, count - begin);
    for (std::size_t i = 0; i < some; ++i) {
      std::memcpy(&ids[i], from + (begin + i) * stride, sizeof ids[i]);
      __builtin_prefetch(&slots_[static_cast<std::size_t>(ids[i]) & mask_]);
    }
    for (std::size_t i = 0; i < some; ++i) {
      const std::uint32_t number = slots_[static_cast<std::size_t>(ids[i]) & mask_].number;
      if (number != 0) __builtin_prefetch(&ids_[number - 1]);
    }
    for (std::size_t i = 0; i < some; ++i) {
      if (ids[i] != last) {
        last = ids[i];
        last_number = last == no_entity ? 0 : look_up(last);
      }
      numbers[begin + i] = last_number;
    }
  }
}

void Numbers::take(const StoredBatch& batch, Numbering& numbering) {
  for (const Born& row : batch.born) {
    if (row.number != 0) numbering.add(row.entity, row.number);
  }
  of_rows(batch.born, &Born::entity, &Born::number, numbering, born);
  of_rows(batch.born, &Born::parent, &Born::parent_number, numbering, parents);
  of_rows(batch.steps, &StepDone::entity, &StepDone::number, numbering, steps);
  of_rows(batch.ended, &Ended::entity, &Ended::number, numbering, ended);
  of_rows(batch.moves, &Moved::entity, &Moved::number, numbering, moves);
  of_rows(batch.ledger, &Booked::entity, &Booked::number, numbering, ledger);
  of_rows(batch.marks, &MarkSet::entity, &MarkSet::number, numbering, marks);
}

}  // namespace portflow::trace

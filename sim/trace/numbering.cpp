#include "trace/numbering.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

#include "trace/hdf5_handle.hpp"

namespace portflow::trace {
namespace {

constexpr std::size_t first_slots = 1024;
/// Look-ups under way at a time.
constexpr std::size_t ahead = 16;

template <class Row>
void of_rows(std::span<const Row> rows, EntityId Row::* member, Numbering& numbering,
             std::vector<std::uint32_t>& numbers) {
  numbers.resize(rows.size());
  if (!rows.empty()) {
    numbering.number(&(rows.front().*member), sizeof(Row), rows.size(), numbers);
  }
}

}  // namespace

Numbering::Numbering() : slots_(first_slots, 0), mask_(first_slots - 1) {}

std::uint32_t Numbering::number_of(EntityId id) {
  std::size_t at = static_cast<std::size_t>(id) & mask_;
  for (; slots_[at] != 0; at = (at + 1) & mask_) {
    if (ids_[slots_[at] - 1] == id) return slots_[at];
  }
  if (ids_.size() == std::numeric_limits<std::uint32_t>::max()) {
    throw FileError(Failure::limit, "a trace can name at most 4294967295 entities");
  }
  ids_.push_back(id);
  const auto number = static_cast<std::uint32_t>(ids_.size());
  slots_[at] = number;
  if (ids_.size() > slots_.size() / 4 * 3) grow();
  return number;
}

void Numbering::grow() {
  slots_.assign(2 * slots_.size(), 0);
  mask_ = slots_.size() - 1;
  for (std::size_t i = 0; i < ids_.size(); ++i) {
    std::size_t at = static_cast<std::size_t>(ids_[i]) & mask_;
    while (slots_[at] != 0) at = (at + 1) & mask_;
    slots_[at] = static_cast<std::uint32_t>(i + 1);
  }
}

void Numbering::number(const EntityId* first, std::size_t stride, std::size_t count,
                       std::vector<std::uint32_t>& numbers) {
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
      const std::uint32_t number = slots_[static_cast<std::size_t>(ids[i]) & mask_];
      if (number != 0) __builtin_prefetch(&ids_[number - 1]);
    }
    for (std::size_t i = 0; i < some; ++i) {
      if (ids[i] != last) {
        last = ids[i];
        last_number = last == no_entity ? 0 : number_of(last);
      }
      numbers[begin + i] = last_number;
    }
  }
}

void Numbers::take(const StoredBatch& batch, Numbering& numbering) {
  of_rows(batch.born, &Born::entity, numbering, born);
  of_rows(batch.born, &Born::parent, numbering, parents);
  of_rows(batch.steps, &StepDone::entity, numbering, steps);
  of_rows(batch.ended, &Ended::entity, numbering, ended);
  of_rows(batch.moves, &Moved::entity, numbering, moves);
  of_rows(batch.ledger, &Booked::entity, numbering, ledger);
}

}  // namespace portflow::trace

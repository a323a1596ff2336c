/// \file id_map.hpp
/// What is known of some entities: a table by their ids, which are hashes already.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/wide_pages.hpp"
#include "trace/rows.hpp"

namespace portflow::trace {

/// Open addressing with linear probing, never more than half full; no allocation per entity.
/// Pointers into it are good until the next set() or erase().
template <class Value>
class IdMap {
 public:
  /// What is known of `id`; nullptr where nothing is.
  [[nodiscard]] const Value* find(EntityId id) const noexcept {
    if (slots_.empty() || id == no_entity) return nullptr;
    for (std::size_t at = home(id);; at = (at + 1) & mask_) {
      if (slots_[at].id == id) return &slots_[at].value;
      if (slots_[at].id == no_entity) return nullptr;
    }
  }

  /// Brings what is known of `id` near, for find().
  void fetch(EntityId id) const noexcept {
    if (!slots_.empty()) __builtin_prefetch(&slots_[home(id)]);
  }

  /// Nothing is known of nobody: for no_entity, as a damaged record has it, this does nothing.
  void set(EntityId id, Value value) {
    if (id == no_entity) return;
    if (2 * (size_ + 1) > slots_.size()) grow();
    std::size_t at = home(id);
    while (slots_[at].id != no_entity && slots_[at].id != id) at = (at + 1) & mask_;
    if (slots_[at].id == no_entity) ++size_;
    slots_[at] = {id, std::move(value)};
  }

  /// Forgets `id`; those that stood behind it because of it move up.
  void erase(EntityId id) noexcept {
    if (find(id) == nullptr) return;
    std::size_t hole = home(id);
    while (slots_[hole].id != id) hole = (hole + 1) & mask_;
    for (std::size_t at = (hole + 1) & mask_; slots_[at].id != no_entity; at = (at + 1) & mask_) {
      if (((at - home(slots_[at].id)) & mask_) >= ((at - hole) & mask_)) {
        slots_[hole] = std::move(slots_[at]);
        hole = at;
      }
    }
    slots_[hole] = {};
    --size_;
  }

  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

 private:
  struct Slot {
    EntityId id{no_entity};  ///< nobody where the slot is free
    Value value{};
  };
  using Slots = std::vector<Slot, WideAllocator<Slot>>;

  [[nodiscard]] std::size_t home(EntityId id) const noexcept {
    return static_cast<std::size_t>(id) & mask_;
  }
  void grow() {
    Slots old(slots_.empty() ? 64 : 2 * slots_.size());
    old.swap(slots_);
    mask_ = slots_.size() - 1;
    size_ = 0;
    for (Slot& slot : old) {
      if (slot.id != no_entity) set(slot.id, std::move(slot.value));
    }
  }

  Slots slots_;
  std::size_t mask_{0}, size_{0};
};

}  // namespace portflow::trace

/// \file id_map.hpp
/// Where an entity stands in some list: a table of entity ids, which are hashes already.
#pragma once

#include <cstdint>
#include <vector>

#include "trace/rows.hpp"

namespace portflow::trace {

/// Open addressing with linear probing, never more than half full; no allocation per entity.
class IdMap {
 public:
  static constexpr std::uint32_t none = 0xffffffff;

  /// The place of `id`, or none.
  [[nodiscard]] std::uint32_t find(EntityId id) const noexcept {
    if (slots_.empty()) return none;
    for (std::size_t at = home(id);; at = (at + 1) & mask_) {
      if (slots_[at].id == id) return slots_[at].place;
      if (slots_[at].place == none) return none;
    }
  }

  /// Sets the place of `id`. \pre place != none
  void set(EntityId id, std::uint32_t place) {
    if (2 * (size_ + 1) > slots_.size()) grow();
    std::size_t at = home(id);
    while (slots_[at].place != none && slots_[at].id != id) at = (at + 1) & mask_;
    if (slots_[at].place == none) ++size_;
    slots_[at] = {id, place};
  }

  /// Forgets `id`; those that stood behind it because of it move up.
  void erase(EntityId id) noexcept {
    if (find(id) == none) return;
    std::size_t hole = home(id);
    while (slots_[hole].id != id) hole = (hole + 1) & mask_;
    for (std::size_t at = (hole + 1) & mask_; slots_[at].place != none; at = (at + 1) & mask_) {
      if (((at - home(slots_[at].id)) & mask_) >= ((at - hole) & mask_)) {
        slots_[hole] = slots_[at];
        hole = at;
      }
    }
    slots_[hole] = {};
    --size_;
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }

 private:
  struct Slot {
    EntityId id{no_entity};
    std::uint32_t place{none};
  };

  [[nodiscard]] std::size_t home(EntityId id) const noexcept {
    return static_cast<std::size_t>(id) & mask_;
  }
  void grow() {
    std::vector<Slot> old(slots_.empty() ? 64 : 2 * slots_.size());
    old.swap(slots_);
    mask_ = slots_.size() - 1;
    size_ = 0;
    for (const Slot& slot : old) {
      if (slot.place != none) set(slot.id, slot.place);
    }
  }

  std::vector<Slot> slots_;
  std::size_t mask_{0}, size_{0};
};

}  // namespace portflow::trace

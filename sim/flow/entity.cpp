#include "flow/entity.hpp"

#include <memory>
#include <new>

#include "flow/blocks.hpp"

namespace portflow::flow {
namespace {

// All parts of the block are 8-byte aligned.
static_assert(sizeof(Entity) % 8 == 0 && sizeof(Join) % 8 == 0 && sizeof(Known) % 8 == 0);
static_assert(alignof(Entity) <= 8 && alignof(Join) <= 8 && alignof(Known) <= 8);

std::size_t block_size(const Slots& slots) {
  return sizeof(Entity) + slots.attributes * sizeof(double) + slots.marks * sizeof(SimTime) +
         slots.holds * sizeof(double) + slots.joins * sizeof(Join) + slots.known * sizeof(Known);
}

}  // namespace

Ref<Entity> make_entity(const Slots& slots) {
  const std::size_t size = block_size(slots);
  auto* entity = new (Blocks::take(size)) Entity;
  entity->slots = slots;
  entity->size = static_cast<std::uint32_t>(size);
  if (size == sizeof(Entity)) return Ref<Entity>::adopt(entity);
  std::uninitialized_fill_n(entity->attributes(), slots.attributes, 0.0);
  std::uninitialized_fill_n(entity->marks(), slots.marks, unset);
  std::uninitialized_fill_n(entity->holds(), slots.holds, 0.0);
  std::uninitialized_default_construct_n(entity->joins(), slots.joins);
  std::uninitialized_default_construct_n(entity->known(), slots.known);
  return Ref<Entity>::adopt(entity);
}

void destroy(Entity* entity) noexcept {
  const std::size_t size = entity->size;
  if (size > sizeof(Entity)) {
    std::destroy_n(entity->joins(), entity->slots.joins);
    std::destroy_n(entity->known(), entity->slots.known);
  }
  entity->~Entity();
  Blocks::give_back(entity, size);
}

}  // namespace portflow::flow

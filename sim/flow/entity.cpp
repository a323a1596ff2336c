#include "flow/entity.hpp"

#include <oneapi/tbb/scalable_allocator.h>

#include <memory>
#include <new>

namespace portflow::flow {
namespace {

// Layout of the block: Entity, attributes, marks, holds, joins, known; all 8-byte aligned.
static_assert(sizeof(Entity) % 8 == 0 && sizeof(Join) % 8 == 0 && sizeof(Known) % 8 == 0);
static_assert(alignof(Entity) <= 8 && alignof(Join) <= 8 && alignof(Known) <= 8);

char* after_header(Entity* entity) {
  return reinterpret_cast<char*>(entity) + sizeof(Entity);
}

}  // namespace

double* Entity::attributes() noexcept {
  return reinterpret_cast<double*>(after_header(this));
}
SimTime* Entity::marks() noexcept {
  return reinterpret_cast<SimTime*>(attributes() + slots.attributes);
}
double* Entity::holds() noexcept {
  return reinterpret_cast<double*>(marks() + slots.marks);
}
Join* Entity::joins() noexcept {
  return reinterpret_cast<Join*>(holds() + slots.holds);
}
Known* Entity::known() noexcept {
  return reinterpret_cast<Known*>(joins() + slots.joins);
}

const Entity& Entity::ancestor(unsigned levels) const noexcept {
  const Entity* at = this;
  for (; levels > 0; --levels) at = at->parent.get();
  return *at;
}

Entity& Entity::ancestor(unsigned levels) noexcept {
  Entity* at = this;
  for (; levels > 0; --levels) at = at->parent.get();
  return *at;
}

Ref<Entity> make_entity(const Slots& slots) {
  const std::size_t size = sizeof(Entity) + slots.attributes * sizeof(double) +
                           slots.marks * sizeof(SimTime) + slots.holds * sizeof(double) +
                           slots.joins * sizeof(Join) + slots.known * sizeof(Known);
  void* memory = scalable_malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  auto* entity = new (memory) Entity;
  entity->slots = slots;
  std::uninitialized_fill_n(entity->attributes(), slots.attributes, 0.0);
  std::uninitialized_fill_n(entity->marks(), slots.marks, unset);
  std::uninitialized_fill_n(entity->holds(), slots.holds, 0.0);
  std::uninitialized_default_construct_n(entity->joins(), slots.joins);
  std::uninitialized_default_construct_n(entity->known(), slots.known);
  return Ref<Entity>::adopt(entity);
}

void destroy(Entity* entity) noexcept {
  std::destroy_n(entity->joins(), entity->slots.joins);
  std::destroy_n(entity->known(), entity->slots.known);
  entity->~Entity();
  scalable_free(entity);
}

}  // namespace portflow::flow

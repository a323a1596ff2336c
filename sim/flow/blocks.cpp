#include "flow/blocks.hpp"

#include <oneapi/tbb/scalable_allocator.h>

#include <new>

#include "core/wide_pages.hpp"

namespace portflow::flow {
namespace {

void* take_region(std::intptr_t, std::size_t& size) {
  size = (size + wide_page - 1) / wide_page * wide_page;
  return take_wide_pages(size);
}

int give_back_region(std::intptr_t, void* begin, std::size_t size) {
  give_back_wide_pages(begin, size);
  return 0;
}

/// Where blocks come from. Entities and the parts of their trails end in another order than they
/// began in, so that after some weeks what belongs together lies far apart: hence wide pages.
/// It is never taken down, as threads that end late give back to it.
rml::MemoryPool& quarry() {
  static rml::MemoryPool* const pool = [] {
    const rml::MemPoolPolicy policy(take_region, give_back_region, wide_page);
    rml::MemoryPool* made = nullptr;
    if (rml::pool_create_v1(0, &policy, &made) != rml::POOL_OK) throw std::bad_alloc();
    return made;
  }();
  return *pool;
}

}  // namespace

struct Blocks::Keeper {
  ~Keeper() {
    for (Pile& pile : piles) {
      while (pile.top != nullptr) {
        Free* top = pile.top;
        pile.top = top->below;
        rml::pool_free(&quarry(), top);
      }
      pile.count = most;
    }
  }
};

void* Blocks::take_new(std::size_t size) {
  void* memory = rml::pool_malloc(&quarry(), index(size) * step);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

void Blocks::give_back_slowly(void* block, std::size_t size) noexcept {
  if (size > largest || !piles[index(size)].unused()) {
    rml::pool_free(&quarry(), block);
    return;
  }
  static thread_local Keeper keeper;  // made with the first block that a thread keeps
  piles[index(size)].count = 0;
  piles[index(size)].put(block);
}

}  // namespace portflow::flow

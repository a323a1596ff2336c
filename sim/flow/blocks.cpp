#include "flow/blocks.hpp"

#include <oneapi/tbb/scalable_allocator.h>

#include <new>

namespace portflow::flow {

struct Blocks::Keeper {
  ~Keeper() {
    for (Pile& pile : piles_) {
      while (pile.top != nullptr) {
        Free* top = pile.top;
        pile.top = top->below;
        scalable_free(top);
      }
      pile.count = most;
    }
  }
};

void* Blocks::take_new(std::size_t size) {
  void* memory = scalable_malloc(index(size) * step);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

void Blocks::give_back_slowly(void* block, std::size_t size) noexcept {
  if (size > largest || !piles_[index(size)].unused()) {
    scalable_free(block);
    return;
  }
  static thread_local Keeper keeper;  // made with the first block that a thread keeps
  piles_[index(size)].count = 0;
  piles_[index(size)].put(block);
}

}  // namespace portflow::flow

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
      pile.count = 0;
    }
  }
};

void* Blocks::take_new(std::size_t size) {
  void* memory = scalable_malloc(index(size) * step);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

void Blocks::give_back_slowly(void* block, std::size_t size) noexcept {
  // Made with the first block that a thread keeps; a pile that is empty comes by here.
  static thread_local Keeper keeper;
  if (size > largest || piles_[index(size)].count >= most) {
    scalable_free(block);
  } else {
    piles_[index(size)].put(block);
  }
}

}  // namespace portflow::flow

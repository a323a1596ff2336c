#include "flow/trail.hpp"

#include <oneapi/tbb/scalable_allocator.h>

#include <new>
#include <utility>
#include <vector>

namespace portflow::flow {

Trail* make_trail() {
  void* memory = scalable_malloc(sizeof(Trail));
  if (memory == nullptr) throw std::bad_alloc();
  return new (memory) Trail;
}

void destroy(Trail* trail) noexcept {
  // Long chains die one by one: follow `before` in a loop and keep side branches on a stack.
  std::vector<Trail*> pending;
  while (trail != nullptr) {
    Trail* next = nullptr;
    for (Ref<Trail>* link : {&trail->before, &trail->via}) {
      Trail* other = link->leak();
      if (other == nullptr || !other->gives_up()) continue;
      if (next == nullptr) {
        next = other;
      } else {
        pending.push_back(other);
      }
    }
    trail->~Trail();
    scalable_free(trail);
    if (next == nullptr && !pending.empty()) {
      next = pending.back();
      pending.pop_back();
    }
    trail = next;
  }
}

}  // namespace portflow::flow

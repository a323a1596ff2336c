#include "flow/trail.hpp"

#include <vector>

namespace portflow::flow {

void destroy_branching(Trail* trail) noexcept {
  std::vector<Trail*> side;
  while (trail != nullptr) {
    Trail* next = trail->before.leak();
    if (next != nullptr && !next->gives_up()) next = nullptr;
    if (trail->bridge) {
      Trail* via = trail->via.leak();
      if (via != nullptr && via->gives_up()) side.push_back(via);
    }
    trail->~Trail();
    Blocks::give_back(trail, sizeof(Trail));
    if (next == nullptr && !side.empty()) {
      next = side.back();
      side.pop_back();
    }
    trail = next;
  }
}

}  // namespace portflow::flow

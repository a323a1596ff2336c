#include "kernel/processors.hpp"

#if defined(__linux__)
#include <sched.h>

#include <cstddef>
#endif

namespace portflow::kernel {

#if defined(__linux__)

int processor() noexcept {
  return sched_getcpu();
}

void move_away(int from, unsigned steps) noexcept {
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return;
  if (from < 0 || from >= CPU_SETSIZE || !CPU_ISSET(static_cast<std::size_t>(from), &allowed)) {
    return;
  }
  auto to = static_cast<std::size_t>(from);
  for (auto left = steps % static_cast<unsigned>(CPU_COUNT(&allowed)); left > 0;) {
    to = (to + 1) % CPU_SETSIZE;
    if (CPU_ISSET(to, &allowed)) --left;
  }
  cpu_set_t there;
  CPU_ZERO(&there);
  CPU_SET(to, &there);
  if (sched_setaffinity(0, sizeof there, &there) == 0) {
    sched_setaffinity(0, sizeof allowed, &allowed);
  }
}

#else

int processor() noexcept {
  return -1;
}

void move_away(int, unsigned) noexcept {}

#endif

}  // namespace portflow::kernel

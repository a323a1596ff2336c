#include "kernel/large_room.hpp"

#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace portflow::kernel {
namespace {

constexpr std::align_val_t alignment{LargeRoom::bytes};

}  // namespace

LargeRoom::LargeRoom(bool whole) : begin_{::operator new(bytes, alignment)} {
#if defined(__linux__)
  // Where it is refused, small pages do as well, only slower.
  if (whole) static_cast<void>(::madvise(begin_, bytes, MADV_HUGEPAGE));
#endif
}

LargeRoom::~LargeRoom() {
  if (begin_ != nullptr) ::operator delete(begin_, alignment);
}

}  // namespace portflow::kernel

#include "core/wide_pages.hpp"

#if defined(__linux__)
#include <sys/mman.h>

#include <cstdint>
#else
#include <cstring>
#endif

namespace portflow {

#if defined(__linux__)

void* take_wide_pages(std::size_t size) noexcept {
  // One page more than asked, since addresses come at multiples of a small page; what stands out
  // on either side goes back.
  const std::size_t room = size + wide_page;
  void* mapped = ::mmap(nullptr, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) return nullptr;
  auto* first = static_cast<std::byte*>(mapped);
  const std::size_t beyond = reinterpret_cast<std::uintptr_t>(first) % wide_page;
  const std::size_t skipped = beyond == 0 ? 0 : wide_page - beyond;
  std::byte* begin = first + skipped;
  if (skipped > 0) ::munmap(first, skipped);
  if (skipped < wide_page) ::munmap(begin + size, wide_page - skipped);
  // Where it is refused, small pages do as well, only slower.
  static_cast<void>(::madvise(begin, size, MADV_HUGEPAGE));
  return begin;
}

void give_back_wide_pages(void* begin, std::size_t size) noexcept {
  ::munmap(begin, size);
}

#else

void* take_wide_pages(std::size_t size) noexcept {
  void* begin = ::operator new(size, std::align_val_t{wide_page}, std::nothrow);
  if (begin != nullptr) std::memset(begin, 0, size);
  return begin;
}

void give_back_wide_pages(void* begin, std::size_t) noexcept {
  ::operator delete(begin, std::align_val_t{wide_page});
}

#endif

}  // namespace portflow

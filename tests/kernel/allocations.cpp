#include "kernel/allocations.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

#include "core/own_lines.hpp"

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

namespace portflow::kernel {
namespace {

std::atomic<std::uint64_t> count{0};
std::atomic<std::uint64_t> narrow{0};

void* counted(void* memory) {
  count.fetch_add(1, std::memory_order_relaxed);
  if (memory == nullptr) throw std::bad_alloc{};
  return memory;
}

}  // namespace

std::uint64_t allocations() noexcept {
  return count.load(std::memory_order_relaxed);
}

std::uint64_t narrow_allocations() noexcept {
  return narrow.load(std::memory_order_relaxed);
}

}  // namespace portflow::kernel

void* operator new(std::size_t size) {
  portflow::kernel::narrow.fetch_add(1, std::memory_order_relaxed);
  return portflow::kernel::counted(std::malloc(size));
}

void* operator new(std::size_t size, std::align_val_t alignment) {
  const auto to = static_cast<std::size_t>(alignment);
  if (to < portflow::own_lines || size % portflow::own_lines != 0) {
    portflow::kernel::narrow.fetch_add(1, std::memory_order_relaxed);
  }
  return portflow::kernel::counted(std::aligned_alloc(to, (size + to - 1) / to * to));
}

void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::align_val_t) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
  std::free(memory);
}

#endif

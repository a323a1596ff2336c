/// \file ref.hpp
/// Shared ownership without a lock: what messages carry between processes.
///
/// Entities and trails are built by one process and read by others later. Who may write which
/// part is fixed by the procedure graph, and the engine's windows order writes before reads;
/// only the count of owners is touched by several threads, so it alone is atomic.
#pragma once

#include <atomic>
#include <cstdint>
#include <utility>

namespace portflow::flow {

/// Base of what is counted; `destroy(T*)`, found by name, ends the last owner's object.
struct Counted {
  std::atomic<std::uint32_t> owners{1};  ///< whoever makes it adopts this one

  /// One owner fewer. \returns whether it was the last.
  [[nodiscard]] bool gives_up() noexcept {
    // Who alone owns an object shares it with nobody: no locked write is needed to find that out.
    return owners.load(std::memory_order_acquire) == 1 ||
           owners.fetch_sub(1, std::memory_order_acq_rel) == 1;
  }
};

/// An owner of a counted object, or of none.
template <class T>
class Ref {
 public:
  Ref() = default;
  explicit Ref(T* object) noexcept : object_(object) { acquire(); }
  Ref(const Ref& other) noexcept : object_(other.object_) { acquire(); }
  Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  Ref& operator=(Ref other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }
  ~Ref() { release(); }

  [[nodiscard]] T* get() const noexcept { return object_; }
  T* operator->() const noexcept { return object_; }
  T& operator*() const noexcept { return *object_; }
  explicit operator bool() const noexcept { return object_ != nullptr; }

  /// Gives the object up without counting down; the caller now owns one count.
  [[nodiscard]] T* leak() noexcept { return std::exchange(object_, nullptr); }
  /// Takes over a count that leak() gave up.
  [[nodiscard]] static Ref adopt(T* object) noexcept {
    Ref ref;
    ref.object_ = object;
    return ref;
  }
  [[nodiscard]] bool sole() const noexcept {
    return object_ != nullptr && object_->owners.load(std::memory_order_acquire) == 1;
  }

 private:
  void acquire() const noexcept {
    if (object_ != nullptr) object_->owners.fetch_add(1, std::memory_order_relaxed);
  }
  void release() noexcept {
    if (object_ != nullptr && object_->gives_up()) destroy(object_);
  }
  T* object_{nullptr};
};

}  // namespace portflow::flow

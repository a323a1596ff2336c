/// \file crew.hpp
/// The threads that handle events. oneTBB promises no concurrency, so a barrier inside its tasks
/// can hang; these threads are the kernel's own. The caller's thread is worker 0. Each begins on a
/// processor of its own, if there are enough.
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

#include "core/own_lines.hpp"
#include "kernel/patience.hpp"

namespace portflow::kernel {

class Crew {
 public:
  /// Starts `workers` - 1 threads. \pre workers >= 1
  explicit Crew(unsigned workers);
  ~Crew();
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  [[nodiscard]] unsigned size() const noexcept {
    return static_cast<unsigned>(threads_.size()) + 1;
  }

  /// Calls `work(w)` once for each of the first `workers` workers, each on its own thread, and
  /// returns when all have. What one of them wrote is then visible to all.
  /// \pre 1 <= workers <= size(); `work` does not throw.
  template <class Work>
  void first(unsigned workers, Work& work) {
    run(workers, [](void* what, unsigned worker) { (*static_cast<Work*>(what))(worker); }, &work);
  }

 private:
  using Call = void (*)(void*, unsigned);

  void run(unsigned workers, Call call, void* what);
  void serve(unsigned worker);

  Call call_{nullptr};
  void* what_{nullptr};
  unsigned wanted_{0};
  int processor_of_caller_{-1};  ///< which no other worker should be on
  Patience patience_;
  alignas(own_lines) std::atomic<std::uint32_t> round_{0};
  alignas(own_lines) std::atomic<std::uint32_t> busy_{0};  ///< threads that have yet to answer
  std::vector<std::jthread> threads_;
};

}  // namespace portflow::kernel

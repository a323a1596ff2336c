/// \file crew.hpp
/// The threads that handle events: they wait awake for a moment, then asleep.
///
/// oneTBB promises no concurrency, so a barrier inside its tasks can hang; these threads are
/// the kernel's own. The caller's thread is worker 0.
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

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

  /// Calls `work(w)` once for every worker w, each on its own thread, and returns when all
  /// have. What one worker wrote is then visible to all. \pre `work` does not throw.
  template <class Work>
  void all(Work& work) {
    run([](void* what, unsigned worker) { (*static_cast<Work*>(what))(worker); }, &work);
  }

 private:
  using Call = void (*)(void*, unsigned);

  void run(Call call, void* what);
  void serve(unsigned worker);
  void await_change(std::atomic<std::uint32_t>& value, std::uint32_t old) const noexcept;

  Call call_{nullptr};
  void* what_{nullptr};
  unsigned spins_;  ///< looks before a wait turns into sleep
  alignas(64) std::atomic<std::uint32_t> round_{0};
  alignas(64) std::atomic<std::uint32_t> busy_{0};  ///< threads still at work
  std::vector<std::jthread> threads_;
};

}  // namespace portflow::kernel

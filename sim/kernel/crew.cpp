#include "kernel/crew.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace portflow::kernel {
namespace {

void relax() noexcept {
#if defined(__x86_64__)
  _mm_pause();
#endif
}

}  // namespace

Crew::Crew(unsigned workers)
    // With more workers than processors a spinning one keeps a working one from its core.
    : spins_{workers <= std::thread::hardware_concurrency() ? 4000U : 0U} {
  threads_.reserve(workers - 1);
  for (unsigned w = 1; w < workers; ++w) threads_.emplace_back([this, w] { serve(w); });
}

Crew::~Crew() {
  call_ = nullptr;
  round_.fetch_add(1, std::memory_order_release);
  round_.notify_all();
}

void Crew::await_change(std::atomic<std::uint32_t>& value, std::uint32_t old) const noexcept {
  for (unsigned i = 0; i < spins_; ++i) {
    if (value.load(std::memory_order_acquire) != old) return;
    relax();
  }
  value.wait(old, std::memory_order_acquire);
}

void Crew::run(Call call, void* what) {
  if (!threads_.empty()) {
    call_ = call;
    what_ = what;
    busy_.store(static_cast<std::uint32_t>(threads_.size()), std::memory_order_relaxed);
    round_.fetch_add(1, std::memory_order_release);
    round_.notify_all();
  }
  call(what, 0);
  for (auto left = busy_.load(std::memory_order_acquire); left != 0;
       left = busy_.load(std::memory_order_acquire)) {
    await_change(busy_, left);
  }
}

void Crew::serve(unsigned worker) {
  for (std::uint32_t seen = 0;; ++seen) {
    await_change(round_, seen);
    if (call_ == nullptr) return;
    call_(what_, worker);
    if (busy_.fetch_sub(1, std::memory_order_acq_rel) == 1) busy_.notify_one();
  }
}

}  // namespace portflow::kernel

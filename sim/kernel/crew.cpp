#include "kernel/crew.hpp"

#include "kernel/processors.hpp"

namespace portflow::kernel {

Crew::Crew(unsigned workers) : patience_{workers} {
  threads_.reserve(workers - 1);
  for (unsigned w = 1; w < workers; ++w) {
    threads_.emplace_back([this, w, here = processor()] {
      move_away(here, w);  // before the first order, which need not wait for this
      serve(w);
    });
  }
}

Crew::~Crew() {
  call_ = nullptr;
  round_.fetch_add(1, std::memory_order_release);
  round_.notify_all();
}

void Crew::run(unsigned workers, Call call, void* what) {
  if (workers > 1) {
    call_ = call;
    what_ = what;
    wanted_ = workers;
    processor_of_caller_ = processor();
    busy_.store(static_cast<std::uint32_t>(threads_.size()), std::memory_order_relaxed);
    round_.fetch_add(1, std::memory_order_release);
    round_.notify_all();
  }
  call(what, 0);
  if (workers == 1) return;
  // All threads answer, also those not wanted: else one might read the next order's words.
  for (auto left = busy_.load(std::memory_order_acquire); left != 0;
       left = busy_.load(std::memory_order_acquire)) {
    patience_.await_change(busy_, left);
  }
}

void Crew::serve(unsigned worker) {
  for (std::uint32_t seen = 0;; ++seen) {
    patience_.await_change(round_, seen);
    if (call_ == nullptr) return;
    if (processor() == processor_of_caller_) move_away(processor_of_caller_, worker);
    if (worker < wanted_) call_(what_, worker);
    if (busy_.fetch_sub(1, std::memory_order_acq_rel) == 1) busy_.notify_one();
  }
}

}  // namespace portflow::kernel

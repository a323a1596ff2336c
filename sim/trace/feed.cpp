#include "trace/feed.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/assert.hpp"

namespace portflow::trace {

Feed::~Feed() {
  for (Sink* sink : shared_) sink->await();
}

void Feed::begin(Batch& batch, std::span<Sink* const> sinks) {
  PORTFLOW_ASSERT(batch_ == nullptr, "a batch before the last one was complete");
  PORTFLOW_ASSERT(!sinks.empty(), "a batch for nobody");
  batch_ = &batch;
  turn_ = 0;
  for (Sink* sink : sinks) (sink->share(batch) ? shared_ : own_).push_back(sink);
}

bool Feed::some(std::size_t rows) noexcept {
  if (turn_ == own_.size()) return false;
  Sink& sink = *own_[turn_];
  try {
    if (sink.in_parts()) {
      if (sink.consume_some(*batch_, rows)) return true;
    } else if (shared_.empty() && turn_ + 1 == own_.size()) {
      sink.take(*batch_);
    } else {
      sink.consume(*batch_);
    }
    return ++turn_ < own_.size();
  } catch (...) {
    thrown_ = std::current_exception();
    turn_ = own_.size();
    return false;
  }
}

std::size_t Feed::elsewhere() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(shared_, [](const Sink* sink) { return sink->is_taking(); }));
}

void Feed::complete() {
  if (batch_ == nullptr) return;
  while (some(std::numeric_limits<std::size_t>::max())) {
  }
  // Also where another sink threw: they read the batch, which would go.
  for (Sink* sink : shared_) sink->await();
  shared_.clear();
  own_.clear();
  turn_ = 0;
  batch_ = nullptr;
  if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
}

}  // namespace portflow::trace

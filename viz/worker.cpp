#include "viz/worker.hpp"

#include <utility>

namespace portflow::viz {

Worker::Worker() : thread_([this] { work(); }) {}

Worker::~Worker() {
  {
    const std::scoped_lock lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Worker::add(std::function<void()> errand) {
  {
    const std::scoped_lock lock(mutex_);
    errands_.push_back(std::move(errand));
  }
  changed_.notify_all();
}

void Worker::wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return errands_.empty() && !working_; });
}

bool Worker::busy() {
  const std::scoped_lock lock(mutex_);
  return !errands_.empty() || working_;
}

void Worker::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return stop_ || !errands_.empty(); });
    if (stop_) return;
    const std::function<void()> errand = std::move(errands_.front());
    errands_.pop_front();
    working_ = true;
    lock.unlock();
    errand();
    lock.lock();
    working_ = false;
    changed_.notify_all();
  }
}

}  // namespace portflow::viz

/// \file worker.hpp
/// One thread that reads files for all who want rows of them, one errand after the other.
///
/// HDF5 is not to be called from two threads at once; so whoever reads a trace after the window
/// stands does it here, and the window never waits.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace portflow::viz {

class Worker {
 public:
  Worker();
  /// Lets the errand in hand end and leaves the others undone.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  void add(std::function<void()> errand);
  /// Blocks until every errand is done.
  void wait();
  [[nodiscard]] bool busy();

 private:
  void work();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> errands_;
  bool stop_{false}, working_{false};
  std::thread thread_;
};

}  // namespace portflow::viz

/// \file live.hpp
/// Follows a run that is still writing: its trace is read again every few seconds, on the worker's
/// thread, and the newer store is handed over when it is whole.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "viz/store.hpp"
#include "viz/worker.hpp"

namespace portflow::viz {

class Live {
 public:
  /// \param path  of the growing file; once the run is done it loses its `.partial`
  Live(std::string path, Worker& worker);

  /// A newer store, once there is one. Asks for the next one `pause` seconds after the last came.
  /// \param seconds  of wall time, from any beginning
  [[nodiscard]] std::unique_ptr<Store> poll(double seconds);
  /// The file that the last store came from.
  [[nodiscard]] std::string path() const;

  static constexpr double pause = 5;

 private:
  struct State {
    mutable std::mutex mutex;
    std::string path;
    std::unique_ptr<Store> ready;
    bool reading{false};
  };
  std::shared_ptr<State> state_;
  Worker& worker_;
  double last_{0};
};

/// `a.h5` of `a.h5.partial`; other names as they are.
[[nodiscard]] std::string finished_name(const std::string& path);

}  // namespace portflow::viz

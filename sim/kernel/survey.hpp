/// \file survey.hpp
/// What more workers could share, window by window.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "kernel/run_options.hpp"

namespace portflow::kernel {

class Survey {
 public:
  /// A window in which the shards handled so many events each.
  void add(std::span<const std::uint64_t> events) {
    std::uint64_t all = 0;
    std::uint64_t most = 0;
    for (const std::uint64_t one : events) {
      all += one;
      most = std::max(most, one);
    }
    events_ += all;
    for (std::size_t i = 0; i < workers.size(); ++i) {
      busiest_[i] += std::max((all + workers[i] - 1) / workers[i], most);
    }
  }

  [[nodiscard]] std::vector<Projection> projections() const {
    std::vector<Projection> result;
    for (std::size_t i = 0; i < workers.size(); ++i) {
      const double speedup =
          busiest_[i] > 0 ? static_cast<double>(events_) / static_cast<double>(busiest_[i]) : 1;
      result.push_back({workers[i], speedup});
    }
    return result;
  }

 private:
  static constexpr std::array<unsigned, 6> workers{2, 4, 8, 16, 32, 64};

  std::uint64_t events_{0};
  std::array<std::uint64_t, workers.size()> busiest_{};  ///< of the worker with most, summed
};

}  // namespace portflow::kernel

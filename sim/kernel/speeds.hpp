/// \file speeds.hpp
/// How quick workers are, held against each other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "kernel/pace.hpp"

namespace portflow::kernel {

/// What a worker did of late.
struct Effort {
  std::uint64_t events{0};
  Pace::Wall wall{0};  ///< that they took, without what he waited for others
};

/// Processors are not all the same, hosts give and take them, and events of some processes take
/// longer than those of others. Who is slower than the rest shall have less to do, since the others
/// wait for him.
class Speeds {
 public:
  explicit Speeds(std::size_t workers) : speeds_(workers, 1.0) {}

  /// Takes in what the first `efforts.size()` workers did. What was known before counts as much,
  /// since a moment says little; and nothing is learnt from less than a few milliseconds of each.
  void learn(std::span<const Effort> efforts);

  /// Of each of the first `workers`, against their mean when they last were looked at; 1 until
  /// then.
  [[nodiscard]] std::span<const double> of_first(std::size_t workers) const {
    return std::span{speeds_}.first(workers);
  }

 private:
  std::vector<double> speeds_;
};

}  // namespace portflow::kernel

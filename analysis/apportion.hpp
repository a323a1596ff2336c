/// \file apportion.hpp
/// Rounding that keeps sums: parts in whole units that add up to the rounded total.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace portflow::analysis {

/// Each part in whole `unit`s, rounded down or up so that they add up to the rounded sum; the
/// largest remainders are rounded up (Hamilton's method), ties by place. Parts may be negative.
/// \pre unit > 0
[[nodiscard]] std::vector<std::int64_t> apportioned(std::span<const std::int64_t> parts,
                                                    std::int64_t unit);

}  // namespace portflow::analysis

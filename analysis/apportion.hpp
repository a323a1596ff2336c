/// \file apportion.hpp
/// Rounding that keeps sums: parts in whole units that add up to the rounded total.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace portflow::analysis {

/// Each part in whole `unit`s, rounded down or up so that they add up to the rounded sum; the
/// largest remainders are rounded up (Hamilton's method), ties by place. Parts may be negative.
/// \param total  what they shall add up to instead, in units: the rounded part of a greater whole
/// \pre unit > 0; `total` only where there are parts
[[nodiscard]] std::vector<std::int64_t> apportioned(std::span<const std::int64_t> parts,
                                                    std::int64_t unit,
                                                    std::optional<std::int64_t> total = {});

}  // namespace portflow::analysis

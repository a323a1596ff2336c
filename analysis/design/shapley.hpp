/// \file shapley.hpp
/// Who did how much of what a package does together.
///
/// A member's share is what it adds on average over all orders in which members could join
/// (L. S. Shapley 1953): shares sum to the whole effect in every replication, and a member that
/// never changes anything has 0. Up to six members all subsets are tried; beyond that, orders are
/// drawn, the same for all replications (J. Castro, D. Gómez and J. Tejada 2009, Computers &
/// Operations Research 36(5), 1726-1730), and the interval covers the luck of both.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "analysis/interval.hpp"

namespace portflow::design {

/// Which members are on: bit i for member i.
using Subset = std::uint64_t;

/// The most members of which all subsets are tried.
inline constexpr std::size_t most_exact = 6;

using Order = std::vector<std::size_t>;

/// `count` orders of `members`, each as likely as any other.
[[nodiscard]] std::vector<Order> drawn_orders(std::size_t members, std::size_t count,
                                              std::uint64_t seed);

/// Every subset that shares need, ascending: all of them for an empty `orders`, else those that
/// arise while members join in these orders.
[[nodiscard]] std::vector<Subset> subsets_for(std::size_t members,
                                              const std::vector<Order>& orders);

struct Share {
  double mean{0};
  std::optional<analysis::Interval> ci95;
  std::vector<double> values;  ///< one a replication, over all orders
};

/// Value of a subset in one replication.
using Worth = std::function<double(Subset, std::size_t)>;

/// \param orders  empty: exact, over all subsets
[[nodiscard]] std::vector<Share> shapley(std::size_t members, const std::vector<Order>& orders,
                                         std::size_t replications, const Worth& worth);

}  // namespace portflow::design

#include "analysis/design/shapley.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <set>

#include "core/hash.hpp"
#include "core/random.hpp"

namespace portflow::design {
namespace {

/// Weight of a subset of `size` others: size! (members - size - 1)! / members!.
double weight(std::size_t size, std::size_t members) {
  double result = 1 / static_cast<double>(members);
  for (std::size_t i = 1; i <= size; ++i) {
    result *= static_cast<double>(i) / static_cast<double>(members - i);
  }
  return result;
}

/// Replications alone are drawn: Student's t.
Share exact_share(std::size_t member, std::size_t members, std::size_t replications,
                  const Worth& worth) {
  Share share;
  const Subset own = Subset{1} << member, all = Subset{1} << members;
  for (std::size_t r = 0; r < replications; ++r) {
    double sum = 0;
    for (Subset others = 0; others < all; ++others) {
      if ((others & own) != 0) continue;
      const auto size = static_cast<std::size_t>(std::popcount(others));
      sum += weight(size, members) * (worth(others | own, r) - worth(others, r));
    }
    share.values.push_back(sum);
  }
  share.ci95 = analysis::mean_interval(share.values);
  return share;
}

/// Orders and replications are both drawn and crossed: their variances add. What the two do
/// together is counted in either, so that the interval is wide rather than narrow.
Share sampled_share(std::size_t member, const std::vector<Order>& orders, std::size_t replications,
                    const Worth& worth) {
  Share share;
  share.values.assign(replications, 0);
  std::vector<double> by_order;
  for (const Order& order : orders) {
    Subset before = 0;
    for (const std::size_t one : order) {
      if (one == member) break;
      before |= Subset{1} << one;
    }
    double sum = 0;
    for (std::size_t r = 0; r < replications; ++r) {
      const double added = worth(before | Subset{1} << member, r) - worth(before, r);
      share.values[r] += added / static_cast<double>(orders.size());
      sum += added;
    }
    by_order.push_back(sum / static_cast<double>(replications));
  }
  if (replications < 2 || orders.size() < 2) return share;
  const auto runs = static_cast<double>(replications), count = static_cast<double>(orders.size());
  const double of_runs = analysis::deviation_of(share.values);
  const double of_orders = analysis::deviation_of(by_order);
  const double error = std::sqrt(of_runs * of_runs / runs + of_orders * of_orders / count);
  const double half = analysis::student_t(0.975, std::min(runs, count) - 1) * error;
  const double mean = analysis::mean_of(share.values);
  share.ci95 = analysis::Interval{mean - half, mean + half};
  return share;
}

}  // namespace

std::vector<Order> drawn_orders(std::size_t members, std::size_t count, std::uint64_t seed) {
  const Draws draws(seed, 0);
  std::vector<Order> orders;
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<double> keys(members);
    for (std::size_t k = 0; k < members; ++k) {
      keys[k] = draws.quantile(i, Point{hash_of("order")}, static_cast<std::uint32_t>(k));
    }
    Order& order = orders.emplace_back(members);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t k) { return keys[k]; });
  }
  return orders;
}

std::vector<Subset> subsets_for(std::size_t members, const std::vector<Order>& orders) {
  std::set<Subset> needed;
  if (orders.empty()) {
    for (Subset one = 0; one < Subset{1} << members; ++one) needed.insert(one);
  }
  for (const Order& order : orders) {
    Subset joined = 0;
    needed.insert(joined);
    for (const std::size_t one : order) needed.insert(joined |= Subset{1} << one);
  }
  return {needed.begin(), needed.end()};
}

std::vector<Share> shapley(std::size_t members, const std::vector<Order>& orders,
                           std::size_t replications, const Worth& worth) {
  std::vector<Share> shares;
  for (std::size_t member = 0; member < members; ++member) {
    shares.push_back(orders.empty() ? exact_share(member, members, replications, worth)
                                    : sampled_share(member, orders, replications, worth));
    if (replications > 0) shares.back().mean = analysis::mean_of(shares.back().values);
  }
  return shares;
}

}  // namespace portflow::design

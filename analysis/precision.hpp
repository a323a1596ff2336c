/// \file precision.hpp
/// Replications that stop by themselves: as many as an interval of a given width takes.
///
/// After each batch the deviation seen so far says how many replications the width would take;
/// the next batch goes there, but never more than doubles what is at hand, so that a lucky
/// first batch does not decide alone. Source: A. M. Law (2015), Simulation Modeling and Analysis,
/// 9.4.1. The count rests on the values only, so it is the same on any number of threads.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "kpi/figure.hpp"

namespace portflow::analysis {

/// The least number of replications that a width is judged by.
inline constexpr std::uint32_t fewest_for_precision = 5;

/// `import_clearance_time=2%`: half of the 95 % interval shall be at most 2 % of the mean; in a
/// comparison, half of the paired difference's interval at most 2 % of the base.
struct Precision {
  std::string kpi;
  double share{0};          ///< 0.02
  std::uint32_t most{200};  ///< replications, reached or not
};

/// \returns a sentence for what is no `KPI=2%`, or not between 0 and 100 %.
[[nodiscard]] Result<Precision> parse_precision(std::string_view text, std::uint32_t most);

/// Index of the KPI that is meant. \returns an input fault with the nearest name, or one for a
/// maximum, which has no interval.
[[nodiscard]] Result<std::size_t> find_goal(const Precision& goal,
                                            const std::vector<kpi::Figure>& figures);

/// Where a batch ends, and how wide the interval is by now.
struct Step {
  std::optional<double> reached;  ///< half of the interval as a share; empty: not known
  std::uint32_t next{0};          ///< total number of replications to go on to; 0: done
};

/// \param values     what the interval is of, one a replication
/// \param reference  what the width is a share of
/// \param have       replications made, with a value or not
[[nodiscard]] Step next_step(const Precision& goal, std::span<const double> values,
                             double reference, std::uint32_t have);

}  // namespace portflow::analysis

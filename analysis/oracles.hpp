/// \file oracles.hpp
/// Queues whose answer theory knows, run through the whole path from YAML to KPI.
///
/// An oracle is a scenario file, settings, and claims: what a KPI must be in the long run. A
/// claim holds when theory lies inside the 99 % t interval over replications *and* that
/// interval is narrow enough to mean it: half of it under 3 % of the mean. Lengths of runs
/// were designed for 2.2 %, from the asymptotic variances of these queues.
///
/// By design each claim fails one seed in a hundred although nothing is wrong, so about one
/// seed in four or five shows some failure among all of them. A bug shows with most seeds, bad
/// luck with few: before believing either, run other seeds.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/interval.hpp"
#include "core/error.hpp"

namespace portflow::analysis {

/// The widest half of an interval that means something, as a share of the mean.
inline constexpr double widest_half = 0.03;

/// What theory says of one KPI.
struct Claim {
  std::string kpi;   ///< name, as in the results
  double theory{0};  ///< in the KPI's unit
};

/// A queue with a known answer.
struct Oracle {
  std::string name;                   ///< `M/M/8, load 0.9`
  std::string file;                   ///< in the folder of oracles
  std::vector<std::string> settings;  ///< as run::Request::settings
  std::uint32_t replications{0};
  std::vector<Claim> claims;
};

/// All that are tested, by growing difficulty.
[[nodiscard]] std::vector<Oracle> oracles();

/// What the simulation says to a claim.
struct Judgement {
  Claim claim;
  std::string unit;
  double mean{0};   ///< over replications
  Interval ci99{};  ///< of that mean

  /// Half of the interval as a share of the mean.
  [[nodiscard]] double half_width() const { return (ci99.high - ci99.low) / 2 / mean; }
  [[nodiscard]] bool narrow() const { return half_width() < widest_half; }
  [[nodiscard]] bool covered() const {
    return ci99.low <= claim.theory && claim.theory <= ci99.high;
  }
  [[nodiscard]] bool holds() const { return narrow() && covered(); }
};

/// How oracles are consulted.
struct Consultation {
  std::string folder;     ///< with the oracles' scenario files
  std::uint64_t seed{1};  ///< each oracle derives its own from it and from its name
  unsigned threads{1};
};

/// Judges claims on a KPI by its values, one a replication. \pre two values or more
[[nodiscard]] Judgement judge(const Claim& claim, const std::vector<double>& values);

/// Runs all replications of an oracle. \returns one judgement a claim, or the input's faults
[[nodiscard]] Result<std::vector<Judgement>> consult(const Oracle& oracle, const Consultation& how);

}  // namespace portflow::analysis

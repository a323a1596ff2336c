/// \file sensitivity.hpp
/// `portflow sensitivity`: which numbers that nobody has measured matter most.
///
/// Every number of the scenario that is an assumption or a proxy is moved by itself, by the same
/// share, and the KPIs are compared under the same luck. Its score is the largest relative change
/// of a KPI over the relative change of the number (an elasticity), weighted by how weak its
/// evidence is: 1 for an assumption, one half for a proxy. A distribution, and a number with a case
/// for each category, count as one. What cannot be moved by itself (one share of a choice, a number
/// held by a bound) is counted and listed.
///
/// One number at a time says nothing of two that act together; and a KPI that answers in steps, as
/// a whole number of berths does, is told by its step.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "analysis/calibration/wording.hpp"
#include "core/error.hpp"
#include "policy/selector.hpp"
#include "run/run.hpp"

namespace portflow::calibration {

/// A number that rests on little.
struct WeakNumber {
  policy::Path path;
  spec::Confidence confidence{spec::Confidence::assumption};
  std::string text;  ///< as written
  Place place;
};

/// In the order of the tree; numbers that frame the run (horizon, KPIs, published figures, places
/// on the map) are left out.
[[nodiscard]] std::vector<WeakNumber> weak_numbers(const spec::Node& scenario);

/// What moving one number did.
struct Influence {
  WeakNumber number;
  double moved{0};                             ///< relative change of the number
  std::vector<std::optional<double>> effects;  ///< relative change of each KPI
  std::size_t strongest{0};                    ///< index of the KPI that answered most
  double elasticity{0};                        ///< of that KPI, with its sign
  double score{0};
  std::string refused;  ///< why it could not be moved; empty where it was
};

struct Sensitivity {
  std::string file, scenario;
  std::vector<std::string> kpis;
  double share{0.1};
  std::uint32_t replications{1};
  std::uint64_t seed{0};
  std::vector<Influence> numbers;  ///< by score, then by path; refused ones last
};

struct SensitivityOptions {
  std::vector<std::string> kpis;  ///< empty: those of the scenario with a target, but for maxima
  double share{0.1};
  std::uint32_t replications{1};
  unsigned threads{1};
  std::function<bool(double)> progress{};
};

[[nodiscard]] Result<Sensitivity> sensitivity(const run::Request& request,
                                              const SensitivityOptions& options);

/// The first `count` rows, or all.
[[nodiscard]] Grid grid_of(const Sensitivity& sensitivity, std::size_t count);
[[nodiscard]] std::string markdown_of(const Sensitivity& sensitivity, std::size_t count);
[[nodiscard]] std::string to_json(const Sensitivity& sensitivity);

}  // namespace portflow::calibration

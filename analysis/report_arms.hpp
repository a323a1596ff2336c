/// \file report_arms.hpp
/// What a page draws from: the anatomies of one arm, or of two that are paired by replication.
#pragma once

#include <span>
#include <vector>

#include "analysis/compare.hpp"
#include "analysis/portrait.hpp"

namespace portflow::analysis {

/// Anatomies by replication; none is null. They live in what they were taken from.
struct Arms {
  std::vector<const Anatomy*> base;    ///< A, or the one arm there is
  std::vector<const Anatomy*> policy;  ///< B, as many; empty: one arm alone
  SimTime cohort_from{}, to{};
  [[nodiscard]] bool paired() const noexcept { return !policy.empty(); }
  [[nodiscard]] std::size_t runs() const noexcept { return base.size(); }
  /// Of the arm, or of both after each other.
  [[nodiscard]] std::vector<const Anatomy*> all() const;
};

[[nodiscard]] Arms arms_of(const Comparison& comparison);
[[nodiscard]] Arms arms_of(const Portrait& portrait);

}  // namespace portflow::analysis

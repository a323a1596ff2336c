/// \file finding.hpp
/// One line of an analysis, and what it may claim.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/interval.hpp"
#include "analysis/study/response.hpp"

namespace portflow::study {

struct Finding {
  std::string kpi, unit;
  std::string what;     ///< effect, interaction, morris_mu_star, sobol_total, share, ...
  std::string subject;  ///< the factor or member; `a x b` for pairs
  double estimate{0};
  std::optional<analysis::Interval> ci95;
  std::optional<double> p, p_holm;
  std::string remark;

  /// Adds to the remark.
  void note(const std::string& text);
};

/// A finding about a KPI, with what holds for all of that KPI in its remark.
[[nodiscard]] Finding finding_of(const Response& response, std::string what, std::string subject,
                                 double estimate);

/// Rests `finding` on one value a replication: mean, t interval and p; of a maximum the range
/// over replications, as a remark, and p by the signs.
void rest_on(Finding& finding, const Response& response, std::span<const double> values);

/// Fills `p_holm` of those from `first` on that have a p: a table that is read as a whole.
void correct_for_many(std::vector<Finding>& findings, std::size_t first);

}  // namespace portflow::study

#include "analysis/study/finding.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/estimate.hpp"
#include "analysis/significance.hpp"

namespace portflow::study {

void Finding::note(const std::string& text) {
  remark += (remark.empty() ? "" : "; ") + text;
}

Finding finding_of(const Response& response, std::string what, std::string subject,
                   double estimate) {
  Finding finding{response.heading.name,
                  response.heading.unit,
                  std::move(what),
                  std::move(subject),
                  estimate,
                  {},
                  {},
                  {},
                  {}};
  if (response.restricted) finding.note("restricted");
  if (response.left_out > 0) {
    finding.note(fmt::format("{} replications left out", response.left_out));
  }
  return finding;
}

void rest_on(Finding& finding, const Response& response, std::span<const double> values) {
  finding.estimate = analysis::mean_of(values);
  if (!analysis::is_maximum(response.heading)) {
    finding.ci95 = analysis::mean_interval(values);
    finding.p = analysis::t_test(values);
    return;
  }
  finding.ci95.reset();
  finding.p.reset();
  const auto [least, greatest] = std::ranges::minmax(values);
  if (least != 0 || greatest != 0) finding.p = analysis::sign_test(analysis::signs_of(values));
  finding.note(fmt::format("a maximum: {:.4g} .. {:.4g} over replications", least, greatest));
}

void correct_for_many(std::vector<Finding>& findings, std::size_t first) {
  std::vector<double> p;
  for (std::size_t i = first; i < findings.size(); ++i) {
    if (findings[i].p) p.push_back(*findings[i].p);
  }
  const auto adjusted = analysis::holm(p);
  std::size_t next = 0;
  for (std::size_t i = first; i < findings.size(); ++i) {
    if (findings[i].p) findings[i].p_holm = adjusted[next++];
  }
}

}  // namespace portflow::study

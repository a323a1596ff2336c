#include "analysis/study/sweep.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/design/effects.hpp"
#include "analysis/design/sobol_indices.hpp"
#include "analysis/interval.hpp"
#include "analysis/study/effective.hpp"
#include "analysis/study/response.hpp"
#include "run/measures.hpp"

namespace portflow::study {
namespace {

/// Means over replications, point by point.
std::vector<double> means_of(const Response& response) {
  std::vector<double> means(response.values.front().size(), 0);
  for (const auto& row : response.values) {
    for (std::size_t i = 0; i < means.size(); ++i) means[i] += row[i];
  }
  for (double& mean : means) mean /= static_cast<double>(response.values.size());
  return means;
}

/// Findings of one KPI.
class Analyst {
 public:
  Analyst(const Study& study, const design::Matrix& points, const Response& response,
          std::vector<Finding>& out)
      : study_(study), points_(points), response_(response), out_(out) {}

  void run() {
    switch (study_.design.kind) {
      case Design::Kind::full:
      case Design::Kind::fractional:
      case Design::Kind::plackett_burman: {
        const bool two = std::ranges::all_of(
            study_.factors, [](const Factor& factor) { return factor.levels == 2; });
        const bool pairs = study_.design.kind != Design::Kind::plackett_burman;
        if (two || !pairs) add(design::effects(points_, response_.values, pairs));
        break;
      }
      case Design::Kind::one_at_a_time:
        add(design::differences_to_first(points_, response_.values));
        break;
      case Design::Kind::morris:
        add_morris();
        break;
      case Design::Kind::sobol:
        add_sobol();
        break;
      default:
        break;
    }
  }

 private:
  [[nodiscard]] std::string subject(const std::vector<std::size_t>& factors) const {
    std::string text;
    for (const std::size_t k : factors)
      text += (text.empty() ? "" : " x ") + study_.factors[k].name;
    return text;
  }

  Finding& add(std::string what, std::string subject, double estimate,
               std::optional<analysis::Interval> interval) {
    out_.push_back(finding_of(response_, std::move(what), std::move(subject), estimate));
    out_.back().ci95 = interval;
    return out_.back();
  }

  void add(const std::vector<design::Effect>& effects) {
    const std::size_t first = out_.size();
    for (const design::Effect& one : effects) {
      const char* kind = one.factors.size() > 1 ? "interaction" : "effect";
      Finding& finding = add(kind, subject(one.factors), one.mean, {});
      rest_on(finding, response_, one.values);
      for (const auto& other : one.mixed_up) finding.note("mixed up with " + subject(other));
    }
    correct_for_many(out_, first);
  }

  void add_morris() {
    const auto found = design::elementary_effects(points_, means_of(response_));
    for (std::size_t k = 0; k < found.size(); ++k) {
      const std::string name = study_.factors[k].name;
      add("morris_mu_star", name, found[k].mu_star, found[k].mu_star_ci95);
      add("morris_mu", name, found[k].mu, {});
      add("morris_sigma", name, found[k].sigma, {});
    }
  }

  void add_sobol() {
    const auto found = design::sobol_indices(study_.factors.size(), study_.design.base,
                                             means_of(response_), study_.base.seed.value_or(1));
    const std::string verdict =
        found.variance > 0
            ? fmt::format("{}: the widest interval reaches {:.2g} to each side, {} asked",
                          found.enough ? "enough" : "not enough", found.widest, design::wide_enough)
            : "the KPI does not vary";
    for (std::size_t k = 0; k < found.factors.size(); ++k) {
      const design::SobolIndex& one = found.factors[k];
      add("sobol_first", study_.factors[k].name, one.first, one.first_ci95).note(verdict);
      add("sobol_total", study_.factors[k].name, one.total, one.total_ci95).note(verdict);
    }
  }

  const Study& study_;
  const design::Matrix& points_;
  const Response& response_;
  std::vector<Finding>& out_;
};

}  // namespace

Result<std::vector<Arm>> arms_of(const Study& study, const design::Matrix& points) {
  std::vector<std::string> named = study.base.measures;
  for (const Factor& factor : study.factors) {
    if (factor.kind != Factor::Kind::measure) continue;
    named.insert(named.end(), factor.words.begin(), factor.words.end());
  }
  const auto known = run::load_measures(study.base.scenario, named);
  if (!known) return tl::unexpected(known.error());
  std::vector<Arm> arms;
  for (std::size_t i = 0; i < points.size(); ++i) {
    Arm arm{fmt::format("point {}", i), study.base};
    for (std::size_t k = 0; k < study.factors.size(); ++k) {
      study.factors[k].apply(points[i][k], arm.request);
    }
    arm.request.measures = effective(std::move(arm.request.measures), *known);
    arms.push_back(std::move(arm));
  }
  return arms;
}

std::vector<Levels> levels_of(const Study& study, const design::Matrix& points) {
  std::vector<Levels> levels;
  for (std::size_t k = 0; k < study.factors.size(); ++k) {
    Levels& one = levels.emplace_back();
    one.name = study.factors[k].name;
    for (const auto& point : points) one.at.push_back(study.factors[k].text_at(point[k]));
  }
  return levels;
}

std::vector<Finding> analyse(const Study& study, const design::Matrix& points,
                             const Campaign& campaign, const std::vector<std::string>& kpis) {
  std::vector<Finding> findings;
  for (const std::string& kpi : kpis) {
    const Response response = response_of(campaign, kpi);
    if (!response.values.empty()) Analyst{study, points, response, findings}.run();
  }
  return findings;
}

}  // namespace portflow::study

#include "analysis/judge.hpp"

#include <algorithm>

#include "analysis/significance.hpp"

namespace portflow::analysis {
namespace {

struct Differences {
  std::vector<double> base, policy, difference;
};

Differences differences_of(const Pair& pair) {
  Differences result;
  for (std::size_t run = 0; run < pair.base.values.size(); ++run) {
    if (!pair.base.values[run] || !pair.policy.values[run]) continue;
    result.base.push_back(*pair.base.values[run]);
    result.policy.push_back(*pair.policy.values[run]);
    result.difference.push_back(*pair.policy.values[run] - *pair.base.values[run]);
  }
  return result;
}

/// \param direction  < 0, 0 (undecided) or > 0
Verdict verdict_of(kpi::Better better, double direction) {
  if (direction == 0) return Verdict::cannot_tell;
  if (better == kpi::Better::neither) return direction < 0 ? Verdict::down : Verdict::up;
  return (direction < 0) == (better == kpi::Better::lower) ? Verdict::better : Verdict::worse;
}

/// Decides by the signs of the differences alone.
void judge_signs(Pair& pair, const std::vector<double>& difference) {
  pair.signs = signs_of(difference);
  pair.p = sign_test(*pair.signs);
  pair.more_replications = more_pairs(*pair.signs);
  if (*pair.p >= tolerated_error) return;
  pair.verdict =
      verdict_of(pair.base.heading.better, pair.signs->above > pair.signs->below ? 1.0 : -1.0);
}

/// Neither arm ever saw a case (or ever missed one): the difference lies within both bounds.
void judge_bounds(Pair& pair) {
  pair.difference_ci95 = Interval{pair.policy.ci95->low - pair.base.ci95->high,
                                  pair.policy.ci95->high - pair.base.ci95->low};
}

void judge_mean(Pair& pair, const std::vector<double>& difference) {
  const auto [least, greatest] = std::ranges::minmax(difference);
  if (least == greatest && pair.base.bounded && pair.policy.bounded && least == 0) {
    judge_bounds(pair);
    return;
  }
  // Equal differences leave a t interval no width, which would be sure of anything after two
  // replications; their signs are all the evidence there is.
  if (least == greatest && least != 0) {
    judge_signs(pair, difference);
    return;
  }
  pair.difference_ci95 = mean_interval(difference);
  pair.p = t_test(difference);
  pair.more_replications = more_replications(difference);
  if (!pair.difference_ci95) return;
  const double direction = pair.difference_ci95->low > 0    ? 1
                           : pair.difference_ci95->high < 0 ? -1
                                                            : 0;
  pair.verdict = verdict_of(pair.base.heading.better, direction);
  if (direction == 0 && pair.more_replications == 0u) pair.more_replications.reset();
}

/// A maximum has no t interval: it has a range, and only the signs of its differences may decide.
void judge_maximum(Pair& pair, const std::vector<double>& difference) {
  const auto [least, greatest] = std::ranges::minmax(difference);
  pair.difference_range = Interval{least, greatest};
  judge_signs(pair, difference);
}

}  // namespace

std::string_view name_of(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::same:
      return "same";
    case Verdict::better:
      return "better";
    case Verdict::worse:
      return "worse";
    case Verdict::up:
      return "up";
    case Verdict::down:
      return "down";
    default:
      return "cannot tell";
  }
}

void judge(Pair& pair) {
  const Differences known = differences_of(pair);
  pair.pairs = static_cast<std::uint32_t>(known.difference.size());
  if (known.difference.empty()) return;
  pair.difference = mean_of(known.difference);
  pair.correlation = correlation(known.base, known.policy);
  if (is_maximum(pair.base.heading)) {
    judge_maximum(pair, known.difference);
  } else {
    judge_mean(pair, known.difference);
  }
  const bool all_zero = std::ranges::all_of(known.difference, [](double d) { return d == 0; });
  const bool alike = pair.entities_different == 0 && pair.base.unfinished == pair.policy.unfinished;
  if (all_zero && alike) {
    pair.verdict = Verdict::same;
    pair.more_replications = 0;
    pair.p.reset();
  }
}

void correct_for_many(std::vector<Pair>& pairs) {
  std::vector<Pair*> family;
  std::vector<double> p;
  for (Pair& pair : pairs) {
    if (pair.base.heading.automatic || !pair.p) continue;
    family.push_back(&pair);
    p.push_back(*pair.p);
  }
  const std::vector<double> adjusted = holm(p);
  for (std::size_t i = 0; i < family.size(); ++i) family[i]->p_holm = adjusted[i];
}

}  // namespace portflow::analysis

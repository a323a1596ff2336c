#include "analysis/expectation.hpp"

#include <algorithm>

namespace portflow::analysis {
namespace {

/// -1, 0 or 1 where the sign of the difference is decided.
int sign_of(const Pair& pair) {
  switch (pair.verdict) {
    case Verdict::same:
    case Verdict::cannot_tell:
      return 0;
    default:
      return *pair.difference < 0 ? -1 : 1;
  }
}

Outcome outcome_of(const Pair& pair, const std::string& promise) {
  if (!pair.difference) return Outcome::unmeasured;
  if (pair.verdict == Verdict::same) {
    return promise == "down" || promise == "up" ? Outcome::broken : Outcome::kept;
  }
  if (promise == "unchanged") return Outcome::broken;
  const int sign = sign_of(pair);
  if (sign == 0) return Outcome::open;
  const bool down = promise == "down" || promise == "not_up";
  return (sign < 0) == down ? Outcome::kept : Outcome::broken;
}

/// Whether two KPIs share entities: the same one, or a group (`name.category`) and its whole.
bool related(const std::string& a, const std::string& b) {
  return a == b || a.starts_with(b + ".") || b.starts_with(a + ".");
}

std::string rival_of(const Comparison& comparison, const MeasureNote& note,
                     const std::string& kpi) {
  for (const MeasureNote& other : comparison.measures) {
    if (other.id == note.id || other.in_base || !other.in_policy) continue;
    for (const auto& [name, promise] : other.expect) {
      if (related(name, kpi)) return other.id;
    }
  }
  return {};
}

Expectation judge(const Comparison& comparison, const MeasureNote& note, const std::string& kpi,
                  const std::string& promise) {
  Expectation result{note.id, kpi, promise, Outcome::unmeasured, {}, nullptr};
  const auto found = std::ranges::find_if(
      comparison.kpis, [&](const Pair& pair) { return pair.base.heading.name == kpi; });
  if (found == comparison.kpis.end()) return result;
  result.pair = &*found;
  result.outcome = outcome_of(*found, promise);
  if (result.outcome == Outcome::unmeasured || found->verdict == Verdict::same) return result;
  result.mixed_with = rival_of(comparison, note, kpi);
  if (!result.mixed_with.empty()) result.outcome = Outcome::mixed;
  return result;
}

}  // namespace

std::vector<Expectation> expectations_of(const Comparison& comparison) {
  std::vector<Expectation> result;
  for (const MeasureNote& note : comparison.measures) {
    if (note.in_base || !note.in_policy) continue;
    for (const auto& [kpi, promise] : note.expect) {
      result.push_back(judge(comparison, note, kpi, promise));
    }
    for (const std::string& kpi : note.unchanged) {
      result.push_back(judge(comparison, note, kpi, "unchanged"));
    }
  }
  return result;
}

}  // namespace portflow::analysis

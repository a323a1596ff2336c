#include "analysis/calibration/calibrate.hpp"

#include <fmt/format.h>

#include <cmath>
#include <map>

#include "analysis/calibration/observe.hpp"

namespace portflow::calibration {
namespace {

/// What is bad enough for a figure that was not observed at all.
constexpr double unobserved = 1e6;

/// Tries points, each once.
class Trials {
 public:
  Trials(const Problem& problem, const CalibrateOptions& options)
      : problem_{problem}, options_{options} {}

  std::optional<Fault> fault;
  bool interrupted{false};
  std::optional<Found> first, best;
  std::uint32_t count{0};

  /// \param point  in the unit cube
  Trial at(std::span<const double> point) {
    std::vector<std::string> values;
    for (std::size_t i = 0; i < problem_.parameters.size(); ++i) {
      const Parameter& one = problem_.parameters[i];
      values.push_back(one.text_of(one.least + point[i] * (one.most - one.least)));
    }
    if (const auto known = known_.find(values); known != known_.end()) {
      return {known->second, enough()};
    }
    auto found = run(values);
    if (!found) {
      fault = std::move(found.error());
      return {0, true};
    }
    if (interrupted) return {0, true};
    ++count;
    known_.emplace(std::move(values), found->badness);
    if (options_.on_trial) options_.on_trial(*found, count);
    const double badness = found->badness;
    if (!first) first = *found;
    if (!best || badness < best->badness) best = std::move(*found);
    return {badness, enough()};
  }

  [[nodiscard]] bool enough() const {
    if (!best) return false;
    for (std::size_t i = 0; i < problem_.targets.size(); ++i) {
      const Target& target = problem_.targets[i];
      const auto& figure = best->figures[i];
      if (!figure || std::abs(*figure - *target.row.value) > target.tolerance) return false;
    }
    return true;
  }

 private:
  Result<Found> run(const std::vector<std::string>& values) {
    const auto fields = turned(problem_, values);
    if (!fields) return tl::unexpected(fields.error());
    run::Request request = problem_.request;
    for (std::string& setting : settings_of(*fields))
      request.settings.push_back(std::move(setting));
    const auto prepared = run::prepare(request);
    if (!prepared) return tl::unexpected(prepared.error());
    analysis::RunMany many;
    many.replications = problem_.replications;
    many.threads = options_.threads;
    many.progress = [this](double share) {
      return options_.progress &&
             options_.progress((count + share) / static_cast<double>(problem_.evaluations));
    };
    std::vector<spec::Published> rows;
    for (const Target& target : problem_.targets) rows.push_back(target.row);
    const auto runs = observe(**prepared, rows, many);
    if (!runs) return tl::unexpected(runs.error());
    Found found{values, {}, 0};
    for (const Target& target : problem_.targets) {
      double sum = 0;
      std::size_t seen = 0;
      for (const Observation& one : *runs) {
        interrupted = interrupted || one.outcome.stopped;
        const auto value = value_of(target.row, one);
        if (!value) continue;
        sum += *value;
        ++seen;
      }
      if (seen == 0) {
        found.figures.emplace_back();
        found.badness += unobserved;
        continue;
      }
      found.figures.emplace_back(sum / static_cast<double>(seen));
      const double off = (*found.figures.back() - *target.row.value) / target.tolerance;
      found.badness += off * off;
    }
    found.badness /= static_cast<double>(problem_.targets.size());
    return found;
  }

  const Problem& problem_;
  const CalibrateOptions& options_;
  std::map<std::vector<std::string>, double> known_;
};

}  // namespace

bool Calibration::within(std::size_t target, const Found& at) const {
  const Target& one = problem.targets[target];
  const auto& figure = at.figures[target];
  return figure && std::abs(*figure - *one.row.value) <= one.tolerance;
}

Result<Calibration> calibrate(Problem problem, const CalibrateOptions& options) {
  Search search;
  search.method = problem.method;
  search.evaluations = problem.evaluations;
  for (const Parameter& one : problem.parameters) {
    search.start.push_back((one.start - one.least) / (one.most - one.least));
  }
  Trials trials{problem, options};
  minimise(search, [&](std::span<const double> point) { return trials.at(point); });
  if (trials.fault) return tl::unexpected(std::move(*trials.fault));
  if (!trials.best) return fail(Failure::limit, "interrupted before the first trial was done");
  auto fields = turned(problem, trials.best->values);
  if (!fields) return tl::unexpected(fields.error());
  Calibration result;
  result.before = *trials.first;
  result.after = *trials.best;
  result.trials = trials.count;
  result.fields = std::move(*fields);
  if (trials.enough()) {
    result.ending = Ending::within_tolerance;
  } else if (trials.interrupted) {
    result.ending = Ending::interrupted;
  } else {
    result.ending = trials.count < problem.evaluations ? Ending::small_steps : Ending::budget;
  }
  result.problem = std::move(problem);
  return result;
}

std::string ending_text(const Calibration& calibration) {
  const std::string trials = fmt::format(
      "{} trial{} of {} replication{}", calibration.trials, calibration.trials == 1 ? "" : "s",
      calibration.problem.replications, calibration.problem.replications == 1 ? "" : "s");
  switch (calibration.ending) {
    case Ending::within_tolerance:
      return trials + ": every target is within its tolerance";
    case Ending::budget:
      return trials + ": the budget is spent, and not every target is within its tolerance";
    case Ending::small_steps:
      return trials + ": no step brings anything, and not every target is within its tolerance";
    case Ending::interrupted:
      return trials + ": interrupted";
  }
  return trials;
}

}  // namespace portflow::calibration

#include "analysis/time_branches.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "analysis/apportion.hpp"
#include "analysis/report_words.hpp"

namespace portflow::analysis {
namespace {

constexpr std::size_t most_steps = 9;
constexpr double fine = 1e6;  ///< parts are apportioned in millionths of the unit

void add(Part& part, std::size_t run, bool policy, double value, std::size_t runs) {
  auto& arm = policy ? part.values.policy : part.values.base;
  arm.resize(runs, 0.0);
  auto& slot = arm[run];
  slot = *slot + value;
}

/// A part that one arm alone has was 0 in the other.
void fill(Part& part, std::size_t runs, bool paired) {
  part.values.base.resize(runs, 0.0);
  if (paired) part.values.policy.resize(runs, 0.0);
}

/// What is beyond the most that are shown, as one branch.
void lump(std::vector<Branch>& branches, const Tongue& say) {
  if (branches.size() <= most_steps + 1) return;
  const bool paired = !branches.front().step.values.policy.empty();
  Branch rest;
  rest.step.name = fmt::format(fmt::runtime(say("其余 {} 个环节", "{} further steps")),
                               branches.size() - most_steps);
  const std::size_t runs = branches.front().step.values.base.size();
  for (std::size_t i = most_steps; i < branches.size(); ++i) {
    for (std::size_t run = 0; run < runs; ++run) {
      add(rest.step, run, false, *branches[i].step.values.base[run], runs);
      if (!paired) continue;
      add(rest.step, run, true, *branches[i].step.values.policy[run], runs);
    }
  }
  branches.resize(most_steps);
  branches.push_back(std::move(rest));
}

}  // namespace

const TimeTree* find_tree(const Anatomy& anatomy, const std::string& kpi) {
  const auto found = std::ranges::find(anatomy.trees, kpi, &TimeTree::kpi);
  return found == anatomy.trees.end() || found->count == 0 ? nullptr : &*found;
}

std::vector<Branch> branches_of(const Arms& arms, const kpi::Figure& heading, const Tongue& say) {
  const std::string& kpi = heading.name;
  const double unit = milliseconds_of(heading.unit);
  const std::size_t runs = arms.runs();
  std::map<std::string, Branch> steps;
  std::map<std::pair<std::string, Cause>, Part> causes;
  Branch rest;
  rest.step.name = say("路径尚不可知（实体未结束）", "path not known (entity not at its end)");
  bool any_rest = false;
  for (std::size_t run = 0; run < runs; ++run) {
    for (const bool policy : {false, true}) {
      if (policy && !arms.paired()) continue;
      const TimeTree* tree = find_tree(*(policy ? arms.policy : arms.base)[run], kpi);
      if (tree == nullptr) return {};
      const double per_entity = 1.0 / (unit * static_cast<double>(tree->count));
      for (const TimePart& part : tree->parts) {
        const double value = static_cast<double>(part.ms) * per_entity;
        add(steps[part.step].step, run, policy, value, runs);
        add(causes[{part.step, part.cause}], run, policy, value, runs);
      }
      add(rest.step, run, policy, static_cast<double>(tree->not_known) * per_entity, runs);
      any_rest = any_rest || tree->not_known != 0;
    }
  }
  std::vector<Branch> result;
  for (auto& [step, branch] : steps) {
    branch.step.name = step_text(step, say);
    for (auto& [key, part] : causes) {
      if (key.first != step) continue;
      part.name = cause_text(key.second, say);
      branch.causes.push_back(part);
    }
    result.push_back(std::move(branch));
  }
  if (any_rest) result.push_back(std::move(rest));
  for (Branch& branch : result) {
    fill(branch.step, runs, arms.paired());
    for (Part& cause : branch.causes) fill(cause, runs, arms.paired());
    branch.step.size = branch.step.mean(false);
    if (!arms.paired()) continue;
    branch.step.size = std::max(std::abs(branch.step.change()),
                                std::max(branch.step.mean(false), branch.step.mean(true)) / 10);
  }
  std::ranges::stable_sort(result, std::greater{},
                           [](const Branch& branch) { return branch.step.size; });
  lump(result, say);
  return result;
}

PairedValues whole_of(const Arms& arms, const kpi::Figure& heading) {
  PairedValues whole;
  for (const auto* anatomies : {&arms.base, &arms.policy}) {
    auto& values = anatomies == &arms.base ? whole.base : whole.policy;
    for (const Anatomy* anatomy : *anatomies) {
      const TimeTree* tree = find_tree(*anatomy, heading.name);
      values.push_back(static_cast<double>(tree->total) / static_cast<double>(tree->count) /
                       milliseconds_of(heading.unit));
    }
  }
  return whole;
}

Column column(const std::vector<Branch>& branches, int decimals,
              const std::function<double(const Part&)>& value) {
  const double units = std::pow(10, decimals);
  const auto unit = static_cast<std::int64_t>(fine / units);
  const auto shown = [&](std::int64_t whole) { return static_cast<double>(whole) / units; };
  std::vector<std::int64_t> parts;
  for (const Branch& branch : branches) parts.push_back(std::llround(value(branch.step) * fine));
  const std::vector<std::int64_t> steps = apportioned(parts, unit);
  Column result;
  result.whole = shown(std::accumulate(steps.begin(), steps.end(), std::int64_t{0}));
  for (std::size_t i = 0; i < steps.size(); ++i) {
    result.steps.push_back(shown(steps[i]));
    auto& causes = result.causes.emplace_back();
    if (branches[i].causes.empty()) continue;
    parts.clear();
    for (const Part& cause : branches[i].causes) parts.push_back(std::llround(value(cause) * fine));
    for (const std::int64_t cause : apportioned(parts, unit, steps[i])) {
      causes.push_back(shown(cause));
    }
  }
  return result;
}

}  // namespace portflow::analysis

/// \file demonstration.hpp
/// A measure by itself, on the scenarios on which its file says that it shows what it does.
///
/// Each arm runs the replications that the file asks for, paired, under the same luck. A promised
/// direction holds where the 95 % interval of the paired difference excludes zero (of a maximum:
/// where the signs decide); what shall be unchanged must be so in every entity.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analysis/compare.hpp"
#include "analysis/expectation.hpp"
#include "policy/measure.hpp"

namespace portflow::analysis {

/// What one KPI did on one scenario while the measure was on.
struct Effect {
  std::string kpi, unit;
  trace::Label title;
  std::string promise;  ///< down, up, not_down, not_up
  Outcome outcome{Outcome::unmeasured};
  std::string scenario;  ///< as the measure's file names it
  std::uint32_t replications{0};
  std::optional<double> base, policy, difference;  ///< means over replications, in `unit`
  std::optional<Interval> ci95;                    ///< of the mean difference; empty for maxima
  std::optional<Interval> range;                   ///< maxima: least and greatest difference
};

/// A KPI that must not change, over all scenarios on which it was measured.
struct Untouched {
  std::string kpi;
  std::uint64_t entities{0};   ///< compared, over all replications
  std::uint64_t different{0};  ///< of them; 0 where the promise holds
  bool measured{false};
};

/// One scenario's pair of arms.
struct Stage {
  std::string scenario;
  std::vector<std::string> parts;  ///< that were on; empty: all
  std::uint32_t replications{0};
  std::uint64_t seed{0};
  std::uint64_t base_fingerprint{0}, policy_fingerprint{0};
};

struct Demonstration {
  std::string measure;
  std::string engine;
  std::vector<std::string> edits;  ///< as its file had them: `m03: PATH set 3 %`
  std::vector<Stage> stages;
  std::vector<Effect> effects;  ///< by KPI: the scenario that decides, else the last one
  std::vector<Untouched> untouched;
};

/// Baselines of demonstrations that are made one after the other: each is run once.
class Baselines {
 public:
  Baselines();
  ~Baselines();
  Baselines(const Baselines&) = delete;
  Baselines& operator=(const Baselines&) = delete;

  struct Impl;
  [[nodiscard]] Impl& impl() const noexcept { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

/// \returns an input fault where the file shows nothing (`shown`)
[[nodiscard]] Result<Demonstration> demonstrate(const policy::Measure& measure,
                                                const Baselines& baselines, unsigned threads,
                                                const std::function<bool(double)>& progress);

/// Each edit in one line, with its part; what a result rests on.
[[nodiscard]] std::vector<std::string> edits_of(const policy::Measure& measure);

/// Results of `demonstrate` as JSON, and back. \returns a disk fault for what is no such text
[[nodiscard]] std::string to_json(const std::vector<Demonstration>& all);
[[nodiscard]] Result<std::vector<Demonstration>> read_demonstrations(const std::string& path);

}  // namespace portflow::analysis

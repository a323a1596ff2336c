/// \file shapes.hpp
/// How the instants at which something happens lie: the busiest day, and how even the gaps are.
///
/// No KPI tells these, since KPIs add over entities. They are read from the marks of the cohort.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "spec/formula.hpp"
#include "trace/batch.hpp"
#include "trace/schema.hpp"

namespace portflow::calibration {

/// The greatest number on one day of the clock over the mean of all days in [from, to).
[[nodiscard]] std::optional<double> busiest_day(const std::vector<SimTime>& instants, SimTime from,
                                                SimTime to);

/// Square of the mean of the gaps over their variance; empty for fewer than three instants, or
/// gaps that do not vary.
[[nodiscard]] std::optional<double> gap_order(std::vector<SimTime> instants);

/// Collects the instants that formulas ask for.
class Shapes final : public trace::Sink {
 public:
  /// \param terms  of which those of marks are collected
  Shapes(const trace::Schema& schema, const std::vector<spec::Term>& terms);

  void consume(const trace::Batch& batch) override;

  [[nodiscard]] std::optional<double> value(const spec::Term& term) const;

 private:
  struct Watched {
    std::uint16_t mark{0};
    std::vector<bool> roles;  ///< by role: whether it is of the type
    std::unordered_set<trace::EntityId> entities{};
    std::vector<SimTime> instants{};
  };

  SimTime from_, to_;
  std::map<std::string, Watched> watched_;  ///< by `type.mark`
};

}  // namespace portflow::calibration

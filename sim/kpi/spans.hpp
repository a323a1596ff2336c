/// \file spans.hpp
/// The spans behind a span KPI, entity by entity: whose, and from which instant to which.
///
/// The KPI itself is a fold and keeps no instants; whoever explains it needs them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "kpi/definition.hpp"
#include "kpi/fold.hpp"
#include "trace/batch.hpp"
#include "trace/schema.hpp"

namespace portflow::kpi {

/// Names of the span KPIs of a run, groups (`name.category`) included, in the scenario's order.
/// \returns an input fault where the schema's definitions cannot be understood.
[[nodiscard]] Result<std::vector<std::string>> span_names(const trace::Schema& schema);

/// Takes the record of a run and keeps the spans of one KPI.
class SpanWatch final : public trace::Sink {
 public:
  /// \param name  of a span KPI or one of its groups; empty: the first of the scenario
  /// \returns an input fault where there is none of that name, with the nearest one.
  [[nodiscard]] static Result<std::unique_ptr<SpanWatch>> make(const trace::Schema& schema,
                                                               const std::string& name);
  ~SpanWatch() override;

  void consume(const trace::Batch& batch) override;

  /// Every entity that the KPI counts, and those for which it is unfinished (`from` may be missing
  /// then); by entity. Called once, at the end of the record.
  [[nodiscard]] std::vector<Observation> finish();

  [[nodiscard]] const std::string& name() const noexcept;
  [[nodiscard]] const Definition& definition() const noexcept;

 private:
  struct Impl;
  explicit SpanWatch(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace portflow::kpi

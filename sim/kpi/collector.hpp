/// \file collector.hpp
/// Folds the record of one replication into its KPIs, live or replayed from a file.
///
/// The cohort is what was created in [Schema::cohort_from, Schema::to). Within a batch the
/// tables are taken one after the other (births, marks, ends, levels), so the result depends
/// on each table's own order only, never on how the record was cut or interleaved.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/error.hpp"
#include "kpi/figure.hpp"
#include "trace/batch.hpp"
#include "trace/schema.hpp"

namespace portflow::kpi {

/// An entity of the record, kept so that it can be compared and its name spelt.
struct Member {
  trace::EntityId entity{trace::no_entity};
  trace::EntityId parent{trace::no_entity};
  SimTime created{};
  std::optional<Duration> total;  ///< from creation to its end; empty while unfinished
  std::uint32_t ordinal{0};
  std::uint16_t role{0};
  bool in_cohort{false};
  friend bool operator==(const Member&, const Member&) = default;
};

/// All KPIs of one replication: those of the scenario in its order, then `resource.*`,
/// `procedure.*` and `cause.*` in the order of the schema's dictionaries.
struct Results {
  std::vector<Figure> figures;
  std::vector<Member> members;  ///< by entity; only if asked for
  friend bool operator==(const Results&, const Results&) = default;
};

class Collector final : public trace::Sink {
 public:
  /// \returns an input fault where the schema's definitions cannot be understood.
  [[nodiscard]] static Result<std::unique_ptr<Collector>> make(const trace::Schema& schema,
                                                               Keep keep = Keep::figures);
  ~Collector() override;

  [[nodiscard]] trace::Reads reads() const override;
  void consume(const trace::Batch& batch) override;
  [[nodiscard]] bool in_parts() const override { return true; }
  bool consume_some(const trace::Batch& batch, std::size_t rows) override;

  /// Ends the record: what has not ended by now is unfinished. Called once.
  [[nodiscard]] Results finish();

 private:
  struct Impl;
  explicit Collector(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace portflow::kpi

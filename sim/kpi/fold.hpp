/// \file fold.hpp
/// A fold: takes what is known of one entity after the other, and gives a Figure.
///
/// An entity is shown to a fold once: when it has ended, or when the record is over. Entities
/// that ended come in the order of their Ended rows, the others after them by birth; so what
/// a fold adds up does not depend on how the record was cut into batches.
#pragma once

#include <cstdint>
#include <memory>

#include "core/unit.hpp"
#include "kpi/figure.hpp"

namespace portflow::kpi {

/// What became of a mark of one entity.
struct Moment {
  enum class State : std::uint8_t { missing, voided, set };
  State state{State::missing};
  SimTime at{};  ///< where set

  [[nodiscard]] bool is_set() const noexcept { return state == State::set; }
};

/// One entity of the cohort that meets the KPI's condition.
struct Observation {
  trace::EntityId entity{trace::no_entity};
  SimTime created{};
  bool ended{false};  ///< all its steps are over: what is missing will never come
  Moment from, to, marked;
  SimTime known_until{};  ///< not ended: how far the record reaches
  double weight{1};
  std::int64_t booked{0};  ///< parts of its unit, of the items that the KPI adds up
};

/// How a span from mark to mark stands.
enum class Standing : std::uint8_t {
  known,       ///< both marks are set
  unfinished,  ///< a mark is missing and may still come
  outside,     ///< a mark was skipped, or the entity ended without it
};

[[nodiscard]] Standing standing_of(const Observation& observation) noexcept;

/// Likewise for a single mark.
[[nodiscard]] Standing standing_of(const Moment& mark, bool ended) noexcept;

/// One kind of fold at work on one KPI (or one group of it).
class Fold {
 public:
  virtual ~Fold() = default;
  virtual void add(const Observation& observation) = 0;
  /// Likewise for a fold that measures a resource: its Level rows whose interval lies in
  /// [cohort_from, to].
  virtual void watch(const trace::Level&) {}
  /// Writes value, quantiles, counts, and entities and curve if asked for. Called once.
  virtual void finish(Figure& figure) = 0;
};

/// What a fold is built from.
struct FoldOptions {
  const Definition& definition;
  Duration follow{0};                  ///< how long the record goes on after the cohort is complete
  Dimension weighs{Dimension::plain};  ///< what the weight measures
  double weight_factor{1};             ///< from the weight's recorded unit to the KPI's
  Keep keep{Keep::figures};
};

}  // namespace portflow::kpi

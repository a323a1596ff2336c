/// \file between.hpp
/// The same entity under two policies: which causes and which steps made the difference.
///
/// Draws are keyed by entity, so an entity of two traces of one seed is the same one with the same
/// luck; what differs is the policy's doing. Codes differ between traces, so steps and resources
/// are told apart by name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/path.hpp"
#include "analysis/record.hpp"
#include "core/error.hpp"
#include "core/quantity.hpp"

namespace portflow::analysis {

/// Two traces: `a` is the base, differences are b - a.
struct Arms {
  const Record& a;
  const Record& b;
};

/// What makes entities of the two traces not the same ones (scenario, seed or replication); empty
/// where nothing does.
[[nodiscard]] std::string unlike(const Arms& arms);

/// The name of an entity of either trace. \returns what Directory::read does, of `a`.
[[nodiscard]] Result<trace::EntityId> read_name(const Arms& arms, const std::string& text);

/// How one entity fared under one policy.
struct Fare {
  bool born{false};
  std::optional<Duration> total;  ///< of its life, or of the KPI's span; empty while unfinished
  CauseSums sums{};               ///< add up to `total`
};

/// Time on the path at one place: whose step, which one, and why.
struct PathShift {
  trace::EntityId owner{trace::no_entity};
  std::string step;      ///< empty for word under way
  std::string resource;  ///< empty where there is none
  Cause cause{Cause::working};
  Duration a{}, b{};
};

/// A step of the entity itself that lasts or waits differently, or is performed in one only.
struct StepShift {
  std::string step;
  std::uint32_t occurrence{1};  ///< of a repeated step
  std::optional<Duration> wait_a{}, wait_b{}, service_a{}, service_b{};
};

/// What was booked on the entity under one item of a ledger, over its whole life.
struct BookedShift {
  std::string ledger, item, unit;
  std::optional<LedgerParts> a{}, b{};  ///< empty where nothing was booked
};

struct Versus {
  trace::EntityId entity{trace::no_entity};
  std::string kpi;  ///< whose span it is about; empty: the whole life
  Fare a, b;
  std::vector<PathShift> shifts;    ///< where the path differs, greatest difference first; they add
                                    ///< up to the difference of the totals
  std::vector<StepShift> steps;     ///< of its whole life, in the order of `a`, then of `b`
  std::uint64_t same_steps{0};      ///< as long in both
  std::vector<BookedShift> booked;  ///< every item that is booked in either, in the order of `a`
};

/// Compares one entity. \param kpi  clip both paths to the span of this KPI; empty: whole lives
/// \returns an input fault where a trace has no paths, is damaged, or does not know the entity.
[[nodiscard]] Result<Versus> versus(const Arms& arms, trace::EntityId entity,
                                    const std::string& kpi);

/// An entity and how differently it fared.
struct Differing {
  trace::EntityId entity{trace::no_entity};
  Fare a{}, b{};
  [[nodiscard]] Duration difference() const { return *b.total - *a.total; }
};

struct Movers {
  std::string kpi;                ///< empty: the whole life
  std::vector<Differing> most{};  ///< greatest difference first
  std::uint64_t compared{0};      ///< of the cohort, known in both
  std::uint64_t different{0};     ///< of them
  std::uint64_t one_sided{0};     ///< known in one only
};

/// Finds the `how_many` entities of the cohort that differ most, either way.
[[nodiscard]] Result<Movers> most_different(const Arms& arms, const std::string& kpi,
                                            std::size_t how_many);

}  // namespace portflow::analysis

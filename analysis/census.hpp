/// \file census.hpp
/// Entity by entity: who differs between two arms, and who moved most.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/accounts.hpp"
#include "core/cause.hpp"
#include "kpi/collector.hpp"
#include "trace/schema.hpp"

namespace portflow::analysis {

/// The name of an entity as its users spell it; empty for one that is not among the members.
/// \pre `members` sorted by entity
[[nodiscard]] std::string spelt_name(const trace::Schema& schema,
                                     const std::vector<kpi::Member>& members,
                                     trace::EntityId entity);

/// By role: whether its entities are what a page lists one by one. Boxes where the scenario has
/// any, else whatever moves.
[[nodiscard]] std::vector<bool> moving_roles(const trace::Schema& schema);

/// Time that an entity's path spends at one step for one reason, in both arms.
struct MoverShift {
  std::string step;  ///< `procedure.step`, of whomever; empty: word under way
  Cause cause{Cause::working};
  Duration base{}, policy{};
  [[nodiscard]] Duration difference() const { return policy - base; }
};

/// An entity whose total time differs.
struct Mover {
  std::string name;  ///< spelt: `liners-112/lots-3/boxes-481`
  std::string role;
  std::uint32_t replication{0};
  trace::EntityId entity{trace::no_entity};
  Duration base{}, policy{};
  trace::EntityId parent{trace::no_entity};
  /// Where its paths differ, greatest first; they add up to the difference. Empty: nobody asked.
  std::vector<MoverShift> shifts{};
  [[nodiscard]] Duration difference() const { return policy - base; }
};

/// Entities of the cohort by their total time, over all replications.
struct Census {
  std::uint64_t compared{0};   ///< in both arms
  std::uint64_t different{0};  ///< total time differs, or finished in one arm only
  std::uint64_t only_base{0};  ///< born in that arm only
  std::uint64_t only_policy{0};
  std::uint64_t unfinished_base{0}, unfinished_policy{0};
  /// The ten that moved most: boxes where the scenario has any, else whatever moves; of siblings
  /// only the first, since a lot's boxes mostly move together.
  std::vector<Mover> movers;
};

/// Pairs the members of one replication of both arms. \pre both sorted by entity.
/// \param schema  of the base arm; entities that moved have the same role in both
[[nodiscard]] Census take_census(const trace::Schema& schema, const std::vector<kpi::Member>& base,
                                 const std::vector<kpi::Member>& policy, std::uint32_t replication);

/// Fills Mover::shifts from what both arms kept; codes of steps differ between the schemas.
void explain(std::vector<Mover>& movers, const trace::Schema& base_schema, const Accounts& base,
             const trace::Schema& policy_schema, const Accounts& policy);

/// Adds another replication's census; the ten that moved most of both are kept.
void add(Census& sum, const Census& one);

/// How many entities have a value of a KPI, and how many differ.
struct Agreement {
  std::uint64_t compared{0};   ///< with a value in either arm
  std::uint64_t different{0};  ///< of them: with another value, or with a value in one arm only
};

/// \pre both figures hold their entities, sorted.
[[nodiscard]] Agreement agreement_of(const kpi::Figure& base, const kpi::Figure& policy);

}  // namespace portflow::analysis

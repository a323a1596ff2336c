/// \file deadlock.hpp
/// Entities that wait for each other and for nobody else, so that none of them ever goes on.
///
/// Looked for once, when a run is over. Whatever is doubtful counts as able to go on: a token that
/// is under way, a behaviour at work, a batch that may fill, a resource that may open. So what is
/// found is a deadlock; one within a behaviour of a facility is not found.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/time.hpp"
#include "flow/entity.hpp"
#include "procedure/graph.hpp"

namespace portflow::procedure {

/// A resource, as the end of a run finds it.
struct Scarce {
  const SiteInfo* site{nullptr};
  std::uint16_t resource{none};  ///< local index there
  double busy{0}, free{0};
  bool may_grow{
      false};  ///< a shift, a calendar, a repair, a reserve or a new period may bring units
  std::vector<flow::EntityId> queue;  ///< in its order
};

/// Someone who waits at a step, for units or for a mark.
struct Waits {
  const flow::Entity* entity{nullptr};
  const Step* step{nullptr};
  SimTime since{};
  // For units of any of these:
  std::vector<std::size_t> resources;  ///< indexes into Standstill::scarce
  double units{0};
  std::size_t place{0};  ///< in the queue of the first of them
  // Or for a mark:
  std::uint16_t mark{none};
  const flow::Entity* awaited{nullptr};  ///< of this entity; or else ...
  std::uint16_t member{none};            ///< ... of all its members of this role,
  std::uint32_t remaining{0};            ///< so many of which have not told it
};

/// What stands still at the end of a run, and who does not.
struct Standstill {
  std::vector<Scarce> scarce;
  std::map<std::pair<std::uint16_t, std::uint16_t>, std::size_t> scarce_of;  ///< by site, resource
  std::vector<Waits> waits;
  std::vector<flow::EntityId> active;  ///< have something going on; in no order, some repeatedly
};

/// \returns a few lines that name the entities of one circle, what each waits for and who holds
///          it; empty where everybody may go on.
[[nodiscard]] std::optional<std::string> deadlock_of(const Model& model, const Standstill& stand);

}  // namespace portflow::procedure

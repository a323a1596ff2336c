/// \file accounts.hpp
/// Where the time of every single entity went, kept small: about 90 bytes for a box.
///
/// Which ten entities move most is known only when both arms have run, and then their paths
/// are gone; so the sums of all are kept, by step and cause.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/cause.hpp"
#include "trace/rows.hpp"

namespace portflow::analysis {

/// Time on a path at one step (of whomever), for one reason.
struct TimeAt {
  std::uint16_t step{trace::no_code};  ///< no_code: word under way
  Cause cause{Cause::working};
  std::int64_t ms{0};
  friend bool operator==(const TimeAt&, const TimeAt&) = default;
};

class Accounts {
 public:
  /// \pre not kept before; every `ms` >= 0
  void keep(trace::EntityId entity, std::span<const TimeAt> parts);

  /// As kept; empty for an entity that was not.
  [[nodiscard]] std::vector<TimeAt> find(trace::EntityId entity) const;

 private:
  std::vector<std::uint8_t> bytes_;  ///< per entity: how many parts, then step, cause, ms of each
  std::unordered_map<trace::EntityId, std::size_t> starts_;
};

}  // namespace portflow::analysis

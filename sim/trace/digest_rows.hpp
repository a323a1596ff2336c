/// \file digest_rows.hpp
/// What a writer derives from the rows of a run, so that readers need not read all of them: the
/// whole state at every midnight, where the rows after it begin, and coarser steps of curves.
#pragma once

#include <array>
#include <vector>

#include "trace/rows.hpp"

namespace portflow::trace {

/// A midnight of the run, and how many rows of each table are stamped before it: the state then,
/// and an index by time. Days on which nothing was recorded have none.
struct Keyframe {
  SimTime at{};
  std::array<std::uint64_t, 8> rows{};  ///< of the tables born to ledger, in the order of Table
  std::uint64_t alive{0};               ///< where its rows in /alive begin
  std::uint64_t alive_steps{0};
  std::uint64_t under_way{0};
  std::uint64_t balances{0};
  std::uint64_t role_rows{0};
};

/// Births in a row, none of whom had ended.
struct Alive {
  std::uint32_t row{0};  ///< of the first, in /born
  std::uint32_t count{0};
};

/// How far one of them had come.
struct AliveStep {
  SimTime since{};              ///< when its latest step ended; when it was born, where none has
  std::uint16_t step{no_code};  ///< that step
};

/// A mover whose way was not over.
struct UnderWay {
  std::uint32_t move{0};  ///< its row in /moves
};

/// What had been booked of an item.
struct Balance {
  LedgerParts amount{};
  std::uint16_t item{0};
};

/// How many rows the table of a role has before a keyframe.
struct RoleRows {
  std::uint32_t rows{0};
  std::uint16_t role{0};
};

/// A resource over [at - span, at]: sums of its Level rows there.
struct LevelTile {
  SimTime at{};
  Duration span{0};
  std::int64_t busy{0}, queued{0}, capacity{0}, waited{0};
  std::uint32_t started{0}, queue_max{0};
  std::uint16_t resource{0};
};

/// A route over [at - span, at).
struct LaneTile {
  SimTime at{};
  Duration span{0};
  std::int64_t under_way{0};  ///< integral of how many were under way, mover ms
  std::uint32_t set_out{0};   ///< how many set out
  std::uint16_t route{0};
};

/// Who is meant by a number of an entity.
struct Identity {
  EntityId hash{no_entity};
};

/// Rows of all these tables that are due.
struct DigestRows {
  std::vector<Keyframe> keyframes;
  std::vector<Alive> alive;
  std::vector<AliveStep> alive_steps;
  std::vector<UnderWay> under_way;
  std::vector<Balance> balances;
  std::vector<RoleRows> role_rows;
  std::vector<LevelTile> level_tiles;
  std::vector<LaneTile> lane_tiles;

  void clear() noexcept;
};

}  // namespace portflow::trace

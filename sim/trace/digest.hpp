/// \file digest.hpp
/// Derives keyframes and tiles from the rows of a run while they are written.
///
/// What comes out depends on the rows alone, never on how they were cut into batches: a keyframe
/// of a midnight is made when the first row after it comes.
#pragma once

#include "trace/digest_rows.hpp"
#include "trace/numbering.hpp"
#include "trace/schema.hpp"
#include "trace/stored_batch.hpp"
#include "trace/tiles.hpp"

namespace portflow::trace {

class Digest {
 public:
  Digest(const Schema& schema, Detail level);

  /// Takes the next rows. \returns what is due by now, good until the next call.
  const DigestRows& take(const StoredBatch& batch, const Numbers& numbers);
  /// \returns what is left at the end of the run.
  const DigestRows& finish();

 private:
  /// An entity since it was born; those that ended stay until the next keyframe.
  struct Life {
    AliveStep latest;
    bool over{false};
    std::uint32_t number{0};
    std::uint32_t row{0};
  };
  /// Rows of a batch that were taken, by table.
  using Places = std::array<std::size_t, 8>;

  void take_until(const StoredBatch& batch, const Numbers& numbers, SimTime end, Places& places);
  void fetch(std::uint32_t number) const;
  [[nodiscard]] Life* life_of(std::uint32_t number);
  void make_keyframe(SimTime at);
  void give_out_alive();

  DigestRows due_;
  bool has_steps_;
  bool begun_{false};
  SimTime next_{};  ///< end of the day in hand
  Keyframe counts_;
  std::vector<std::uint32_t> role_rows_;
  std::vector<Life> lives_;
  std::vector<std::uint32_t> places_;  ///< in lives_, by number; nowhere for who is not there
  std::vector<std::pair<SimTime, std::uint32_t>> under_way_;
  std::vector<LedgerParts> balances_;
  LevelTiles levels_;
  LaneTiles lanes_;
};

}  // namespace portflow::trace

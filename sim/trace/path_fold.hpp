/// \file path_fold.hpp
/// Paths with what they share stored once.
///
/// The paths of boxes of one ship run through the same steps of ship and lot: from some segment
/// back to the beginning they are the same, instant for instant. A path is stored as the segments
/// that no earlier path has, and where it goes on in an earlier one:
///
///     for each segment of a path, latest first:
///       if it passes through somebody else's step and the rest of the path from it on is stored
///       not too far back: the path goes on there
///       else: the segment is a row of its own
///
/// Who has the same rest is found by a 64-bit hash of all its segments. Only so far back and so
/// long that a reader needs a bounded window of rows.
#pragma once

#include <span>
#include <vector>

#include "trace/numbering.hpp"
#include "trace/stored_rows.hpp"

namespace portflow::trace {

/// The writer's side.
class PathFold {
 public:
  PathFold();

  /// Takes the paths of the entities that ended in a batch, in their order.
  /// \param numbers  of the ended entities
  /// \throws FileError (bug) where paths are not those of `ended`, or do not reach back without
  ///         gaps from their ends
  void take(std::span<const Ended> ended, std::span<const std::uint32_t> numbers,
            std::span<const PathPart> parts, Numbering& numbering);

  /// What was made of them; good until the next call.
  [[nodiscard]] std::span<const PathHead> heads() const noexcept { return heads_; }
  [[nodiscard]] std::span<const StoredSegment> segments() const noexcept { return segments_; }

 private:
  /// Where the rest of a path from some segment on is stored.
  struct Place {
    std::uint64_t hash{0};
    std::uint64_t row{0};
    std::uint64_t deepest{0};  ///< the first row that it needs
    std::uint32_t length{0};   ///< in segments; 0 where the place is free
  };

  void fold(std::span<const PathPart> path);
  [[nodiscard]] const Place* shared(const PathPart& part, std::uint64_t hash) const;

  std::vector<Place> places_;  ///< by hash; the latest of several stays
  std::vector<std::uint64_t> hashes_;
  std::vector<PathHead> heads_;
  std::vector<StoredSegment> segments_;
  std::vector<EntityId> owners_, holders_;  ///< of segments_
  std::vector<std::uint32_t> numbers_;
  std::uint64_t rows_{0};  ///< stored so far
};

}  // namespace portflow::trace

/// \file stored_batch.hpp
/// What of a batch a level of detail stores: a view, good while the batch stands.
#pragma once

#include <span>

#include "trace/batch.hpp"
#include "trace/writer.hpp"

namespace portflow::trace {

/// Tables that `level` leaves out are empty, whatever the batch has of them.
struct StoredBatch {
  StoredBatch(const Batch& batch, Detail level);

  std::span<const Born> born;
  std::span<const double> attributes;
  std::span<const MarkSet> marks;
  std::span<const StepDone> steps;
  std::span<const Ended> ended;
  std::span<const PathPart> paths;
  std::span<const Moved> moves;
  std::span<const Level> levels;
  std::span<const Booked> ledger;
  SimTime sealed;

  /// Rows of all tables.
  [[nodiscard]] std::size_t rows() const noexcept;
};

}  // namespace portflow::trace

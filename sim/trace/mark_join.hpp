/// \file mark_join.hpp
/// Marks by the steps that set them.
///
/// A mark is mostly set by a step that ends at that instant, and both tables are in one order. So
/// the writer looks for it among the next few steps of the same instant and entity, and stores
/// which row that is. What is not found leans on the row that the mark above leant on, at whatever
/// distance; before the first such row, and where a level has no steps, on the mark above.
#pragma once

#include <span>
#include <vector>

#include "trace/numbering.hpp"
#include "trace/stored_rows.hpp"

namespace portflow::trace {

/// The writer's side. What comes out does not depend on how rows are cut into batches, as long as
/// those of one instant stay together.
class MarkJoin {
 public:
  /// \param numbers  of the entities of `marks`
  /// \param steps, step_numbers  the steps of the same batch and their entities' numbers; none
  ///                             where the level has no steps
  [[nodiscard]] std::span<const StoredMark> take(std::span<const MarkSet> marks,
                                                 std::span<const std::uint32_t> numbers,
                                                 std::span<const StepDone> steps,
                                                 std::span<const std::uint32_t> step_numbers);

 private:
  void find(std::span<const MarkSet> marks, std::span<const StepDone> steps);

  std::vector<StoredMark> stored_;
  std::vector<std::uint32_t> found_;  ///< the step of each mark of the batch, or nowhere
  std::uint64_t steps_{0};            ///< of earlier batches
  std::uint64_t marks_{0};
  std::uint32_t base_{0};  ///< rows of /steps up to that on which marks lean now
  StepKey on_;
};

}  // namespace portflow::trace

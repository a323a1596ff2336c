#include "trace/mark_join.hpp"

#include <algorithm>

#include "trace/deflate.hpp"
#include "trace/hdf5_handle.hpp"

namespace portflow::trace {
namespace {

/// So many steps are looked at for a mark.
constexpr std::size_t looks = 64;
constexpr std::uint64_t most_steps = 0xffffffff;
constexpr std::uint32_t nowhere = 0xffffffff;

std::uint64_t ticks(SimTime at) {
  return static_cast<std::uint64_t>(at.time_since_epoch().count());
}

}  // namespace

/// Finds the step of each mark.
void MarkJoin::find(std::span<const MarkSet> marks, std::span<const StepDone> steps) {
  found_.assign(marks.size(), nowhere);
  std::size_t next = 0;   // the first step that is not before the mark
  std::size_t found = 0;  // the one that was found last
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const MarkSet& mark = marks[i];
    while (next < steps.size() && steps[next].at < mark.at) ++next;
    std::size_t step = std::max(next, found);
    const std::size_t end = std::min(steps.size(), step + looks);
    while (step < end && steps[step].at == mark.at && steps[step].entity != mark.entity) ++step;
    if (step < end && steps[step].at == mark.at) {
      found = step;
      found_[i] = static_cast<std::uint32_t>(step);
    }
  }
}

std::span<const StoredMark> MarkJoin::take(std::span<const MarkSet> marks,
                                           std::span<const std::uint32_t> numbers,
                                           std::span<const StepDone> steps,
                                           std::span<const std::uint32_t> step_numbers) {
  if (steps_ + steps.size() > most_steps) {
    throw FileError(Failure::limit, "a trace can hold at most 4294967295 steps");
  }
  find(marks, steps);
  stored_.resize(marks.size());
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const MarkSet& mark = marks[i];
    const std::uint32_t step = found_[i];
    if (step != nowhere) {
      base_ = static_cast<std::uint32_t>(steps_ + step + 1);
      on_ = {steps[step].at, step_numbers[step]};
    }
    if (base_ == 0 && marks_ % chunk_rows == 0) on_.at = SimTime{};
    ++marks_;
    stored_[i] = {static_cast<std::int64_t>(ticks(mark.at) - ticks(on_.at)), base_,
                  numbers[i] - on_.number, mark.mark, mark.is_void};
    if (base_ == 0) on_.at = mark.at;
  }
  steps_ += steps.size();
  return stored_;
}

}  // namespace portflow::trace

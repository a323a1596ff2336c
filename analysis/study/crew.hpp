/// \file crew.hpp
/// Who does the runs of a campaign: this program alone, or several of them over MPI.
///
/// Runs are told by number; what is behind a number every member knows by itself, since all
/// of them read the same study. Results go into the store and are read back from there, so no
/// table can depend on who did what.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "core/error.hpp"

namespace portflow::study {

/// One run: its number, threads it may use, and what to call with its progress (0..1), which says
/// true when it should stop.
using Task =
    std::function<Result<void>(std::uint64_t, unsigned, const std::function<bool(double)>&)>;

class Crew {
 public:
  virtual ~Crew() = default;
  /// Whether this member finds out what there is to do, and makes the tables.
  [[nodiscard]] virtual bool leads() const { return true; }
  /// Does all `tasks` of the leader, each once and by whoever is free; the others' lists do not
  /// matter. \returns the fault of a task of this member, once the others are done too
  [[nodiscard]] virtual Result<void> work(const std::vector<std::uint64_t>& tasks, unsigned threads,
                                          const std::function<bool(double)>& progress,
                                          const Task& task) = 0;
  /// This member cannot take part: ends the others, who would wait for it.
  virtual void give_up() {}
};

/// This program alone, whole runs side by side on its threads.
class Alone final : public Crew {
 public:
  Result<void> work(const std::vector<std::uint64_t>& tasks, unsigned threads,
                    const std::function<bool(double)>& progress, const Task& task) override;
};

}  // namespace portflow::study

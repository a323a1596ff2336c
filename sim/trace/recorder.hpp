/// \file recorder.hpp
/// Collects what processes record while they run ahead of each other, and merges it into the
/// run's one order.
///
/// A Recorder belongs to one process and is written by whichever thread handles its events. A
/// Merger owns the recorders in the order of the processes' names. Between windows, when no
/// event is being handled, it seals everything stamped before an instant:
///
///     for each table: merge the recorders' rows with at < sealed by (at, place of recorder),
///                     keeping each recorder's own order
///
/// Rows before `sealed` are final by the kernel's promise, so the concatenation of all batches
/// does not depend on when or how often it seals.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/assert.hpp"
#include "trace/batch.hpp"

namespace portflow::trace {

/// The rows of one table that one process has recorded and nobody has taken yet.
template <class Row>
class Pending {
 public:
  /// \pre row.at is not before that of the last row pushed.
  void push(const Row& row) {
    PORTFLOW_ASSERT(row.at >= last_, "a row is stamped before its forerunner");
    last_ = row.at;
    rows_.push_back(row);
  }
  /// Rows that wait, oldest first.
  [[nodiscard]] std::span<const Row> rows() const noexcept {
    return std::span<const Row>(rows_).subspan(taken_);
  }
  /// Forgets the oldest `count` rows.
  void take(std::size_t count) {
    taken_ += count;
    if (taken_ == rows_.size()) {
      rows_.clear();
      taken_ = 0;
    } else if (taken_ * 2 >= rows_.size()) {
      rows_.erase(rows_.begin(), rows_.begin() + static_cast<std::ptrdiff_t>(taken_));
      taken_ = 0;
    }
  }

 private:
  std::vector<Row> rows_;
  std::size_t taken_{0};
  SimTime last_{SimTime::min()};
};

/// What one process has recorded. In each table `at` never decreases.
class Recorder {
 public:
  /// An entity was born; `attributes` has one value per attribute of its role.
  void born(const Born& row, std::span<const double> attributes) {
    born_.push({row, static_cast<std::uint32_t>(attributes.size())});
    attributes_.insert(attributes_.end(), attributes.begin(), attributes.end());
  }
  void mark(const MarkSet& row) { marks_.push(row); }
  void step(const StepDone& row) { steps_.push(row); }
  void ended(const Ended& row) { ended_.push(row); }
  void path(const PathPart& row) { paths_.push(row); }
  void moved(const Moved& row) { moves_.push(row); }
  void level(const Level& row) { levels_.push(row); }
  void booked(const Booked& row) { ledger_.push(row); }

 private:
  friend class Merger;

  struct BornHere : Born {
    std::uint32_t attributes{0};
  };

  Pending<BornHere> born_;
  std::vector<double> attributes_;
  std::size_t attributes_taken_{0};
  Pending<MarkSet> marks_;
  Pending<StepDone> steps_;
  Pending<Ended> ended_;
  Pending<PathPart> paths_;
  Pending<Moved> moves_;
  Pending<Level> levels_;
  Pending<Booked> ledger_;
};

/// Owns the recorders of all processes and hands their rows on in the run's order.
class Merger {
 public:
  /// \param processes  how many recorders; recorder i belongs to the i-th process by name
  explicit Merger(std::size_t processes);

  /// The recorder of a process; stays where it is while the Merger lives.
  [[nodiscard]] Recorder& recorder(std::size_t process);
  [[nodiscard]] std::size_t size() const noexcept { return recorders_.size(); }

  /// Feeds every row stamped before `sealed` to each sink in turn, as one batch; nothing is
  /// fed where there is no row. \pre no process records meanwhile; `sealed` never decreases.
  void seal(SimTime sealed, std::span<Sink* const> sinks);
  void seal(SimTime sealed, Sink& sink);

  /// Feeds all that is left, whatever its stamp: rows that close a run bear its last instant.
  void finish(std::span<Sink* const> sinks);
  void finish(Sink& sink);

 private:
  struct Source {
    std::int64_t at{0};     ///< stamp of the next row, ms
    std::uint32_t place{0};  ///< which recorder
  };

  void gather(SimTime sealed, bool all);
  void feed(std::span<Sink* const> sinks);
  template <class Row, class Start, class Take>
  void merge(Pending<Row> Recorder::* table, SimTime sealed, bool all, Start&& start, Take&& take);

  std::vector<std::unique_ptr<Recorder>> recorders_;
  Batch batch_;
  std::vector<Source> heap_;
  std::vector<std::size_t> cursor_, limit_;
};

}  // namespace portflow::trace

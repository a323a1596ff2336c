/// \file batch.hpp
/// A stretch of the record: every table's rows, each in the run's total order.
#pragma once

#include <vector>

#include "trace/rows.hpp"

namespace portflow::trace {

/// Rows of all tables; within a table sorted by `at`, ties in the order of the processes'
/// names and then of recording. Concatenating all batches of a run gives its whole record,
/// whatever the number of threads.
struct Batch {
  std::vector<Born> born;
  std::vector<double> attributes;  ///< for each Born in turn, one value per attribute of its role
  std::vector<MarkSet> marks;
  std::vector<StepDone> steps;
  std::vector<Ended> ended;
  std::vector<PathPart> paths;
  std::vector<Moved> moves;
  std::vector<Level> levels;
  std::vector<Booked> ledger;
  /// Every row stamped before this is in this batch or an earlier one; SimTime::min() where
  /// nobody says so.
  SimTime sealed{SimTime::min()};

  void clear() noexcept;
  [[nodiscard]] bool empty() const noexcept;
  [[nodiscard]] std::size_t rows() const noexcept;
};

/// What not every sink reads, of tables of many rows and of all rows: what none does is not even
/// recorded.
struct Reads {
  bool steps{true};
  bool moves{true};
  bool ledger{true};
  bool numbers{true};  ///< of entities
};

/// Whoever wants the record: KPI folds, the file writer, tests.
class Sink {
 public:
  virtual ~Sink() = default;
  /// What consume() looks at, beside the tables that are always there.
  [[nodiscard]] virtual Reads reads() const { return {}; }
  /// Takes the next rows; batches come in order, from one thread at a time.
  virtual void consume(const Batch& batch) = 0;
  /// Likewise, where nobody else needs them any more: may keep them, and leave room for others.
  virtual void take(Batch& batch) { consume(batch); }
  /// Whether consume_some() may be called instead.
  [[nodiscard]] virtual bool in_parts() const { return false; }
  /// Takes `rows` more of them, or somewhat more; goes on in the same batch until none are left.
  /// \returns whether any are left
  virtual bool consume_some(const Batch& batch, std::size_t /*rows*/) {
    consume(batch);
    return false;
  }
  /// Begins to take them in elsewhere, while others consume them; await() returns when they are
  /// taken. \returns false where it wants to be given them by consume() or take() instead
  virtual bool share(const Batch& /*batch*/) { return false; }
  virtual void await() {}
  /// Whether it is still at what it shares.
  [[nodiscard]] virtual bool is_taking() const { return false; }
};

}  // namespace portflow::trace

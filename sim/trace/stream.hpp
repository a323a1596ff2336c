/// \file stream.hpp
/// Reads the tables of a trace side by side, in bounded memory and in the order of the run.
///
/// Each table is read a chunk at a time. A replay hands out one simulated day after the other:
///
///     day = the day of the least next `at` of all tables
///     batch = of every table, the next rows with at < end of day
///
/// so that a fold sees births, steps and ends of a day together, as it did in the run, where
/// batches were cut at seals. Days on which nothing was recorded are passed over.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "trace/batch.hpp"
#include "trace/joined_stream.hpp"
#include "trace/table_file.hpp"

namespace portflow::trace {

/// The tables of an open file.
struct Tables {
  std::array<std::optional<TableReader>, table_count> plain;  ///< by Table
  std::vector<std::optional<TableReader>> roles;              ///< none where it has no attributes
  std::optional<TableReader> step_keys, end_keys;             ///< what marks and paths lean on
  std::optional<TableReader> step_states;  ///< what states are made of, with end_keys
  std::vector<EntityId> identities;        ///< by number, from 1
  bool finished{true};                     ///< the run finished, so that every birth has its row
};

/// Which tables a replay reads.
struct Parts {
  bool births{true}, marks{true}, steps{true}, ends{true};
  bool paths{true}, moves{true}, levels{true}, ledger{true};
  bool by_hours{false};  ///< batches of an hour of a day
};

/// Where a replay begins: a midnight, and how many rows come before it.
struct Start {
  SimTime at{SimTime::min()};
  std::array<std::uint64_t, recorded_count> rows{};  ///< in the order of Table
  std::vector<std::uint64_t> role_rows;              ///< by role
  std::uint64_t head{0};                             ///< the path head of the first end
  /// An earlier one that its path may lean on, and how many segments come before that.
  std::uint64_t first_head{0}, first_segment{0};
};

/// The rows of one table as they stand there.
template <class Row>
class PlainSource {
 public:
  explicit PlainSource(const std::optional<TableReader>& table)
      : table_(table ? &*table : nullptr) {}

  /// Begins with the chunk of row `row`. \pre nothing was read
  void start(std::uint64_t row) { chunk_ = row / chunk_rows; }
  /// Replaces `rows` by the next ones. \returns false at the end.
  bool next(std::vector<Row>& rows, Unpacker& unpacker) {
    if (table_ == nullptr || chunk_ * chunk_rows >= table_->rows()) return false;
    rows.resize(chunk_rows);
    rows.resize(table_->read(chunk_++, rows.data(), unpacker));
    return !rows.empty();
  }
  /// Appends all of them to `to`: straight into its place, for these are the large tables of a
  /// year.
  void rest(std::vector<Row>& to, Unpacker& unpacker) {
    const std::uint64_t done = chunk_ * chunk_rows;
    if (table_ == nullptr || done >= table_->rows()) return;
    std::size_t size = to.size();
    to.resize(size + static_cast<std::size_t>(table_->rows() - done));
    while (size < to.size()) size += table_->read(chunk_++, to.data() + size, unpacker);
  }

 private:
  const TableReader* table_;
  std::uint64_t chunk_{0};
};

/// The rows of one table, one after the other.
template <class Row, class Source = PlainSource<Row>>
class Stream {
 public:
  explicit Stream(Source source) : source_(std::move(source)) {}
  [[nodiscard]] Source& source() noexcept { return source_; }

  /// The stamp of the next row; empty at the end.
  [[nodiscard]] std::optional<SimTime> next(Unpacker& unpacker) {
    if (!fill(unpacker)) return {};
    return rows_[next_].at;
  }
  /// Calls take(rows) with the rows that come before the first with at >= `end`.
  template <class Take>
  void until(SimTime end, Unpacker& unpacker, Take&& take) {
    while (fill(unpacker)) {
      const std::size_t begin = next_;
      while (next_ < rows_.size() && rows_[next_].at < end) ++next_;
      take(std::span<const Row>(rows_.data() + begin, next_ - begin));
      if (next_ < rows_.size()) return;
    }
  }
  /// Appends everything that is left.
  void rest(std::vector<Row>& to, Unpacker& unpacker) {
    const auto all = [&] {
      to.insert(to.end(), rows_.begin() + static_cast<std::ptrdiff_t>(next_), rows_.end());
      next_ = rows_.size();
    };
    all();
    if constexpr (requires { source_.rest(to, unpacker); }) {
      source_.rest(to, unpacker);
    } else {
      while (fill(unpacker)) all();
    }
  }

 private:
  bool fill(Unpacker& unpacker) {
    if (next_ < rows_.size()) return true;
    next_ = 0;
    if (source_.next(rows_, unpacker)) return true;
    rows_.clear();
    return false;
  }

  Source source_;
  std::vector<Row> rows_;
  std::size_t next_{0};
};

/// The attributes of the entities of one role. There may be a hundred roles of long rows, so each
/// keeps a quarter of a chunk, and unpacks the chunk again for the next.
class RoleStream {
 public:
  RoleStream(const std::optional<TableReader>& table, const RoleInfo& role)
      : table_(table ? &*table : nullptr), role_(&role) {}
  /// Begins with row `row`. \pre nothing was read
  void start(std::uint64_t row) { row_ = row; }

  /// Appends those of the next. \returns false at the end.
  /// \param room  for a chunk, shared by all roles
  bool next(std::vector<double>& attributes, Unpacker& unpacker, std::vector<std::byte>& room);

 private:
  const TableReader* table_;
  const RoleInfo* role_;
  std::vector<std::byte> rows_;
  static constexpr std::size_t slice_rows = chunk_rows / 4;
  std::size_t next_{0}, count_{0};
  std::uint64_t row_{0};  ///< the first after the slice
};

/// One pass over all tables.
class Replay {
 public:
  Replay(const Tables& tables, const Schema& schema, Parts parts);

  /// Begins there. \pre nothing was read. \throws FileError (input)
  void start(const Start& start);

  /// Puts the rows of the next day (or hour) that has any into `batch`.
  /// \returns false at the end. \throws FileError (input)
  bool next_day(Batch& batch);

  /// Puts everything that is left into `batch`. \throws FileError (input)
  void rest(Batch& batch);

 private:
  [[nodiscard]] std::optional<SimTime> earliest();
  void add_births(std::span<const Born> rows, Batch& batch);

  bool finished_, by_hours_;
  bool births_lost_{false};
  Unpacker unpacker_;
  std::vector<std::byte> room_;
  std::vector<RoleStream> roles_;
  Stream<Born, BirthSource> born_;
  Stream<MarkSet, MarkSource> marks_;
  Stream<StepDone> steps_;
  Stream<Ended> ended_;
  Stream<PathPart, PathSource> paths_;
  Stream<Moved> moves_;
  Stream<Level> levels_;
  Stream<Booked> ledger_;
};

}  // namespace portflow::trace

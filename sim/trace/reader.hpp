/// \file reader.hpp
/// Reads a trace back: its schema, and its rows as the same batches that wrote it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "trace/batch.hpp"
#include "trace/digest_rows.hpp"
#include "trace/schema.hpp"
#include "trace/state.hpp"
#include "trace/writer.hpp"

namespace portflow::trace {

class Reader {
 public:
  /// \returns an input fault for what is not a trace or is of a newer schema, a disk fault
  ///          when the file cannot be read. Never crashes on a damaged file.
  [[nodiscard]] static Result<std::unique_ptr<Reader>> open(const std::string& path);
  ~Reader();

  [[nodiscard]] const Schema& schema() const noexcept;
  [[nodiscard]] Detail detail() const noexcept;

  /// Of a run that did not finish, or is still going on: the instant before which every row is
  /// there. What came later is left out. Empty for a finished run.
  [[nodiscard]] std::optional<SimTime> sealed() const noexcept;
  /// What such a file should hold and does not, a sentence each; empty where all is well.
  [[nodiscard]] const std::vector<std::string>& losses() const noexcept;

  /// Rows of every table, by name, for `trace info`: table, rows, bytes on disk.
  struct Table {
    std::string name;
    std::uint64_t rows{0};
    std::uint64_t bytes{0};
  };
  [[nodiscard]] std::vector<Table> tables() const;

  /// Tables that not every reader needs.
  struct Without {
    bool steps{false}, paths{false};  ///< the two largest
    bool births{false}, marks{false}, ends{false}, moves{false}, levels{false}, ledger{false};
    bool whole_days{false};  ///< batches of an hour instead: days may hold millions of rows
  };

  /// The record a simulated day at a time, for whoever reads several side by side; must not outlive
  /// its reader.
  class Days {
   public:
    ~Days();
    Days(Days&&) noexcept;
    /// Puts the rows of the next day that has any into `batch`. \returns false at the end.
    [[nodiscard]] Result<bool> next(Batch& batch);

   private:
    friend class Reader;
    struct Impl;
    explicit Days(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
  };
  [[nodiscard]] Days days(Without out) const { return days(out, SimTime::min()); }
  /// The same from some midnight before `from` on: of a finished trace the last one there is, of
  /// another the beginning.
  [[nodiscard]] Days days(Without out, SimTime from) const;

  /// The state made of everything recorded before `at`. Costs a day's rows at most, wherever in
  /// the run that is.
  [[nodiscard]] Result<State> state(SimTime at) const;

  /// Coarser steps of the curves of resources and of the traffic on routes (tiles.hpp), in the
  /// order of their ends.
  [[nodiscard]] Result<std::vector<LevelTile>> level_tiles() const;
  [[nodiscard]] Result<std::vector<LaneTile>> lane_tiles() const;

  /// Rows [first, first + count) of the moves, in the order of the record; fewer at its end. Reads
  /// the chunks that hold them alone.
  [[nodiscard]] Result<std::vector<Moved>> moves(std::uint64_t first, std::size_t count) const;

  /// Feeds the whole record to `sink` in order, but for the tables that are to be left out; each
  /// table's rows come sorted as written.
  [[nodiscard]] Result<void> replay(Sink& sink, Without out) const;
  [[nodiscard]] Result<void> replay(Sink& sink) const { return replay(sink, Without{}); }

  /// Reads everything into one batch (what the viewer's store is built from), but for the
  /// tables that are to be left out.
  [[nodiscard]] Result<Batch> all(Without out) const;
  [[nodiscard]] Result<Batch> all() const { return all(Without{}); }

 private:
  template <class Row>
  [[nodiscard]] Result<std::vector<Row>> rows_of(std::size_t table) const;

  struct Impl;
  explicit Reader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace portflow::trace

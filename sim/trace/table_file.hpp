/// \file table_file.hpp
/// One table in a file: appending rows to its columns, and reading chunks of them back.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "trace/column.hpp"
#include "trace/deflate.hpp"
#include "trace/form.hpp"
#include "trace/hdf5_handle.hpp"

namespace portflow::trace {

/// Packs the columns of a chunk, side by side where several threads are allowed.
class Press {
 public:
  /// \param threads  at most so many at once, >= 1; the caller is one of them
  explicit Press(unsigned threads);

  /// Packs strip i of `count` into packed(i); `plain` leaves the compression out.
  /// \param strip  makes strip i, in the room that it is given or elsewhere; any thread may call it
  using MakeStrip = std::function<Strip(std::size_t i, std::vector<std::byte>& room)>;
  void pack(std::size_t count, const MakeStrip& strip, bool plain);
  [[nodiscard]] Packed& packed(std::size_t strip) { return packed_[strip]; }
  /// Seconds that threads other than the caller's spent on packing.
  [[nodiscard]] double helped_seconds() const noexcept { return helped_seconds_.load(); }

 private:
  unsigned threads_;
  struct Seat {
    Packer packer;
    std::vector<std::byte> room;
  };
  std::vector<Seat> seats_;  ///< by thread
  std::vector<Packed> packed_;
  std::atomic<double> helped_seconds_{0};
};

/// Appends rows to the datasets of one table, a whole chunk at a time.
class TableWriter {
 public:
  /// Creates group and datasets. \throws FileError (disk)
  TableWriter(hid_t file, Layout layout, const Schema& schema);

  /// Takes `count` rows that lie `layout.stride` bytes apart; writes each chunk that fills.
  /// \param numbers  those of the rows' entities, for each column of entities in turn
  /// \throws FileError (disk; bug where a code is not in its dictionary)
  void append(const void* rows, std::size_t count, std::span<const std::uint32_t* const> numbers,
              Press& press, bool hurry);

  /// Writes the chunk that is not full, too. It is written again, elsewhere in the file, when
  /// more rows have come, so that whoever reads meanwhile finds it whole. \throws FileError
  void seal(Press& press);

  /// Rows that reached the file.
  [[nodiscard]] std::uint64_t rows() const noexcept { return written_ + sealed_rows_; }
  /// Bytes of chunks that were written again since, which nothing refers to any more.
  [[nodiscard]] std::uint64_t waste() const noexcept { return waste_; }

 private:
  struct Set {
    Handle dataset;
    std::size_t codes{0};  ///< size of the dictionary; 0 where the column has none
    bool coded{false};
    std::size_t unfilled{0};  ///< bytes of the chunk that was sealed before it was full
  };

  void take(const std::byte* rows, std::size_t first, std::size_t count,
            std::span<const std::uint32_t* const> numbers);
  void write_chunk(Press& press, bool hurry);
  void check_codes() const;

  Layout layout_;
  std::vector<Set> sets_;
  Columns pending_;
  std::size_t pending_rows_{0};
  std::size_t sealed_rows_{0};  ///< of the pending ones
  std::uint64_t written_{0};    ///< in full chunks
  std::uint64_t waste_{0};
};

/// Reads the datasets of one table.
class TableReader {
 public:
  /// \param whole  the run finished: every column must have all rows; else the table ends
  ///               where its shortest column does
  /// \throws FileError (input) where the table is not as `layout` says
  TableReader(hid_t file, Layout layout, const Schema& schema, bool whole);

  [[nodiscard]] const Layout& layout() const noexcept { return layout_; }
  [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }
  /// Bytes that its chunks take in the file.
  [[nodiscard]] std::uint64_t bytes() const noexcept { return bytes_; }
  /// Whom numbers of entities mean: number n is identities[n - 1], which must outlive the table.
  void who(const std::vector<EntityId>& identities) noexcept { identities_ = &identities; }
  /// Leaves out all rows but the first `rows`.
  void limit(std::uint64_t rows) noexcept { rows_ = std::min(rows_, rows); }

  /// Reads chunk `chunk` to rows that lie layout().stride bytes apart.
  /// \param columns  so many of the first ones; the others stay as they are in `rows`
  /// \returns how many rows. \throws FileError (input) where the chunk is damaged
  std::size_t read(std::uint64_t chunk, void* rows, Unpacker& unpacker,
                   std::size_t columns = SIZE_MAX) const;

 private:
  struct Set {
    Handle dataset;
    bool direct{false};  ///< laid out as we write it; otherwise HDF5's own filters read it
    std::size_t codes{0};
    bool coded{false};
  };

  [[nodiscard]] Set open(hid_t file, const Column& column, const Schema& schema) const;
  [[nodiscard]] std::uint64_t rows_in(const Set& set, const Column& column, bool whole) const;
  void read_column(std::size_t column, std::uint64_t first, std::size_t count, std::byte* to,
                   std::size_t stride, Unpacker& unpacker) const;
  void name_entities(std::size_t column, std::span<const std::uint32_t> numbers,
                     std::byte* rows) const;

  Layout layout_;
  std::vector<Set> sets_;
  const std::vector<EntityId>* identities_{nullptr};
  std::uint64_t rows_{0};
  std::uint64_t bytes_{0};
};

}  // namespace portflow::trace

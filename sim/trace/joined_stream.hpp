/// \file joined_stream.hpp
/// Births, marks and paths read back as they were recorded, from rows that lean on others
/// (stored_rows.hpp).
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "trace/stored_rows.hpp"
#include "trace/table_file.hpp"

namespace portflow::trace {

/// The rows of a table in their order, without looking back.
template <class Row>
class Cursor {
 public:
  explicit Cursor(const std::optional<TableReader>& table) : table_(table ? &*table : nullptr) {}

  [[nodiscard]] std::uint64_t rows() const { return table_ == nullptr ? 0 : table_->rows(); }
  /// Row `number`, which is not before the chunk that was read last. \pre number < rows()
  const Row& at(std::uint64_t number, Unpacker& unpacker) {
    if (number / chunk_rows + 1 != chunks_) {
      rows_.resize(chunk_rows);
      chunks_ = number / chunk_rows + 1;
      table_->read(chunks_ - 1, rows_.data(), unpacker);
    }
    return rows_[number % chunk_rows];
  }

 private:
  const TableReader* table_;
  std::vector<Row> rows_;
  std::uint64_t chunks_{0};
};

/// Makes the births of the next rows.
class BirthSource {
 public:
  BirthSource(const std::optional<TableReader>& births, const std::vector<EntityId>& identities)
      : births_(births), identities_(&identities) {}

  /// Begins with the chunk of row `row`. \pre nothing was read
  void start(std::uint64_t row) { row_ = row - row % chunk_rows; }
  /// Replaces `rows` by the next ones. \returns false at the end. \throws FileError (input)
  bool next(std::vector<Born>& rows, Unpacker& unpacker);

 private:
  Cursor<StoredBirth> births_;
  const std::vector<EntityId>* identities_;
  std::uint64_t row_{0};
};

/// Makes the marks of the next rows.
class MarkSource {
 public:
  /// \param steps  their keys; none where the level has no steps
  MarkSource(const std::optional<TableReader>& marks, const std::optional<TableReader>& steps,
             const std::vector<EntityId>& identities)
      : marks_(marks), steps_(steps), identities_(&identities) {}

  /// Begins with the chunk of row `row`. \pre nothing was read
  void start(std::uint64_t row) { row_ = row - row % chunk_rows; }
  /// Replaces `rows` by the next ones. \returns false at the end. \throws FileError (input)
  bool next(std::vector<MarkSet>& rows, Unpacker& unpacker);

 private:
  Cursor<StoredMark> marks_;
  Cursor<StepKey> steps_;
  const std::vector<EntityId>* identities_;
  std::uint64_t row_{0};
  StepKey on_;
};

/// Makes the paths of the next entities that ended; remembers as many rows as they may go back.
class PathSource {
 public:
  PathSource(const std::optional<TableReader>& segments, const std::optional<TableReader>& heads,
             const std::optional<TableReader>& ends, const std::vector<EntityId>& identities)
      : segments_(segments), heads_(heads), ends_(ends), identities_(&identities) {}

  /// Begins with the path of head `head`. \pre nothing was read
  /// \param first    an earlier head, so that all that the path leans on comes after it
  /// \param segment  how many rows of /paths come before that
  void start(std::uint64_t head, std::uint64_t first, std::uint64_t segment) {
    told_from_ = head;
    path_ = first;
    row_ = segment;
  }
  /// Replaces `rows` by those of the next paths. \returns false at the end.
  /// \throws FileError (input)
  bool next(std::vector<PathPart>& rows, Unpacker& unpacker);

 private:
  /// A row of /paths, and where its path goes on.
  struct Kept {
    Duration lasts{0};
    EntityId owner{no_entity}, holder{no_entity};
    std::uint64_t next{0};  ///< row + 1 of the next segment; 0 at the end of the path
    std::uint16_t step{no_code}, resource{no_code};
    Cause cause{Cause::working};
  };

  void keep_own(const PathHead& head, std::uint32_t number, Unpacker& unpacker);
  void tell(const PathHead& head, const EndKey& end, std::vector<PathPart>& rows) const;

  Cursor<StoredSegment> segments_;
  Cursor<PathHead> heads_;
  Cursor<EndKey> ends_;
  const std::vector<EntityId>* identities_;
  std::vector<Kept> kept_;      ///< row r at r modulo its size
  std::uint64_t row_{0};        ///< of /paths: the next
  std::uint64_t path_{0};       ///< of /path_heads: the next
  std::uint64_t told_from_{0};  ///< heads before it are only leant on
};

}  // namespace portflow::trace

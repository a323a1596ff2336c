/// \file file_writer.hpp
/// The file behind a Writer: everything that calls HDF5 while a run is being recorded.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "trace/checkpoint.hpp"
#include "trace/digest.hpp"
#include "trace/identities.hpp"
#include "trace/mark_join.hpp"
#include "trace/numbering.hpp"
#include "trace/path_fold.hpp"
#include "trace/stored_batch.hpp"
#include "trace/table_file.hpp"

namespace portflow::trace {

/// One file that grows by batches. Used by one thread at a time.
class FileWriter {
 public:
  /// Creates `path`, writes the schema and makes every table, so that a live reader (HDF5's
  /// single-writer-multiple-reader mode) finds all there is. \throws FileError (disk, limit)
  FileWriter(const std::string& path, const Schema& schema, Detail level);

  /// Whether this level of detail stores the rows of `table`.
  [[nodiscard]] static bool stores(Table table, Detail level) noexcept;

  /// \param hurry  store chunks plain: the run would wait for the compression
  /// \throws FileError (disk; bug where rows do not fit the schema)
  void append(const StoredBatch& batch, bool hurry);

  /// Makes all that was appended readable by others, and after a crash.
  void checkpoint();

  /// The instant before which every row was appended, as far as batches say.
  [[nodiscard]] SimTime sealed() const noexcept { return sealed_; }

  /// CPU time that other threads spent on packing, in seconds.
  [[nodiscard]] double helped_seconds() const noexcept { return press_.helped_seconds(); }

  /// Writes what is left and closes. \returns how many bytes of the file are waste.
  std::uint64_t close();

  /// Closes after a fault. Where the disk failed, the file stays as the last flush left it.
  void abandon(Failure kind) noexcept;

 private:
  /// The table of a role with attributes, and the rows of the batch in hand that go there.
  struct Role {
    std::optional<TableWriter> table;
    std::vector<std::byte> rows;
    std::size_t count{0};
  };

  void add_attributes(Role& role, const RoleInfo& info, std::span<const double> values) const;
  void append_births(const StoredBatch& batch, bool hurry);
  void append(const DigestRows& rows, bool hurry);
  void seal_tables();
  void flush();
  [[nodiscard]] std::vector<std::uint64_t> rows() const;
  /// \param numbers  of the rows' entities, for each column of entities in turn
  template <class Row>
  void append(Table table, std::span<const Row> rows, bool hurry,
              std::initializer_list<const std::uint32_t*> numbers = {});

  const Schema schema_;
  Numbering numbering_;
  Numbers numbers_;  ///< of the batch in hand
  Identities identities_;
  MarkJoin marks_;
  PathFold paths_;
  Digest digest_;
  Detail level_;
  Press press_;
  Handle file_;
  std::vector<TableWriter> tables_;
  std::vector<std::size_t> place_;  ///< by Table: index into tables_
  std::vector<Role> roles_;
  std::vector<StoredBirth> births_;  ///< of the batch in hand
  std::optional<Checkpoints> checkpoints_;
  SimTime sealed_;
};

}  // namespace portflow::trace

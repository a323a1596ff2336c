/// \file record.hpp
/// A trace opened for questions about single entities: who is who is kept, all else is read again
/// when it is asked for.
///
/// A month's record has tens of millions of rows, of which a story needs some hundreds. So each
/// question is one or two passes over the file, and only the rows asked for stay in memory.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "analysis/directory.hpp"
#include "core/error.hpp"
#include "trace/batch.hpp"
#include "trace/reader.hpp"

namespace portflow::analysis {

class Record {
 public:
  /// Opens a trace and reads its births. \returns what trace::Reader does.
  [[nodiscard]] static Result<std::unique_ptr<Record>> open(const std::string& path);

  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  [[nodiscard]] const trace::Schema& schema() const noexcept { return reader_->schema(); }
  [[nodiscard]] const Directory& directory() const noexcept { return directory_; }
  [[nodiscard]] const trace::Reader& reader() const noexcept { return *reader_; }

  /// \returns an input fault that says how to make a trace that holds critical paths, where this
  ///          one does not.
  [[nodiscard]] Result<void> needs_paths() const;

  /// Everything recorded of these entities; a path belongs to the entity whose it is.
  /// Births, moves and levels are left out.
  [[nodiscard]] Result<trace::Batch> rows_of(std::vector<trace::EntityId> entities) const;

 private:
  Record(std::string path, std::unique_ptr<trace::Reader> reader);

  std::string path_;
  std::unique_ptr<trace::Reader> reader_;
  Directory directory_;
};

}  // namespace portflow::analysis

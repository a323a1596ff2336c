#include "trace/reader.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <exception>
#include <fstream>
#include <limits>
#include <new>

#include "trace/checkpoint.hpp"
#include "trace/column.hpp"
#include "trace/identities.hpp"
#include "trace/own_view.hpp"
#include "trace/schema_file.hpp"
#include "trace/start.hpp"
#include "trace/stream.hpp"
#include "trace/table_file.hpp"

namespace portflow::trace {
namespace {

/// Size of a file that can be read; throws in plain words otherwise.
std::uint64_t readable_bytes(const std::string& path) {
  struct stat info{};
  if (::stat(path.c_str(), &info) != 0) {
    throw FileError(Failure::disk, "cannot read the trace: " + std::string(std::strerror(errno)));
  }
  if (!S_ISREG(info.st_mode)) throw FileError(Failure::disk, "this is not a file");
  if (!std::ifstream(path, std::ios::binary)) {
    throw FileError(Failure::disk, "cannot read the trace: " + std::string(std::strerror(errno)));
  }
  return static_cast<std::uint64_t>(info.st_size);
}

Handle open_file(const std::string& path) {
  if (H5Fis_hdf5(path.c_str()) <= 0) {
    throw FileError(Failure::input, "this is not an HDF5 file, so no trace");
  }
  const Handle access = own_view();
  Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.get()));
  if (file) return file;
  // Being written, or left behind by a run that was killed: what was flushed is there.
  // A writer is done with a block in no time; a hundred attempts, ever further apart, would go on
  // for hours where it is damaged.
  must(H5Pset_metadata_read_attempts(access.get(), 8), "choose how often to read", Failure::bug);
  file = Handle(H5Fopen(path.c_str(), H5F_ACC_RDONLY | H5F_ACC_SWMR_READ, access.get()));
  if (file) return file;
  throw FileError(Failure::input, "the file is damaged or cut short: " + hdf5_reason());
}

}  // namespace

struct Reader::Impl {
  explicit Impl(const std::string& from) : path(from) {
    const std::uint64_t bytes = readable_bytes(path);
    file = open_file(path);
    schema = read_schema(file.get(), bytes);
    level = read_detail(file.get());
    const bool whole = !schema.fingerprint.empty();
    tables.finished = whole;
    // Before the tables: those may grow meanwhile, and never shrink below it.
    if (!whole) kept = newest_checkpoint(file.get(), table_paths(schema, level));
    for (std::size_t i = 0; i < table_count; ++i) {
      const Layout& layout = layout_of(static_cast<trace::Table>(i));
      if (layout.least > level) continue;
      tables.plain[i].emplace(file.get(), layout, schema, whole);
    }
    for (const RoleInfo& role : schema.roles) {
      tables.roles.emplace_back();
      if (role.attributes.empty()) continue;
      tables.roles.back().emplace(file.get(), layout_of(role), schema, whole);
    }
    if (!whole) cut();
    add_keys(whole);
    tables.identities =
        hashes_of(*plain(trace::Table::identities), *plain(trace::Table::born), schema);
    for (auto& table : tables.plain) {
      if (table) table->who(tables.identities);
    }
  }

  [[nodiscard]] const std::optional<TableReader>& plain(trace::Table table) const {
    return tables.plain[static_cast<std::size_t>(table)];
  }

  /// A table that has some columns of `of`, and no more rows than that.
  [[nodiscard]] TableReader key(Layout layout, const TableReader& of, bool whole) const {
    TableReader table(file.get(), std::move(layout), schema, whole);
    table.limit(of.rows());
    return table;
  }

  void add_keys(bool whole) {
    if (const auto& steps = plain(trace::Table::steps)) {
      tables.step_keys = key(step_key_layout(), *steps, whole);
      tables.step_states = key(step_state_layout(), *steps, whole);
    }
    tables.end_keys = key(end_key_layout(), *plain(trace::Table::ended), whole);
  }

  /// Leaves out of every table what came after the last checkpoint.
  void cut() {
    if (!kept) {
      lost.emplace_back("no checkpoint is whole: tables may end at different instants");
      return;
    }
    auto rows = kept->rows.begin();
    const auto cut_one = [&](TableReader& table) {
      if (table.rows() < *rows) {
        lost.push_back(table.layout().path + ": only " + std::to_string(table.rows()) + " of " +
                       std::to_string(*rows) + " rows are in the file");
      }
      table.limit(*rows++);
    };
    for (auto& table : tables.plain) {
      if (table) cut_one(*table);
    }
    for (auto& table : tables.roles) {
      if (table) cut_one(*table);
    }
  }

  std::string path;
  Handle file;
  Schema schema;
  Detail level{Detail::kpi};
  std::optional<Checkpoint> kept;
  std::vector<std::string> lost;
  Tables tables;
};

Reader::Reader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Reader::~Reader() = default;

Result<std::unique_ptr<Reader>> Reader::open(const std::string& path) {
  const Quiet quiet;
  try {
    return std::unique_ptr<Reader>(new Reader(std::make_unique<Impl>(path)));
  } catch (const std::exception& problem) {
    return tl::unexpected<Fault>(fault_of(path, problem, Failure::input));
  }
}

const Schema& Reader::schema() const noexcept {
  return impl_->schema;
}

Detail Reader::detail() const noexcept {
  return impl_->level;
}

std::optional<SimTime> Reader::sealed() const noexcept {
  if (!impl_->kept) return {};
  return impl_->kept->sealed;
}

const std::vector<std::string>& Reader::losses() const noexcept {
  return impl_->lost;
}

std::vector<Reader::Table> Reader::tables() const {
  std::vector<Table> list;
  const auto add = [&list](const TableReader& table) {
    list.push_back({table.layout().path.substr(1), table.rows(), table.bytes()});
  };
  for (const auto& table : impl_->tables.plain) {
    if (table) add(*table);
  }
  for (const auto& table : impl_->tables.roles) {
    if (table) add(*table);
  }
  return list;
}

namespace {

Parts parts_of(Reader::Without out) {
  return {.births = !out.births,
          .marks = !out.marks,
          .steps = !out.steps,
          .ends = !out.ends,
          .paths = !out.paths,
          .moves = !out.moves,
          .levels = !out.levels,
          .ledger = !out.ledger,
          .by_hours = out.whole_days};
}

}  // namespace

struct Reader::Days::Impl {
  Impl(std::string from, const Tables& tables, const Schema& schema, Without out)
      : path(std::move(from)), replay(tables, schema, parts_of(out)) {}
  std::string path;
  Replay replay;
};

Reader::Days::Days(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Reader::Days::~Days() = default;
Reader::Days::Days(Days&&) noexcept = default;

Result<bool> Reader::Days::next(Batch& batch) {
  const Quiet quiet;
  try {
    return impl_->replay.next_day(batch);
  } catch (const FileError& problem) {
    return tl::unexpected<Fault>(fault_of(impl_->path, problem, Failure::input));
  } catch (const std::bad_alloc& problem) {
    return tl::unexpected<Fault>(fault_of(impl_->path, problem, Failure::input));
  }
}

Reader::Days Reader::days(Without out, SimTime from) const {
  auto days = std::make_unique<Days::Impl>(impl_->path, impl_->tables, impl_->schema, out);
  const Quiet quiet;
  try {
    if (impl_->tables.finished)
      days->replay.start(start_before(impl_->tables, impl_->schema, from));
  } catch (const std::exception&) {
    // A damaged index: from the beginning, then.
    days = std::make_unique<Days::Impl>(impl_->path, impl_->tables, impl_->schema, out);
  }
  return Days(std::move(days));
}

Result<State> Reader::state(SimTime at) const {
  const Quiet quiet;
  try {
    return state_at(impl_->tables, impl_->schema, at);
  } catch (const std::exception& problem) {
    return tl::unexpected<Fault>(fault_of(impl_->path, problem, Failure::input));
  }
}

template <class Row>
Result<std::vector<Row>> Reader::rows_of(std::size_t table) const {
  const Quiet quiet;
  try {
    Unpacker unpacker;
    std::vector<Row> rows;
    const auto& from = impl_->tables.plain[table];
    if (!from) return rows;
    rows.resize(static_cast<std::size_t>(from->rows()));
    for (std::size_t at = 0; at < rows.size(); at += chunk_rows) {
      from->read(at / chunk_rows, rows.data() + at, unpacker);
    }
    return rows;
  } catch (const std::exception& problem) {
    return tl::unexpected<Fault>(fault_of(impl_->path, problem, Failure::input));
  }
}

Result<std::vector<LevelTile>> Reader::level_tiles() const {
  return rows_of<LevelTile>(static_cast<std::size_t>(trace::Table::level_tiles));
}

Result<std::vector<LaneTile>> Reader::lane_tiles() const {
  return rows_of<LaneTile>(static_cast<std::size_t>(trace::Table::lane_tiles));
}

Result<std::vector<Moved>> Reader::moves(std::uint64_t first, std::size_t count) const {
  const Quiet quiet;
  try {
    std::vector<Moved> out;
    const auto& from = impl_->tables.plain[static_cast<std::size_t>(trace::Table::moves)];
    if (!from || first >= from->rows()) return out;
    const std::uint64_t end = std::min<std::uint64_t>(first + count, from->rows());
    out.reserve(static_cast<std::size_t>(end - first));
    Unpacker unpacker;
    std::vector<Moved> chunk(chunk_rows);
    for (std::uint64_t at = first - first % chunk_rows; at < end; at += chunk_rows) {
      const std::size_t rows = from->read(at / chunk_rows, chunk.data(), unpacker);
      const std::uint64_t begin = std::max(first, at) - at;
      const std::uint64_t last = std::min<std::uint64_t>(end - at, rows);
      out.insert(out.end(), chunk.begin() + static_cast<std::ptrdiff_t>(begin),
                 chunk.begin() + static_cast<std::ptrdiff_t>(last));
    }
    return out;
  } catch (const std::exception& problem) {
    return tl::unexpected<Fault>(fault_of(impl_->path, problem, Failure::input));
  }
}

Result<void> Reader::replay(Sink& sink, Without out) const {
  Days all = days(out);
  Batch batch;
  for (;;) {
    const auto more = all.next(batch);
    if (!more) return tl::unexpected(more.error());
    if (!*more) return {};
    sink.consume(batch);
  }
}

Result<Batch> Reader::all(Without out) const {
  const Quiet quiet;
  try {
    out.whole_days = false;
    Replay replay(impl_->tables, impl_->schema, parts_of(out));
    Batch batch;
    replay.rest(batch);
    return batch;
  } catch (const FileError& problem) {
    return tl::unexpected<Fault>(fault_of(impl_->path, problem, Failure::input));
  } catch (const std::bad_alloc& problem) {
    return tl::unexpected<Fault>(fault_of(impl_->path, problem, Failure::input));
  } catch (const std::length_error& problem) {
    return tl::unexpected<Fault>(fault_of(impl_->path, problem, Failure::input));
  }
}

}  // namespace portflow::trace

#include "viz/open.hpp"

#include <malloc.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "trace/reader.hpp"
#include "viz/live.hpp"

namespace portflow::viz {

namespace {

/// It could be read when the trace was opened: a disk that fails since shows an empty map.
MoveSource rows_of(std::shared_ptr<const trace::Reader> reader) {
  return [reader = std::move(reader)](std::uint64_t first, std::size_t count) {
    return reader->moves(first, count).value_or(std::vector<trace::Moved>{});
  };
}

/// Opens the file for each window: a reader knows the rows that were there when it was opened.
MoveSource rows_of_growing(const std::string& path) {
  return [path](std::uint64_t first, std::size_t count) {
    std::error_code ignored;
    const bool here = std::filesystem::exists(path, ignored);
    const auto reader = trace::Reader::open(here ? path : finished_name(path));
    if (!reader) return std::vector<trace::Moved>{};
    return (*reader)->moves(first, count).value_or(std::vector<trace::Moved>{});
  };
}

Result<std::unique_ptr<Store>> read_store(const std::string& path) {
  auto reader = trace::Reader::open(path);
  if (!reader) return tl::unexpected(reader.error());
  const std::shared_ptr<const trace::Reader> kept = std::move(*reader);
  auto store = std::make_unique<Store>(kept->schema());
  std::size_t moves = 0;
  for (const trace::Reader::Table& table : kept->tables()) {
    if (table.name == "moves") moves = table.rows;
  }
  store->expect(moves);
  if (kept->schema().fingerprint.empty()) {
    store->read_from(rows_of_growing(path));
  } else {
    store->read_from(rows_of(kept));
    store->keep(kept);
  }
  if (auto read =
          kept->replay(*store, {.steps = true, .paths = true, .ledger = true, .whole_days = true});
      !read) {
    return tl::unexpected(read.error());
  }
  store->close();
  // What only the reading needed goes back before pictures are drawn, not some day after.
  malloc_trim(0);
  return store;
}

}  // namespace

Result<std::unique_ptr<Store>> open_store(const std::string& path) {
  auto store = read_store(path);
  // A run that has just begun may be caught before it sealed anything, or while it does.
  constexpr int attempts = 8;
  for (int i = 0; !store && path.ends_with(".partial") && i < attempts; ++i) {
    if (store.error().kind != Failure::input) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    store = read_store(path);
  }
  if (!store && path.ends_with(".partial") && store.error().kind == Failure::input) {
    store.error().errors.push_back(
        {{}, {}, "the run may have sealed nothing yet: try again in a while"});
  }
  return store;
}

}  // namespace portflow::viz

#include "viz/open.hpp"

#include "trace/reader.hpp"

namespace portflow::viz {

Result<std::unique_ptr<Store>> open_store(const std::string& path) {
  auto reader = trace::Reader::open(path);
  if (!reader) return tl::unexpected(reader.error());
  const std::shared_ptr<trace::Reader> kept = std::move(*reader);
  auto store = std::make_unique<Store>(kept->schema());
  std::size_t moves = 0;
  std::size_t levels = 0;
  for (const trace::Reader::Table& table : kept->tables()) {
    if (table.name == "moves") moves = table.rows;
    if (table.name == "levels") levels = table.rows;
  }
  store->expect(moves, levels);
  store->read_from([kept](std::uint64_t first, std::size_t count) {
    // It could be read when the trace was opened: a disk that fails since shows an empty map.
    return kept->moves(first, count).value_or(std::vector<trace::Moved>{});
  });
  if (auto read = kept->replay(*store, {.steps = true, .paths = true}); !read) {
    return tl::unexpected(read.error());
  }
  store->close();
  return store;
}

}  // namespace portflow::viz

#include "viz/open.hpp"

#include "trace/reader.hpp"

namespace portflow::viz {

Result<std::unique_ptr<Store>> open_store(const std::string& path) {
  auto reader = trace::Reader::open(path);
  if (!reader) return tl::unexpected(reader.error());
  auto store = std::make_unique<Store>((*reader)->schema());
  for (const trace::Reader::Table& table : (*reader)->tables()) {
    if (table.name == "moves") store->expect(table.rows);
  }
  if (auto read = (*reader)->replay(*store, {.steps = true, .paths = true}); !read) {
    return tl::unexpected(read.error());
  }
  store->close();
  return store;
}

}  // namespace portflow::viz

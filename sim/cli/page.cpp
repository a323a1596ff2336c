#include "cli/page.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "cli/face.hpp"
#include "cli/table.hpp"

namespace portflow::cli {

Result<void> write_block(const std::string& path, const std::string& command,
                         const std::string& block) {
  errno = 0;
  std::ifstream stream{path, std::ios::binary};
  if (!stream) return fail(Failure::input, std::strerror(errno), {path, 0, 0});
  const std::string page{std::istreambuf_iterator<char>{stream}, {}};
  auto changed = calibration::with_block(page, path, command, block);
  if (!changed) return tl::unexpected(changed.error());
  return write_text(path, *changed);
}

std::string text_of(const calibration::Grid& grid) {
  Table table;
  table.heading = grid.heading;
  table.rows = grid.rows;
  for (auto& row : table.rows) std::erase(row.back(), '*');
  table.left = grid.heading.size();
  return table.text();
}

}  // namespace portflow::cli

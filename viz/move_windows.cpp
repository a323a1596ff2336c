#include "viz/move_windows.hpp"

#include <algorithm>

namespace portflow::viz {

MoveSource rows_in_memory(std::vector<trace::Moved> rows) {
  return [rows = std::move(rows)](std::uint64_t first, std::size_t count) {
    const auto from = rows.begin() + static_cast<std::ptrdiff_t>(first);
    return std::vector<trace::Moved>(from, from + static_cast<std::ptrdiff_t>(count));
  };
}

void MoveWindows::add(const trace::Moved& move, bool spoken) {
  if (windows_.empty() || windows_.back().count >= most_rows ||
      move.at - windows_.back().opened > reach) {
    windows_.push_back({.first = rows_, .opened = move.at});
  }
  Window& window = windows_.back();
  ++rows_;
  ++window.count;
  if (!spoken) return;
  window.earliest = std::min(window.earliest, move.begin);
  window.latest = std::max(window.latest, move.end);
}

const std::vector<trace::Moved>& MoveWindows::load(std::size_t window) const {
  const auto known = std::find_if(kept_.begin(), kept_.end(),
                                  [&](const Kept& kept) { return kept.window == window; });
  if (known != kept_.end()) {
    kept_.splice(kept_.begin(), kept_, known);
    return kept_.front().rows;
  }
  const Window& wanted = windows_[window];
  kept_.push_front(
      {window, source_ ? source_(wanted.first, wanted.count) : std::vector<trace::Moved>{}});
  kept_rows_ += kept_.front().rows.size();
  while (kept_rows_ > most_kept && kept_.size() > 1) {
    kept_rows_ -= kept_.back().rows.size();
    kept_.pop_back();
  }
  return kept_.front().rows;
}

}  // namespace portflow::viz

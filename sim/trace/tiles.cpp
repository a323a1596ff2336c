#include "trace/tiles.hpp"

#include <algorithm>
#include <tuple>

namespace portflow::trace {
namespace {

constexpr Duration edge = Days{16};

/// Instants near the ends of the clock, which no run has, stay out: there tiles would not fit.
bool fits(SimTime at) {
  return at > SimTime::min() + edge && at < SimTime::max() - edge;
}

/// The first multiple of `span` that is not before `at`.
SimTime ceiling(SimTime at, Duration span) {
  const std::int64_t ticks = at.time_since_epoch().count();
  const std::int64_t whole = span.count();
  const std::int64_t down = ticks / whole - (ticks % whole < 0 ? 1 : 0);
  return SimTime{Duration{(down * whole == ticks ? down : down + 1) * whole}};
}

}  // namespace

void LevelTiles::close(SimTime at, std::vector<LevelTile>& due) {
  const auto is_over = [&](const Rung& rung) { return rung.open && rung.end < at; };
  if (std::none_of(rungs_.begin(), rungs_.end(), is_over)) return;
  const std::size_t first = due.size();
  for (Rung& rung : rungs_) {
    if (!is_over(rung)) continue;
    for (LevelTile& sum : rung.sums) {
      if (sum.span.count() > 0) due.push_back(sum);
      sum = {};
    }
    rung.open = false;
  }
  std::stable_sort(due.begin() + static_cast<std::ptrdiff_t>(first), due.end(),
                   [](const LevelTile& a, const LevelTile& b) {
                     return std::tuple(a.at, a.span) < std::tuple(b.at, b.span);
                   });
}

void LevelTiles::take(std::span<const Level> rows, std::vector<LevelTile>& due) {
  for (const Level& row : rows) {
    if (!fits(row.at)) continue;
    close(row.at, due);
    for (std::size_t r = 0; r < rungs_.size(); ++r) {
      if (row.span > tile_spans[r]) continue;
      Rung& rung = rungs_[r];
      if (!rung.open) {
        rung.open = true;
        rung.end = ceiling(row.at, tile_spans[r]);
      }
      if (rung.sums.size() <= row.resource) rung.sums.resize(row.resource + std::size_t{1});
      LevelTile& sum = rung.sums[row.resource];
      sum.at = rung.end;
      sum.span = tile_spans[r];
      sum.resource = row.resource;
      sum.busy += row.busy;
      sum.queued += row.queued;
      sum.capacity += row.capacity;
      sum.waited += row.waited;
      sum.started += row.started;
      sum.queue_max = std::max(sum.queue_max, row.queue_max);
    }
  }
}

void LevelTiles::finish(std::vector<LevelTile>& due) {
  close(SimTime::max(), due);
}

LaneTile& LaneTiles::sum(std::size_t rung, std::uint16_t route) {
  auto& sums = sums_[rung];
  if (sums.size() <= route) sums.resize(route + std::size_t{1});
  return sums[route];
}

void LaneTiles::close_finest(std::vector<LaneTile>& due) {
  const SimTime start = end_ - tile_spans.front();
  for (const Open& one : open_) {
    if (one.begin >= end_) continue;
    const Duration inside = std::min(one.end, end_) - std::max(one.begin, start);
    for (std::size_t r = 0; r < tile_spans.size(); ++r) {
      LaneTile& tile = sum(r, one.route);
      tile.under_way += inside.count();
      if (one.begin >= start) ++tile.set_out;
    }
  }
  std::erase_if(open_, [&](const Open& one) { return one.end <= end_; });
  for (std::size_t r = 0; r < tile_spans.size(); ++r) {
    if (ceiling(end_, tile_spans[r]) != end_) continue;
    for (std::size_t route = 0; route < sums_[r].size(); ++route) {
      LaneTile& tile = sums_[r][route];
      if (tile.set_out == 0 && tile.under_way == 0) continue;
      tile.at = end_;
      tile.span = tile_spans[r];
      tile.route = static_cast<std::uint16_t>(route);
      due.push_back(tile);
      tile = {};
    }
  }
  end_ += tile_spans.front();
}

void LaneTiles::close_until(SimTime at, std::vector<LaneTile>& due) {
  while (end_ <= at) close_finest(due);
}

void LaneTiles::take(std::span<const Moved> rows, std::vector<LaneTile>& due) {
  for (const Moved& row : rows) {
    const SimTime begin = std::max(row.at, row.begin);
    if (!fits(row.at) || !fits(row.end) || row.end <= begin) continue;
    if (!begun_) {
      begun_ = true;
      end_ = ceiling(row.at + Duration{1}, tile_spans.front());
    }
    close_until(row.at, due);
    open_.push_back({begin, row.end, row.route});
  }
}

void LaneTiles::finish(std::vector<LaneTile>& due) {
  if (!begun_) return;
  // Until nobody is under way, and further until the coarsest tile is whole.
  while (!open_.empty() ||
         ceiling(end_ - tile_spans.front(), tile_spans.back()) != end_ - tile_spans.front()) {
    close_finest(due);
  }
  begun_ = false;
}

}  // namespace portflow::trace

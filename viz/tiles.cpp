#include "viz/tiles.hpp"

#include <algorithm>
#include <memory>

#include "viz/levels.hpp"
#include "viz/rolling.hpp"

namespace portflow::viz {
namespace {

using std::chrono::hours;
constexpr Duration week = hours(168);
constexpr std::size_t most_tiles = 6;

/// Births, ends and total times of all entities, in the order of time.
struct Lives {
  std::vector<SimTime> born, ended;
  std::vector<std::int64_t> totals;  // by end

  [[nodiscard]] double present(SimTime at) const {
    return static_cast<double>(before(born, at)) - static_cast<double>(before(ended, at));
  }
  [[nodiscard]] double ended_within(SimTime from, SimTime to) const {
    return static_cast<double>(before(ended, to) - before(ended, from));
  }
  [[nodiscard]] std::optional<double> median(SimTime from, SimTime to) const {
    const auto first = totals.begin() + before(ended, from);
    const auto last = totals.begin() + before(ended, to);
    if (first == last) return std::nullopt;
    std::vector<std::int64_t> some(first, last);
    const auto middle = some.begin() + (some.end() - some.begin()) / 2;
    std::nth_element(some.begin(), middle, some.end());
    return static_cast<double>(*middle);
  }
  static std::ptrdiff_t before(const std::vector<SimTime>& times, SimTime at) {
    return std::upper_bound(times.begin(), times.end(), at) - times.begin();
  }
};

trace::Label label(Text id) {
  return {text(id, Language::zh), text(id, Language::en)};
}

Text window_of(const kpi::Definition& definition) {
  if (definition.kind == "share") return Text::share_7_days;
  if (definition.kind == "count") return Text::total_7_days;
  if (definition.statistic == "mean") return Text::mean_7_days;
  return definition.statistic == "p50" ? Text::median_7_days : Text::high_7_days;
}

/// `berth_wait` as people write it: Berth wait.
std::string as_title(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') {
    name[0] = static_cast<char>(name[0] - 'a' + 'A');
  }
  return name;
}

void add_kpis(const trace::Schema& schema, const trace::Batch& batch, std::vector<Tile>& tiles) {
  for (RollingKpi& kpi : rolling_kpis(schema, batch, most_tiles)) {
    const kpi::Definition& is = kpi.definition;
    Tile tile{.title = is.title,
              .unit = is.unit,
              .window = window_of(is),
              .better = is.better,
              .target = is.target};
    // Where the scenario gives no title, the name stands for it.
    for (std::string* title : {&tile.title.zh, &tile.title.en}) {
      if (title->empty() || *title == is.name) *title = as_title(is.name);
    }
    const auto values = std::make_shared<const Rolling>(std::move(kpi.values));
    tile.value = [values](SimTime at) { return values->value(at, week); };
    tiles.push_back(std::move(tile));
  }
}

void add_plain_tiles(const trace::Batch& batch, const Levels& levels, std::vector<Tile>& tiles) {
  const auto all = std::make_shared<Lives>();
  for (const trace::Born& row : batch.born) all->born.push_back(row.at);
  for (const trace::Ended& row : batch.ended) {
    all->ended.push_back(row.at);
    all->totals.push_back((row.end - row.created).count());
  }
  if (all->born.empty()) return;
  const auto add = [&](Text title, const std::string& unit, auto value) {
    tiles.push_back({.title = label(title), .unit = unit, .value = std::move(value)});
  };
  add(Text::entities_in_system, "1", [all](SimTime at) { return std::optional(all->present(at)); });
  add(Text::entity_time_median, "ms", [all](SimTime at) { return all->median(at - week, at); });
  add(Text::entities_ended, "1",
      [all](SimTime at) { return std::optional(all->ended_within(at - hours(24), at)); });
  if (levels.empty()) return;
  add(Text::entities_waiting, "1", [&levels](SimTime at) {
    double sum = 0;
    for (std::size_t r = 0; r < levels.resources(); ++r) {
      sum += levels.at(static_cast<std::uint16_t>(r), at).queue;
    }
    return std::optional(sum);
  });
}

}  // namespace

std::vector<float> Tile::last_week(SimTime at) const {
  std::vector<float> out;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const SimTime when = from + sample_step * static_cast<std::int64_t>(i);
    if (when >= at) break;
    if (when >= at - week && samples[i]) out.push_back(*samples[i]);
  }
  if (const auto now = value(at)) out.push_back(static_cast<float>(*now));
  return out;
}

bool Tile::misses(double now) const {
  if (!target || better == kpi::Better::neither) return false;
  return better == kpi::Better::lower ? now > *target : now < *target;
}

std::vector<Tile> make_tiles(const trace::Schema& schema, const trace::Batch& batch,
                             const Levels& levels) {
  std::vector<Tile> tiles;
  add_kpis(schema, batch, tiles);
  if (tiles.empty()) add_plain_tiles(batch, levels, tiles);
  for (Tile& tile : tiles) {
    tile.from = schema.from;
    for (SimTime at = schema.from; at <= schema.to; at += Tile::sample_step) {
      const auto value = tile.value(at);
      tile.samples.push_back(value ? std::optional(static_cast<float>(*value)) : std::nullopt);
    }
  }
  return tiles;
}

}  // namespace portflow::viz

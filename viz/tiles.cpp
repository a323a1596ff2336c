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

void add_kpis(std::vector<RollingKpi> kpis, std::vector<Tile>& tiles) {
  for (RollingKpi& kpi : kpis) {
    const kpi::Definition& is = kpi.definition;
    Tile tile{.name = is.name,
              .title = is.title,
              .definition = is.definition,
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
    tile.over = [values](SimTime at, Duration window) { return values->value(at, window); };
    tiles.push_back(std::move(tile));
  }
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

TileMaker::TileMaker(const trace::Schema& schema)
    : from_(schema.from),
      to_(schema.to),
      kpis_(schema, most_tiles),
      born_(schema.from, "sum"),
      ended_(schema.from, "sum"),
      totals_(schema.from, schema.kpi_definitions.empty() ? "p50" : "mean") {}

void TileMaker::consume(const trace::Batch& batch) {
  kpis_.consume(batch);
  for (const trace::Born& row : batch.born) born_.add({row.at, 1, 1});
  for (const trace::Ended& row : batch.ended) {
    ended_.add({row.at, 1, 1});
    totals_.add({row.at, static_cast<double>((row.end - row.created).count()), 1});
  }
}

void TileMaker::add_plain(const Levels& levels, std::vector<Tile>& tiles) {
  born_.close();
  ended_.close();
  totals_.close();
  const Duration ever = to_ - from_ + hours(1);
  const auto born = std::make_shared<const Rolling>(std::move(born_));
  const auto ended = std::make_shared<const Rolling>(std::move(ended_));
  const auto totals = std::make_shared<const Rolling>(std::move(totals_));
  if (!born->value(to_, ever)) return;
  const auto add = [&](Text title, const std::string& unit, auto value) {
    Tile tile{.name = text(title, Language::en), .title = label(title), .unit = unit};
    tile.value = value;
    // Counts of a moment have no other window.
    tile.over = [value](SimTime at, Duration) { return std::optional<double>(value(at)); };
    tiles.push_back(std::move(tile));
  };
  add(Text::entities_in_system, "1", [=](SimTime at) {
    return std::optional(born->value(at, ever).value_or(0) - ended->value(at, ever).value_or(0));
  });
  add(Text::entity_time_median, "ms", [=](SimTime at) { return totals->value(at, week); });
  add(Text::entities_ended, "1",
      [=](SimTime at) { return std::optional(ended->value(at, hours(24)).value_or(0)); });
  if (levels.empty()) return;
  add(Text::entities_waiting, "1", [&levels](SimTime at) {
    double sum = 0;
    for (std::size_t r = 0; r < levels.resources(); ++r) {
      sum += levels.at(static_cast<std::uint16_t>(r), at).queue;
    }
    return std::optional(sum);
  });
}

std::vector<Tile> TileMaker::close(const Levels& levels) {
  std::vector<Tile> tiles;
  add_kpis(kpis_.close(), tiles);
  if (tiles.empty()) add_plain(levels, tiles);
  for (Tile& tile : tiles) {
    tile.from = from_;
    for (SimTime at = from_; at <= to_; at += Tile::sample_step) {
      const auto value = tile.value(at);
      tile.samples.push_back(value ? std::optional(static_cast<float>(*value)) : std::nullopt);
    }
  }
  return tiles;
}

}  // namespace portflow::viz

#include "viz/tiles.hpp"

#include <algorithm>
#include <memory>

#include "viz/levels.hpp"

namespace portflow::viz {
namespace {

using std::chrono::hours;
using Chosen = std::function<bool(const trace::RoleInfo&)>;

/// Births, ends and total times of the chosen entities, in the order of time.
struct Lives {
  std::vector<SimTime> born, ended;
  std::vector<std::int64_t> totals;  // by end

  [[nodiscard]] bool any() const { return !born.empty(); }
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

std::shared_ptr<const Lives> lives_of(const trace::Schema& schema, const trace::Batch& batch,
                                      const Chosen& chosen) {
  std::vector<bool> wanted;
  for (const trace::RoleInfo& role : schema.roles) wanted.push_back(chosen(role));
  const auto take = [&](std::uint16_t role) { return role < wanted.size() && wanted[role]; };
  auto lives = std::make_shared<Lives>();
  for (const trace::Born& row : batch.born) {
    if (take(row.role)) lives->born.push_back(row.at);
  }
  for (const trace::Ended& row : batch.ended) {
    if (!take(row.role)) continue;
    lives->ended.push_back(row.at);
    lives->totals.push_back((row.end - row.created).count());
  }
  return lives;
}

std::vector<std::uint16_t> resources_with(const trace::Schema& schema,
                                          const std::function<bool(std::size_t)>& chosen) {
  std::vector<std::uint16_t> out;
  for (std::size_t i = 0; i < schema.resources.size(); ++i) {
    if (chosen(i)) out.push_back(static_cast<std::uint16_t>(i));
  }
  return out;
}

/// The longest wait that ended in each hour at the chosen resources, exact from the steps.
struct Longest {
  SimTime from{};
  std::vector<std::int64_t> by_hour;
  [[nodiscard]] std::optional<double> within_day(SimTime at) const {
    if (at < from) return std::nullopt;
    const auto last = static_cast<std::size_t>((at - from) / hours(1)) + 1;
    std::int64_t best = -1;
    for (std::size_t h = last > 24 ? last - 24 : 0; h < std::min(last, by_hour.size()); ++h) {
      best = std::max(best, by_hour[h]);
    }
    return best < 0 ? std::nullopt : std::optional(static_cast<double>(best));
  }
};

std::optional<Tile> border_tile(const trace::Schema& schema, const trace::Batch& batch) {
  std::vector<bool> hall(schema.resources.size());
  double target = 0;
  for (const std::uint16_t i : resources_with(schema, [&](std::size_t r) {
         const std::size_t f = schema.resources[r].facility;
         return f < schema.facilities.size() &&
                schema.facilities[f].kind.find("hall") != std::string::npos;
       })) {
    hall[i] = true;
    target = std::max(target, schema.resources[i].wait_target_ms);
  }
  auto longest = std::make_shared<Longest>();
  longest->from = schema.from;
  for (const trace::StepDone& step : batch.steps) {
    if (step.resource >= hall.size() || !hall[step.resource] || step.at < schema.from) continue;
    const auto hour = static_cast<std::size_t>((step.at - schema.from) / hours(1));
    if (longest->by_hour.size() <= hour) longest->by_hour.resize(hour + 1, -1);
    longest->by_hour[hour] = std::max(longest->by_hour[hour], (step.start - step.ready).count());
  }
  if (longest->by_hour.empty()) return std::nullopt;
  return Tile{.title = Text::border_wait_longest, .unit = Unit::milliseconds,
              .value = [longest](SimTime at) { return longest->within_day(at); },
              .target = target};
}

std::optional<Tile> gate_tile(const trace::Schema& schema, const Levels& levels) {
  const auto gates = resources_with(schema, [&](std::size_t r) {
    return schema.resources[r].name.find("gate") != std::string::npos &&
           levels.ever_waited(static_cast<std::uint16_t>(r));
  });
  if (gates.empty()) return std::nullopt;
  const std::uint16_t gate = gates.front();
  return Tile{.title = Text::gate_wait_mean, .unit = Unit::milliseconds,
              .value = [gate, &levels](SimTime at) -> std::optional<double> {
                const auto wait = levels.wait(gate, at, hours(24));
                if (!wait) return std::nullopt;
                return static_cast<double>(wait->count());
              },
              .target = schema.resources[gate].wait_target_ms};
}

void add_plain_tiles(const trace::Schema& schema, const trace::Batch& batch, const Levels& levels,
                     std::vector<Tile>& tiles) {
  const auto all = lives_of(schema, batch, [](const auto&) { return true; });
  if (!all->any()) return;
  tiles.push_back({.title = Text::entities_in_system, .unit = Unit::entities,
                   .value = [all](SimTime at) { return std::optional(all->present(at)); }});
  tiles.push_back({.title = Text::entity_time_median, .unit = Unit::milliseconds,
                   .value = [all](SimTime at) { return all->median(at - hours(168), at); }});
  tiles.push_back({.title = Text::entities_ended, .unit = Unit::entities,
                   .value = [all](SimTime at) {
                     return std::optional(all->ended_within(at - hours(24), at));
                   }});
  if (levels.empty()) return;
  tiles.push_back({.title = Text::entities_waiting, .unit = Unit::entities,
                   .value = [&levels](SimTime at) {
                     double sum = 0;
                     for (std::size_t r = 0; r < levels.resources(); ++r) {
                       sum += levels.at(static_cast<std::uint16_t>(r), at).queue;
                     }
                     return std::optional(sum);
                   }});
}

}  // namespace

std::vector<float> Tile::last_week(SimTime at) const {
  std::vector<float> out;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const SimTime when = from + sample_step * static_cast<std::int64_t>(i);
    if (when >= at) break;
    if (when >= at - hours(168) && samples[i]) out.push_back(*samples[i]);
  }
  if (const auto now = value(at)) out.push_back(static_cast<float>(*now));
  return out;
}

std::vector<Tile> make_tiles(const trace::Schema& schema, const trace::Batch& batch,
                             const Levels& levels) {
  const auto boxes = lives_of(schema, batch, [](const auto& r) { return r.type == "box"; });
  const auto ships = lives_of(schema, batch, [](const auto& r) { return r.mode == "ship"; });
  const auto people = lives_of(schema, batch, [](const auto& r) { return r.type == "passenger"; });
  std::vector<Tile> tiles;
  if (boxes->any()) {
    tiles.push_back({.title = Text::boxes_in_port, .unit = Unit::boxes,
                     .value = [boxes](SimTime at) { return std::optional(boxes->present(at)); }});
  }
  if (ships->any()) {
    tiles.push_back({.title = Text::ships_in_port, .unit = Unit::ships,
                     .value = [ships](SimTime at) { return std::optional(ships->present(at)); }});
  }
  if (boxes->any()) {
    tiles.push_back({.title = Text::box_time_median, .unit = Unit::milliseconds,
                     .value = [boxes](SimTime at) { return boxes->median(at - hours(168), at); }});
  }
  if (auto gate = gate_tile(schema, levels)) tiles.push_back(std::move(*gate));
  if (auto border = border_tile(schema, batch)) tiles.push_back(std::move(*border));
  if (people->any()) {
    tiles.push_back({.title = Text::passengers_today, .unit = Unit::people,
                     .value = [people](SimTime at) {
                       return std::optional(people->ended_within(at - time_of_day(at), at));
                     }});
  }
  if (tiles.size() < 4) add_plain_tiles(schema, batch, levels, tiles);
  if (tiles.size() > 6) tiles.resize(6);
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

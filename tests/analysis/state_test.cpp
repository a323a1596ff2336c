// The state at an instant, by keyframes, is that which all rows before it add up to; tiles are sums
// of what they are made of.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <set>

#include "analysis/traced.hpp"
#include "trace/tiles.hpp"

namespace portflow::analysis {
namespace {

using trace::Batch;
using trace::State;

/// The state by the plainest road: every row from the beginning.
State by_all_rows(const Batch& rows, const trace::Schema& schema, SimTime at) {
  State state;
  state.at = at;
  state.balances.resize(schema.items.size());
  std::map<trace::EntityId, State::Present> present;
  std::vector<trace::EntityId> order;
  for (const auto& row : rows.born) {
    if (row.at >= at) break;
    present[row.entity] = {row.entity, row.at, row.at, row.role, trace::no_code};
    order.push_back(row.entity);
  }
  for (const auto& row : rows.steps) {
    if (row.at >= at) break;
    if (!present.contains(row.entity)) continue;
    present[row.entity].since = row.at;
    present[row.entity].step = row.step;
  }
  for (const auto& row : rows.ended) {
    if (row.at < at) present.erase(row.entity);
  }
  for (const auto entity : order) {
    const auto found = present.find(entity);
    if (found != present.end()) state.present.push_back(found->second);
  }
  for (const auto& row : rows.moves) {
    if (row.at < at && row.end > at) state.under_way.push_back(row);
  }
  std::map<std::uint16_t, trace::Level> levels;
  for (const auto& row : rows.levels) {
    if (row.at < at) levels[row.resource] = row;
  }
  for (const auto& [resource, row] : levels) state.levels.push_back(row);
  for (const auto& row : rows.ledger) {
    if (row.at < at) state.balances[row.item] += row.amount;
  }
  return state;
}

std::string text_of(const State& state) {
  std::string text;
  for (const auto& one : state.present) {
    text += fmt::format("{:x} {} {} {} {}\n", one.entity, one.role, to_text(one.created),
                        to_text(one.since), one.step);
  }
  for (const auto& one : state.under_way) {
    text += fmt::format("{:x} {} {}\n", one.entity, to_text(one.begin), one.route);
  }
  for (const auto& one : state.levels) {
    text += fmt::format("{} {} {} {}\n", one.resource, to_text(one.at), one.busy_now, one.queued);
  }
  for (const LedgerParts one : state.balances) text += fmt::format("{}\n", one.count);
  return text;
}

class StateOf : public testing::TestWithParam<std::pair<std::string, trace::Detail>> {};

TEST_P(StateOf, IsWhatAllRowsBeforeItAddUpTo) {
  const test::Traced traced(GetParam().first, GetParam().second);
  const auto reader = trace::Reader::open(traced.path());
  ASSERT_TRUE(reader);
  const trace::Schema& schema = (*reader)->schema();
  const auto rows = (*reader)->all();
  ASSERT_TRUE(rows);
  const SimTime first = rows->born.front().at;
  std::vector<SimTime> instants{first,          first + Duration{1}, schema.from,
                                schema.to,      schema.until,        schema.until + Days{40},
                                SimTime::max(), SimTime::min()};
  for (int i = 1; i < 12; ++i) {
    const SimTime at = schema.from + (schema.to - schema.from) * i / 12 + Duration{i * 977'777};
    instants.insert(instants.end(),
                    {at, std::chrono::floor<Days>(at), std::chrono::floor<Days>(at) + Duration{1}});
  }
  std::size_t present = 0;
  for (const SimTime at : instants) {
    const auto state = (*reader)->state(at);
    ASSERT_TRUE(state) << state.error().errors.front().text();
    ASSERT_EQ(text_of(*state), text_of(by_all_rows(*rows, schema, at))) << to_text(at);
    present += state->present.size();
  }
  EXPECT_GT(present, 10U);
}

INSTANTIATE_TEST_SUITE_P(
    Scenarios, StateOf,
    testing::Values(std::pair{"scenarios/small/tiny_port.yaml", trace::Detail::full},
                    std::pair{"scenarios/small/tiny_port.yaml", trace::Detail::kpi},
                    std::pair{"scenarios/small/rough_port.yaml", trace::Detail::stages},
                    std::pair{"scenarios/small/one_berth.yaml", trace::Detail::stages}),
    [](const auto& scenario) { return "Scenario" + std::to_string(scenario.index); });

TEST(Tiles, AreSumsOfWhatTheyAreMadeOf) {
  const test::Traced traced("scenarios/small/tiny_port.yaml");
  const auto reader = trace::Reader::open(traced.path());
  ASSERT_TRUE(reader);
  const auto rows = (*reader)->all();
  const auto levels = (*reader)->level_tiles();
  const auto lanes = (*reader)->lane_tiles();
  ASSERT_TRUE(rows && levels && lanes);
  std::set<std::int64_t> spans;
  std::map<std::int64_t, std::int64_t> busy, starts, under_way, set_out;
  for (const trace::LevelTile& tile : *levels) {
    spans.insert(tile.span.count());
    busy[tile.span.count()] += tile.busy;
    starts[tile.span.count()] += tile.started;
    EXPECT_EQ(tile.at.time_since_epoch() % tile.span, Duration{0});
    std::int64_t queued = 0;
    std::uint32_t most = 0;
    for (const trace::Level& row : rows->levels) {
      if (row.resource != tile.resource || row.at <= tile.at - tile.span || row.at > tile.at) {
        continue;
      }
      queued += row.queued;
      most = std::max(most, row.queue_max);
    }
    ASSERT_EQ(tile.queued, queued) << to_text(tile.at);
    ASSERT_EQ(tile.queue_max, most) << to_text(tile.at);
  }
  for (const trace::LaneTile& tile : *lanes) {
    under_way[tile.span.count()] += tile.under_way;
    set_out[tile.span.count()] += tile.set_out;
    std::int64_t inside = 0;
    for (const trace::Moved& row : rows->moves) {
      if (row.route != tile.route) continue;
      const Duration part =
          std::min(row.end, tile.at) - std::max({row.at, row.begin, tile.at - tile.span});
      inside += std::max<std::int64_t>(0, part.count());
    }
    ASSERT_EQ(tile.under_way, inside) << to_text(tile.at);
  }
  std::int64_t all_busy = 0, all_starts = 0, ways = 0, time = 0;
  for (const trace::Level& row : rows->levels) {
    all_busy += row.busy;
    all_starts += row.started;
  }
  for (const trace::Moved& row : rows->moves) {
    if (row.end <= std::max(row.at, row.begin)) continue;
    ++ways;
    time += (row.end - std::max(row.at, row.begin)).count();
  }
  EXPECT_EQ(spans.size(), trace::tile_spans.size());
  for (const Duration span : trace::tile_spans) {
    EXPECT_EQ(busy[span.count()], all_busy);
    EXPECT_EQ(starts[span.count()], all_starts);
    EXPECT_EQ(under_way[span.count()], time);
    EXPECT_EQ(set_out[span.count()], ways);
  }
  EXPECT_GT(ways, 0);
}

}  // namespace
}  // namespace portflow::analysis

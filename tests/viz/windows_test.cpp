// Moves by windows against all of them looked at one by one, and what a long trace takes.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "viz/movers.hpp"
#include "viz/pages.hpp"
#include "viz/tally.hpp"

namespace portflow::viz {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr SimTime zero{hours(460'000)};

/// Equal numbers everywhere, from 0 to below `limit`.
std::uint64_t dice(std::uint64_t number, std::uint64_t limit) {
  number = (number + 1) * 0x9e3779b97f4a7c15ull;
  number = (number ^ number >> 31) * 0xbf58476d1ce4e5b9ull;
  return (number ^ number >> 29) % limit;
}

trace::Schema schema_of(std::int64_t length_hours) {
  trace::Schema schema;
  schema.roles = {{.name = "trucks",
                   .type = "box",
                   .procedure = "",
                   .flow = "import",
                   .mode = "truck",
                   .attributes = {}},
                  {.name = "ships",
                   .type = "ship",
                   .procedure = "",
                   .flow = "export",
                   .mode = "ship",
                   .attributes = {}}};
  schema.routes = {
      {.name = "a > b (road)", .mode = "road", .longitudes = {121, 122}, .latitudes = {39, 39}},
      {.name = "b > c (sea)", .mode = "sea", .longitudes = {122, 123}, .latitudes = {39, 39}}};
  schema.from = zero;
  schema.to = schema.until = zero + hours(length_hours);
  return schema;
}

/// Row `number` of a trace in which somebody sets out every `gap`; one in nine is a ship that takes
/// up to two days.
trace::Moved row(std::uint64_t number, Duration gap) {
  const bool ship = dice(number, 9) == 0;
  const SimTime begin = zero + gap * static_cast<std::int64_t>(number);
  const auto takes =
      static_cast<std::int64_t>(ship ? 60 + dice(number * 3, 2800) : 5 + dice(number * 5, 350));
  return {.at = begin,
          .begin = begin,
          .end = begin + minutes(takes),
          .entity = number + 1,
          .route = static_cast<std::uint16_t>(ship ? 1 : 0),
          .role = static_cast<std::uint16_t>(ship ? 1 : 0)};
}

/// Several hundred windows, in batches of a day.
struct Fixture {
  static constexpr Duration gap = std::chrono::seconds(40);
  std::vector<trace::Moved> rows;
  Movers movers{schema_of(24 * 40)};

  Fixture() {
    trace::Batch batch;
    movers.read_from([this](std::uint64_t first, std::size_t count) {
      const auto from = rows.begin() + static_cast<std::ptrdiff_t>(first);
      return std::vector<trace::Moved>(from, from + static_cast<std::ptrdiff_t>(count));
    });
    for (std::uint64_t i = 0; i < 80'000; ++i) {
      rows.push_back(row(i, gap));
      batch.moves.push_back(rows.back());
      if (batch.moves.size() < 2160) continue;
      movers.consume(batch);
      batch.clear();
    }
    movers.consume(batch);
    movers.close();
    movers.judge({});
  }
};

TEST(Windows, HoldEverybodyWhoIsUnderWay) {
  const Fixture all;
  for (std::uint64_t i = 0; i < 200; ++i) {
    const SimTime at = zero + minutes(static_cast<std::int64_t>(dice(i, 24 * 60 * 38)));
    std::vector<trace::EntityId> wanted;
    for (const trace::Moved& move : all.rows) {
      if (move.begin <= at && move.end > at) wanted.push_back(move.entity);
    }
    std::vector<trace::EntityId> found;
    for (const Mover& mover : all.movers.at(at)) found.push_back(mover.entity);
    std::sort(found.begin(), found.end());
    ASSERT_EQ(found, wanted) << i;
  }
  EXPECT_EQ(all.movers.size(), all.rows.size());
}

TEST(Windows, CountToTheQuarterOfAnHour) {
  const Fixture all;
  for (int i = 1; i < 900; i += 7) {
    const SimTime at = zero + hours(i);
    const SimTime last = at + minutes(15) - Duration(1);
    EXPECT_EQ(all.movers.count_about(at), all.movers.at(last).size()) << i;
  }
}

TEST(Windows, FindTheNextAndThePreviousEvent) {
  const Fixture all;
  std::vector<SimTime> events;
  for (const trace::Moved& move : all.rows) {
    events.push_back(move.begin);
    events.push_back(move.end);
  }
  std::sort(events.begin(), events.end());
  for (std::uint64_t i = 0; i < 60; ++i) {
    const SimTime at = zero + std::chrono::seconds(dice(i, 3600 * 24 * 38));
    EXPECT_EQ(all.movers.next_event(at, true), *std::upper_bound(events.begin(), events.end(), at));
    const auto before = std::lower_bound(events.begin(), events.end(), at);
    if (before == events.begin()) continue;
    EXPECT_EQ(all.movers.next_event(at, false), *(before - 1));
  }
  EXPECT_FALSE(all.movers.next_event(events.back(), true));
  EXPECT_FALSE(all.movers.next_event(events.front(), false));
}

TEST(Windows, FatesBelongToAllMovesOfALife) {
  trace::Schema schema = schema_of(48);
  trace::Batch batch;
  for (int i = 0; i < 3; ++i) {
    trace::Moved move = row(static_cast<std::uint64_t>(i), hours(1));
    move.entity = 7;
    move.route = move.role = 0;
    move.end = move.begin + hours(1);
    batch.moves.push_back(move);
  }
  trace::Ended ended{
      .at = zero + hours(40), .end = zero + hours(40), .created = zero, .entity = 7, .role = 0};
  ended.ticks_by_cause[static_cast<std::size_t>(Cause::busy)] = 5000;
  batch.ended.push_back(ended);
  Totals totals(schema);
  totals.consume(batch);
  Breaches breaches;
  totals.close(breaches);
  Movers movers(schema, batch);
  EXPECT_EQ(movers.at(zero)[0].late, Late::unknown) << "nobody has said yet what is usual";
  movers.judge(totals);
  for (int i = 0; i < 3; ++i) {
    const auto& at = movers.at(zero + hours(i) + minutes(1));
    ASSERT_EQ(at.size(), 1u);
    EXPECT_EQ(at[0].cause, static_cast<std::uint8_t>(Cause::busy));
    EXPECT_EQ(at[0].late, Late::none);
  }
}

/// Resident memory [MiB].
double resident() {
  std::ifstream in("/proc/self/statm");
  double pages = 0;
  double there = 0;
  in >> pages >> there;
  return there * 4096 / (1024 * 1024);
}

TEST(Windows, TenMillionMovementsTakeTensOfMegabytes) {
  constexpr Duration gap = std::chrono::seconds(3);
  constexpr std::uint64_t count = 10'000'000;
  Movers movers(schema_of(24 * 365));
  movers.expect(count);
  movers.read_from([](std::uint64_t first, std::size_t many) {
    std::vector<trace::Moved> rows;
    for (std::uint64_t i = first; i < first + many; ++i) rows.push_back(row(i, gap));
    return rows;
  });
  const double before = resident();
  trace::Batch batch;
  for (std::uint64_t i = 0; i < count; ++i) {
    batch.moves.push_back(row(i, gap));
    // Lives end soon after their move.
    if (i > 20'000) {
      const trace::Moved done = row(i - 20'000, gap);
      batch.ended.push_back({.at = done.end,
                             .end = done.end,
                             .created = done.begin,
                             .entity = done.entity,
                             .role = done.role});
    }
    if (batch.moves.size() < 28'800) continue;
    movers.consume(batch);
    batch.clear();
  }
  movers.consume(batch);
  movers.close();
  movers.judge({});
  EXPECT_EQ(movers.size(), count);
  EXPECT_GT(movers.at(zero + hours(24 * 200)).size(), 3000u);
  EXPECT_LT(resident() - before, 130) << "20 MB of fates, 35 MB of ways over six hours, windows";
}

TEST(Pages, BeyondTheMostAreReadAgain) {
  struct Row {
    std::int64_t a{0}, b{0};
  };
  Pages<Row, 8> pages(4);
  PagedSeries<Row, 8> even;
  PagedSeries<Row, 8> odd;
  for (std::int64_t i = 0; i < 1'001; ++i) (i % 2 == 0 ? even : odd).add(pages, {i, -i});
  EXPECT_LE(pages.in_memory(), 4U);
  EXPECT_EQ(pages.size(), 124U);
  ASSERT_EQ(even.size(), 501U);
  ASSERT_EQ(odd.size(), 500U);
  for (std::size_t i = 0; i < 500; ++i) {
    EXPECT_EQ(even.at(pages, i).a, static_cast<std::int64_t>(2 * i));
    EXPECT_EQ(odd.at(pages, 499 - i).b, -static_cast<std::int64_t>(2 * (499 - i) + 1));
  }
  EXPECT_LE(pages.in_memory(), 4U);
  const auto upto = [&](std::int64_t value) {
    return even.upto(pages, value, [](std::int64_t v, const Row& row) { return v < row.a; });
  };
  EXPECT_EQ(upto(-1), 0U);
  for (std::int64_t value = 0; value <= 1'100; ++value) {
    EXPECT_EQ(upto(value), static_cast<std::size_t>(std::min<std::int64_t>(value, 1'000) / 2 + 1));
  }
}

TEST(Tally, CountsEqualValuesAndKeepsTheirOrder) {
  Tally tally(100);
  for (const float value : {3.0f, 1.0f, 3.0f, 2.0f}) tally.add(5, value);
  tally.add(4, 9);
  tally.close();
  ASSERT_EQ(tally.entries().size(), 4u);
  EXPECT_EQ(tally.entries()[0].bin, 4u);
  EXPECT_FLOAT_EQ(tally.entries()[3].value, 3);
  EXPECT_EQ(tally.entries()[3].count, 2u);
}

TEST(Tally, OfManyValuesRoundsAsLittleAsItMust) {
  constexpr std::size_t most = 4000;
  Tally tally(most);
  for (std::uint64_t i = 0; i < 300'000; ++i) {
    tally.add(static_cast<std::uint32_t>(i / 100'000),
              1.0f + static_cast<float>(dice(i, 1u << 22)));
  }
  tally.close();
  EXPECT_LE(tally.entries().size(), most);
  EXPECT_EQ(tally.count(), 300'000u);
  std::uint64_t counted = 0;
  std::uint64_t below = 0;
  for (const Tally::Entry& entry : tally.entries()) {
    counted += entry.count;
    if (entry.value < static_cast<float>(1u << 21)) below += entry.count;
  }
  EXPECT_EQ(counted, 300'000u);
  EXPECT_NEAR(static_cast<double>(below), 150'000, 1500);
}

}  // namespace
}  // namespace portflow::viz

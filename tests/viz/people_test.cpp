// Names of any number of births in bounded memory, and the search among them.
#include "viz/people.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdlib>

namespace portflow::viz {
namespace {

struct Pair {
  trace::EntityId entity{0};
  std::uint64_t value{0};
};

/// Each number of 64 bits for one other: ids in no order, none of them twice.
trace::EntityId id_of(std::uint64_t number) {
  number = (number + 1) * 0x9e3779b97f4a7c15ull;
  return (number ^ number >> 31) * 0xbf58476d1ce4e5b9ull;
}

void fill(ByEntity<Pair>& rows, std::uint64_t count) {
  for (std::uint64_t i = 0; i < count; ++i) rows.add({id_of(i), i});
  ASSERT_TRUE(rows.close());
}

void expect_all(const ByEntity<Pair>& rows, std::uint64_t count, std::uint64_t step) {
  ASSERT_EQ(rows.size(), count);
  for (std::uint64_t i = 0; i < count; i += step) {
    const auto found = rows.find(id_of(i));
    ASSERT_TRUE(found) << i;
    ASSERT_EQ(found->value, i);
  }
  EXPECT_FALSE(rows.find(id_of(count)));
  EXPECT_FALSE(rows.find(0));
  EXPECT_FALSE(rows.find(~trace::EntityId{0}));
  ByEntity<Pair>::Walk walk(rows);
  std::uint64_t seen = 0;
  trace::EntityId last = 0;
  while (const Pair* row = walk.next()) {
    ASSERT_LT(last, row->entity);
    last = row->entity;
    ++seen;
  }
  EXPECT_EQ(seen, count);
}

TEST(ByEntity, FindsEverybodyInMemoryAndOnDisk) {
  for (const std::uint64_t count : {0u, 1u, 1'000u, 131'072u, 131'073u, 700'001u}) {
    ByEntity<Pair> rows;
    fill(rows, count);
    expect_all(rows, count, count > 10'000 ? 997 : 1);
  }
}

std::int64_t peak_kib() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return used.ru_maxrss;
}

TEST(ByEntity, TenMillionTakeFewMegabytes) {
  const std::int64_t before = peak_kib();
  ByEntity<Pair> rows;
  fill(rows, 10'000'000);
  EXPECT_LT(peak_kib() - before, 24 * 1024);
  expect_all(rows, 10'000'000, 99'991);
}

TEST(ByEntity, SaysSoWhereThereIsNoRoom) {
  ASSERT_EQ(setenv("TMPDIR", "/proc", 1), 0);
  ByEntity<Pair> rows;
  for (std::uint64_t i = 0; i < 400'000; ++i) rows.add({id_of(i), i});
  const auto closed = rows.close();
  unsetenv("TMPDIR");
  ASSERT_FALSE(closed);
  EXPECT_EQ(closed.error().kind, Failure::disk);
  EXPECT_NE(closed.error().errors.front().message.find("/proc"), std::string::npos);
}

/// Ten liners of three lots of forty boxes each, and a role whose name begins like another's.
struct Port {
  trace::Schema schema;
  std::unique_ptr<People> people;

  Port() {
    for (const char* name : {"liners", "liners/lots", "liners/lots/boxes", "boxes_by_rail"}) {
      schema.roles.push_back({name, "box", "", "import", "", {}});
    }
    people = std::make_unique<People>(schema);
    trace::Batch batch;
    std::uint64_t number = 0;
    const auto born = [&](trace::EntityId parent, std::uint32_t ordinal, std::uint16_t role) {
      const trace::EntityId id = id_of(number);
      batch.born.push_back(
          {SimTime(Duration(static_cast<std::int64_t>(number++))), id, parent, ordinal, role});
      return id;
    };
    for (std::uint32_t l = 1; l <= 10; ++l) {
      const auto liner = born(trace::no_entity, l, 0);
      for (std::uint32_t k = 1; k <= 3; ++k) {
        const auto lot = born(liner, k, 1);
        for (std::uint32_t b = 1; b <= 40; ++b) born(lot, b, 2);
      }
    }
    born(trace::no_entity, 2, 3);
    people->consume(batch);
    EXPECT_TRUE(people->close());
  }
  [[nodiscard]] std::vector<std::string> named(const std::string& text, std::size_t most) const {
    std::vector<std::string> out;
    for (const Found& one : people->search(text, most)) out.push_back(one.name);
    return out;
  }
};

TEST(People, AreFoundByTheWholeNameAndByItsBeginning) {
  const Port port;
  EXPECT_EQ(port.named("liners-3/lots-2/boxes-17", 9),
            std::vector<std::string>{"liners-3/lots-2/boxes-17"});
  const auto begins = port.named("liners-3/lots-2/boxes-1", 40);
  ASSERT_EQ(begins.size(), 11u);
  EXPECT_EQ(begins.front(), "liners-3/lots-2/boxes-1") << "the exact one first";
  EXPECT_EQ(begins[1], "liners-3/lots-2/boxes-10");
  EXPECT_EQ(begins.back(), "liners-3/lots-2/boxes-19");
  EXPECT_EQ(port.named("liners-10/lo", 9),
            (std::vector<std::string>{"liners-10/lots-1", "liners-10/lots-2", "liners-10/lots-3"}));
}

TEST(People, AreFoundByTheirOwnPartTheEarliestFirst) {
  const Port port;
  const auto found = port.named("boxes-7", 4);
  EXPECT_EQ(found,
            (std::vector<std::string>{"liners-1/lots-1/boxes-7", "liners-1/lots-2/boxes-7",
                                      "liners-1/lots-3/boxes-7", "liners-2/lots-1/boxes-7"}));
  EXPECT_EQ(port.named("boxes_by", 4), std::vector<std::string>{"boxes_by_rail-2"});
  EXPECT_EQ(port.named("boxes-4", 1'000).size(), 60u) << "30 of number 4, 30 of number 40";
}

TEST(People, ThatNobodyIsCalledAreNotFound) {
  const Port port;
  for (const char* text : {"", "boxes-41", "boxes-07", "boxes-", "x", "liners-3/boxes-1", "/",
                           "liners-3//boxes-1", "boxes-99999999999", "liners-3/lots-2/boxes-17/"}) {
    const auto found = port.named(text, 5);
    const bool all_boxes = std::string(text) == "boxes-";
    EXPECT_EQ(found.size(), all_boxes ? 5u : 0u) << text;
  }
}

TEST(People, AreSpeltAlongTheirParents) {
  const Port port;
  const auto found = port.people->search("liners-3/lots-2/boxes-17", 1);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(port.people->spell(found[0].entity), "liners-3/lots-2/boxes-17");
  EXPECT_EQ(port.people->spell(0x2a), "000000000000002a");
}

}  // namespace
}  // namespace portflow::viz

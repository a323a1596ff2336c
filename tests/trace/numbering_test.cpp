// Numbers of entities: dense, in the order of naming, the same however rows are cut.
#include "trace/numbering.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <random>

#include "random_rows.hpp"

namespace portflow::trace {
namespace {

TEST(Numbering, CountsWhoeverIsNamedFirst) {
  std::mt19937_64 bits(5);
  std::vector<EntityId> ids;
  for (int i = 0; i < 20'000; ++i) ids.push_back(bits() | 1U);
  std::vector<EntityId> named;
  for (std::size_t i = 0; i < 60'000; ++i) {
    named.push_back(bits() % 10 == 0
                        ? no_entity
                        : ids[std::min<std::size_t>(bits() % (1 + i / 2), ids.size() - 1)]);
  }
  std::map<EntityId, std::uint32_t> expected;
  std::vector<EntityId> order;
  Numbering numbering;
  std::vector<std::uint32_t> numbers(named.size());
  numbering.number(named.data(), sizeof(EntityId), named.size(), numbers);
  for (std::size_t i = 0; i < named.size(); ++i) {
    if (named[i] == no_entity) {
      ASSERT_EQ(numbers[i], 0U);
      continue;
    }
    const auto [place, fresh] = expected.emplace(named[i], order.size() + 1);
    if (fresh) order.push_back(named[i]);
    ASSERT_EQ(numbers[i], place->second);
  }
  EXPECT_EQ(std::vector<EntityId>(numbering.ids().begin(), numbering.ids().end()), order);
}

TEST(Numbering, KeepsApartThoseWhoseHashesEndAlike) {
  Numbering numbering;
  std::vector<EntityId> ids;
  for (EntityId i = 1; i < 3000; ++i) ids.push_back(i << 32U);
  std::vector<std::uint32_t> numbers(ids.size());
  numbering.number(ids.data(), sizeof(EntityId), ids.size(), numbers);
  numbering.number(ids.data(), sizeof(EntityId), ids.size(), numbers);
  for (std::size_t i = 0; i < ids.size(); ++i) EXPECT_EQ(numbers[i], i + 1);
}

/// A record of which all rows but paths name somebody born in it, with numbers, as a run makes it.
Batch numbered_record() {
  RandomRows random(11);
  Batch batch = random.batch(9'000, 5, small_schema());
  std::uint32_t count = 0;
  for (Born& row : batch.born) {
    row.number = ++count;
    row.entity = mix(count);  // nobody twice
    row.parent_number = row.parent == no_entity || count == 1
                            ? 0
                            : 1 + static_cast<std::uint32_t>(random.below(count - std::int64_t{1}));
    row.parent = no_entity;
    if (row.parent_number != 0) row.parent = batch.born[row.parent_number - 1].entity;
  }
  const auto name = [&](auto& rows) {
    for (auto& row : rows) {
      row.number = 1 + static_cast<std::uint32_t>(random.below(count));
      row.entity = batch.born[row.number - 1].entity;
    }
  };
  name(batch.steps);
  name(batch.moves);
  name(batch.ledger);
  name(batch.marks);
  std::size_t next = 0;
  for (Ended& row : batch.ended) {
    const EntityId before = row.entity;
    row.number = 1 + static_cast<std::uint32_t>(random.below(count));
    row.entity = batch.born[row.number - 1].entity;
    for (; next < batch.paths.size() && batch.paths[next].entity == before; ++next) {
      PathPart& part = batch.paths[next];
      if (part.owner == before) part.owner = row.entity;
      part.entity = row.entity;
    }
  }
  return batch;
}

void take_numbers_away(Batch& batch) {
  for (Born& row : batch.born) row.number = row.parent_number = 0;
  const auto each = [](auto& rows) {
    for (auto& row : rows) row.number = 0;
  };
  each(batch.marks);
  each(batch.steps);
  each(batch.ended);
  each(batch.moves);
  each(batch.ledger);
}

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Numbering, WritesTheSameWhetherNumbersAreGivenOrLookedUp) {
  const Folder folder;
  const Schema schema = small_schema();
  Batch batch = numbered_record();
  ASSERT_GT(batch.paths.size(), 1000U);
  for (const Detail level : {Detail::full, Detail::stages, Detail::kpi}) {
    const std::string file = std::to_string(static_cast<int>(level));
    ASSERT_EQ(write_trace(folder.file("given" + file), schema, batch, level), "");
    Batch bare = batch;
    take_numbers_away(bare);
    ASSERT_EQ(write_trace(folder.file("found" + file), schema, bare, level), "");
    EXPECT_TRUE(bytes_of(folder.file("given" + file)) == bytes_of(folder.file("found" + file)))
        << "level " << file;
  }
}

TEST(Numbering, RefusesNumbersThatNoBirthHad) {
  const Folder folder;
  const Schema schema = small_schema();
  Batch batch = numbered_record();
  batch.steps[3].number = static_cast<std::uint32_t>(batch.born.size() + 1'000'000);
  EXPECT_NE(write_trace(folder.file("a"), schema, batch).find("a row bears the number"),
            std::string::npos);
  batch = numbered_record();
  batch.born[5].number = 7;
  EXPECT_NE(write_trace(folder.file("b"), schema, batch)
                .find("the birth that comes as number 6 bears the number 7"),
            std::string::npos);
}

}  // namespace
}  // namespace portflow::trace

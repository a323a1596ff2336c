// Numbers of entities: dense, in the order of naming, the same however rows are cut.
#include "trace/numbering.hpp"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace portflow::trace

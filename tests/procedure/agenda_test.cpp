#include "procedure/agenda.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace portflow::procedure {
namespace {

TEST(Agenda, RunsFirstInFirstOut) {
  Agenda agenda;
  EXPECT_TRUE(agenda.empty());
  for (std::uint16_t i = 0; i < 20; ++i) agenda.add_watch(i);
  for (std::uint16_t i = 0; i < 20; ++i) EXPECT_EQ(agenda.next()->index, i);
  EXPECT_FALSE(agenda.empty());
  EXPECT_EQ(agenda.next(), nullptr);
  EXPECT_TRUE(agenda.empty());
}

TEST(Agenda, TakesMoreWhileItRuns) {
  Agenda agenda;
  agenda.add_watch(1);
  std::uint16_t last = 0;
  while (const Agenda::Item* item = agenda.next()) {
    last = item->index;
    if (last < 100) agenda.add_watch(static_cast<std::uint16_t>(last + 1));
  }
  EXPECT_EQ(last, 100);
}

TEST(Agenda, LeavesNothingOfAnItemToTheNext) {
  Agenda agenda;
  agenda.add_token(flow::make_entity({}), 3, false, {});
  Agenda::Item* item = agenda.next();
  const flow::Ref<flow::Entity> entity = std::move(item->entity);
  EXPECT_FALSE(item->live);
  EXPECT_EQ(agenda.next(), nullptr);
  EXPECT_TRUE(entity.sole());

  agenda.add_token({}, 4, true, {});
  item = agenda.next();
  EXPECT_EQ(item->kind, Agenda::Kind::token);
  EXPECT_TRUE(item->live);
  EXPECT_FALSE(item->entity);
  EXPECT_EQ(item->index, 4);
}

}  // namespace
}  // namespace portflow::procedure

// The same entity under two policies: by hand where the officer looks faster, and by the sums for
// every entity of a whole port.
#include "analysis/between.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "analysis/traced.hpp"
#include "procedure/by_hand.hpp"

namespace portflow::analysis {
namespace {

std::int64_t minutes(Duration lasts) {
  return lasts.count() / 60'000;
}

std::string replaced(std::string text, const std::string& was, const std::string& is) {
  return text.replace(text.find(was), was.size(), is);
}

/// What differs of one entity, a line each.
std::string told(const Arms& arms, const std::string& name) {
  const auto entity = read_name(arms, name);
  if (!entity) return entity.error().errors.front().message;
  const auto found = versus(arms, *entity, "");
  if (!found) return found.error().errors.front().message;
  std::string text = fmt::format("{} -> {}\n", minutes(*found->a.total), minutes(*found->b.total));
  for (const PathShift& shift : found->shifts) {
    text += fmt::format("{} {} {} [{}] {} -> {}\n", name_of(shift.cause), shift.step,
                        arms.a.directory().spell(shift.owner), shift.resource, minutes(shift.a),
                        minutes(shift.b));
  }
  const auto cell = [](const std::optional<Duration>& lasts) {
    return lasts ? fmt::format("{}", minutes(*lasts)) : std::string("-");
  };
  for (const StepShift& step : found->steps) {
    text += fmt::format("{} {}: waits {} -> {}, lasts {} -> {}\n", step.step, step.occurrence,
                        cell(step.wait_a), cell(step.wait_b), cell(step.service_a),
                        cell(step.service_b));
  }
  return text + fmt::format("same {}\n", found->same_steps);
}

TEST(Between, AFasterOfficer) {
  const std::string base = procedure_test::by_hand;
  const auto a = test::Traced::of_text(base);
  const auto b = test::Traced::of_text(
      replaced(base, "needs: officer, takes: 30 min", "needs: officer, takes: 10 min"));
  const auto record_a = a->record();
  const auto record_b = b->record();
  const Arms arms{*record_a, *record_b};
  EXPECT_EQ(unlike(arms), "");
  EXPECT_EQ(told(arms, "ships-1/lots-1"),
            "1020 -> 1000\n"
            "working lot.look ships-1/lots-1 [customs.officer] 30 -> 10\n"
            "lot.look 1: waits 930 -> 930, lasts 30 -> 10\n"
            "same 1\n");
  // The boxes wait for the release, so the lot's step is on their paths; their own `go` waits less.
  EXPECT_EQ(told(arms, "ships-1/lots-1/boxes-1"),
            "1060 -> 1040\n"
            "working lot.look ships-1/lots-1 [customs.officer] 30 -> 10\n"
            "box.go 1: waits 975 -> 955, lasts 30 -> 30\n"
            "same 2\n");
  EXPECT_EQ(told(arms, "ships-1"), "30 -> 30\nsame 1\n");
}

TEST(Between, AStepThatOnlyOneHas) {
  const std::string base = procedure_test::by_hand;
  const auto a = test::Traced::of_text(base);
  const auto b =
      test::Traced::of_text(replaced(base, "      look: {at: customs, after: prepare,",
                                     "      stamp: {at: customs, after: prepare, takes: 5 min}\n"
                                     "      look: {at: customs, after: stamp,"));
  const auto record_a = a->record();
  const auto record_b = b->record();
  EXPECT_EQ(told({*record_a, *record_b}, "ships-1/lots-1"),
            "1020 -> 1020\n"
            "lot.look 1: waits 930 -> 925, lasts 30 -> 30\n"
            "lot.stamp 1: waits - -> 0, lasts - -> 5\n"
            "same 1\n");
}

class TwoBerths : public testing::Test {
 protected:
  TwoBerths()
      : a("scenarios/small/one_berth.yaml"),
        b("scenarios/small/one_berth.yaml", trace::Detail::full,
          {"facilities.quay.resources.berth.servers=2"}),
        record_a(a.record()),
        record_b(b.record()) {}
  test::Traced a, b;
  std::unique_ptr<Record> record_a, record_b;
};

TEST_F(TwoBerths, DifferencesAddUpForEverybody) {
  const Arms arms{*record_a, *record_b};
  for (const std::string kpi : {"", "berth_wait"}) {
    const auto movers = most_different(arms, kpi, 1'000'000);
    ASSERT_TRUE(movers.has_value());
    EXPECT_EQ(movers->most.size(), movers->different);
    EXPECT_GT(movers->different, 100u);
    EXPECT_GT(movers->compared, movers->different);
    for (std::size_t i = 0; i < movers->most.size(); ++i) {
      const Differing& one = movers->most[i];
      EXPECT_EQ(total_of(one.a.sums), one.a.total->count());
      EXPECT_EQ(total_of(one.b.sums), one.b.total->count());
      if (i > 0) {
        EXPECT_LE(std::chrono::abs(one.difference()),
                  std::chrono::abs(movers->most[i - 1].difference()));
      }
      if (i % 20 != 0) continue;  // a pass over both files each
      const auto found = versus(arms, one.entity, kpi);
      ASSERT_TRUE(found.has_value());
      Duration shifted{};
      for (const PathShift& shift : found->shifts) shifted += shift.b - shift.a;
      EXPECT_EQ(shifted, one.difference());
      EXPECT_EQ(*found->b.total - *found->a.total, one.difference());
    }
  }
}

TEST_F(TwoBerths, APolicyComparedWithItselfIsTheSame) {
  const Arms arms{*record_a, *record_a};
  const auto movers = most_different(arms, "", 5);
  EXPECT_EQ(movers->different, 0u);
  EXPECT_TRUE(movers->most.empty());
  const auto found = versus(arms, *record_a->directory().read("ships-7"), "");
  EXPECT_TRUE(found->shifts.empty());
  EXPECT_TRUE(found->steps.empty());
}

TEST_F(TwoBerths, OtherLuckIsSaid) {
  const test::Traced other("scenarios/small/one_berth.yaml", trace::Detail::full, {}, 2);
  const auto record = other.record();
  EXPECT_EQ(unlike({*record_a, *record}), "the seeds are 1 and 2");
}

}  // namespace
}  // namespace portflow::analysis

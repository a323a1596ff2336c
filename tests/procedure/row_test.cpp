// Units that stand in a row: metres of a quay, which are of no use in pieces.
#include "procedure/row.hpp"

#include <random>

#include "procedure/watch.hpp"

namespace portflow::procedure_test {
namespace {

using procedure::Row;

TEST(Row, TakesTheFirstStretchThatIsLongEnough) {
  Row row;
  row.reach_to(100);
  EXPECT_EQ(row.take(40, 1), 0);
  EXPECT_EQ(row.take(30, 2), 40);
  EXPECT_EQ(row.take(30, 3), 70);
  EXPECT_FALSE(row.fits(0.1));
  row.give(30, 2);
  EXPECT_TRUE(row.fits(30));
  EXPECT_FALSE(row.fits(30.5));
  row.give(40, 1);
  EXPECT_TRUE(row.fits(70));
  EXPECT_EQ(row.take(10, 4), 0);
  EXPECT_EQ(row.take(60, 5), 10);
}

/// Pieces of one holder go back one by one, the last first.
TEST(Row, GivesBackWhatIsHisAlone) {
  Row row;
  row.reach_to(100);
  row.take(20, 1), row.take(20, 2), row.take(20, 1);
  row.give(20, 1);
  EXPECT_TRUE(row.fits(60));
  EXPECT_EQ(row.take(60, 3), 40);
  row.give(20, 1);
  EXPECT_EQ(row.take(20, 4), 0);
}

/// A row that is cut short or shut lets nobody in; who is there stays.
TEST(Row, EndsWhereItsUnitsEnd) {
  Row row;
  row.reach_to(100);
  row.take(40, 1), row.take(40, 2);
  row.reach_to(60);
  row.give(40, 1);
  EXPECT_TRUE(row.fits(40));
  EXPECT_FALSE(row.fits(41));
  row.give(40, 2);
  EXPECT_TRUE(row.fits(60));
  EXPECT_FALSE(row.fits(61));
  row.reach_to(0);
  EXPECT_FALSE(row.fits(1));
}

/// Against a row of metres that are looked at one by one.
TEST(Row, IsWhatCountingEveryMetreGives) {
  constexpr int metres = 60;
  std::mt19937 random(7);
  const auto below = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
  Row row;
  row.reach_to(metres);
  std::vector<int> owner(metres, 0);
  std::map<int, int> held;
  int next = 1;
  for (int i = 0; i < 20'000; ++i) {
    const int wanted = 1 + below(25);
    int at = -1;
    for (int from = 0; from + wanted <= metres && at < 0; ++from) {
      const auto begin = owner.begin() + from;
      if (std::all_of(begin, begin + wanted, [](int who) { return who == 0; })) at = from;
    }
    ASSERT_EQ(row.fits(wanted), at >= 0);
    if (at >= 0) {
      ASSERT_EQ(row.take(wanted, static_cast<flow::EntityId>(next)), at);
      std::fill_n(owner.begin() + at, wanted, next);
      held[next++] = wanted;
    } else {
      const auto leaves = std::next(held.begin(), below(static_cast<int>(held.size())));
      row.give(leaves->second, static_cast<flow::EntityId>(leaves->first));
      std::replace(owner.begin(), owner.end(), leaves->first, 0);
      held.erase(leaves);
    }
  }
}

/// Ships of so many metres and hours on a quay of 100 m, one at every full hour from 00:00 on.
std::string ships(const std::string& quay, const std::vector<std::pair<int, int>>& fleet) {
  std::string text = R"(portflow: 1
name: ships
horizon: {from: 2024-01-01, to: 2024-01-02, follow: 9 d}
confidence: assumption
calendars: {day: {daily: "04:30-24:00"}}
facilities:
  port: {kind: station, resources: {quay: )";
  text += quay + "}}\ndemand:\n";
  std::string procedures;
  int hour = 0;
  for (const auto& [metres, hours] : fleet) {
    const char name = static_cast<char>('a' + hour);
    text += fmt::format(
        "  {0}: {{creates: ship, procedure: call_{0}, arrivals: {{timetable: {{daily: "
        "[\"{1:02}:00\"]}}, to: 2024-01-02}}, attributes: {{length: {{number: {2}, unit: m}}}}}}\n",
        name, hour++, metres);
    procedures += fmt::format(
        "  call_{0}: {{for: ship, steps: {{moor: {{at: port, needs: {{quay: length}}, takes: {1} "
        "h}}}}}}\n",
        name, hours);
  }
  return text + "procedures:\n" + procedures;
}

constexpr const char* in_a_row = "{servers: 100, unit: m, side_by_side: true}";

/// a 0-40 m until 06:00, b 40-70 m until 20:00, c 70-100 m until 07:00; d needs 60 m at 03:00. At
/// 07:00 there are 70 m free, but in two pieces: it waits for b.
const std::vector<std::pair<int, int>> apart{{40, 6}, {30, 19}, {30, 5}, {60, 1}};

TEST(SideBySide, MetresInPiecesAreOfNoUse) {
  EXPECT_EQ(watch(ships(in_a_row, apart)).steps("d-1"), "moor 1 03:00 1 20:00 1 21:00\n");
  const Watched loose = watch(ships("{servers: 100, unit: m}", apart));
  EXPECT_EQ(loose.steps("d-1"), "moor 1 03:00 1 07:00 1 08:00\n");
}

TEST(SideBySide, TheWaitIsForTheShipThatLay) {
  const Watched run = watch(ships(in_a_row, apart));
  EXPECT_EQ(run.account("d-1"), "1080 = working 60 + busy 1020");
}

/// Metres may be written as such, and a bare number counts the same.
TEST(SideBySide, NeedsMayBeWrittenInMetres) {
  const auto with = [](const std::string& metres) {
    std::string text = ships(in_a_row, apart);
    const auto at = text.rfind("{quay: length}");
    return watch(text.replace(at, 14, "{quay: " + metres + "}"));
  };
  const std::string waits = "moor 1 03:00 1 20:00 1 21:00\n";
  EXPECT_EQ(with("60 m").steps("d-1"), waits);
  EXPECT_EQ(with("60").steps("d-1"), waits);
  EXPECT_EQ(with("{if: length > 50 m, then: 60 m, else: 10 m}").steps("d-1"), waits);
  EXPECT_EQ(with("30 m").steps("d-1"), "moor 1 03:00 1 06:00 1 07:00\n");
}

/// Nobody overtakes: from 06:00 on there are 40 m free, and e would fit, but d was there before it.
TEST(SideBySide, AShorterShipStandsBehindALongerOne) {
  auto fleet = apart;
  fleet.emplace_back(10, 1);
  const Watched run = watch(ships(in_a_row, fleet));
  EXPECT_EQ(run.steps("d-1"), "moor 1 03:00 1 20:00 1 21:00\n");
  EXPECT_EQ(run.steps("e-1"), "moor 1 04:00 1 20:00 1 21:00\n");
}

TEST(SideBySide, AShutQuayTakesNobodyIn) {
  const Watched run = watch(
      ships("{servers: 100, unit: m, side_by_side: true, calendar: day}", {{40, 1}, {60, 1}}));
  EXPECT_EQ(run.steps("a-1"), "moor 1 00:00 1 04:30 1 05:30\n");
  EXPECT_EQ(run.steps("b-1"), "moor 1 01:00 1 04:30 1 05:30\n");
}

/// Who needs one unit each never meets the difference.
TEST(SideBySide, OfSingleUnitsChangesNothing) {
  const std::vector<std::pair<int, int>> same{{50, 6}, {50, 19}, {50, 5}, {50, 1}, {50, 2}};
  const Watched row = watch(ships(in_a_row, same));
  const Watched loose = watch(ships("{servers: 100, unit: m}", same));
  for (const auto* name : {"a-1", "b-1", "c-1", "d-1", "e-1"}) {
    EXPECT_EQ(row.steps(name), loose.steps(name)) << name;
  }
}

}  // namespace
}  // namespace portflow::procedure_test

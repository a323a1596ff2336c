// Feedback: what a step adjusts counts from the next midnight that word of it can reach.
#include "procedure/learning.hpp"
#include "procedure/watch.hpp"

namespace portflow::procedure_test {
namespace {

/// Two lorries a day at one bay, 2 h each, and one project that ends at `done` on the first day.
std::string site(const std::string& done, const std::string& works) {
  return fmt::format(R"(portflow: 1
name: bays
horizon: {{from: 2024-01-01, to: 2024-01-05, follow: 1 d}}
confidence: assumption
facilities:
  yard: {{kind: station, resources: {{bay: {{servers: 1}}}}}}
{}demand:
  lorries: {{creates: lorry, arrivals: {{timetable: {{daily: ["09:00", "09:30"]}}, to: 2024-01-05}}, procedure: load}}
  projects: {{creates: project, arrivals: {{timetable: {{daily: ["{}"]}}, to: 2024-01-02}}, procedure: build}}
procedures:
  load:
    for: lorry
    steps:
      load: {{at: yard, needs: bay, takes: 2 h}}
  build:
    for: project
    steps:
      open: {{at: {}, adjusts: {{on: facilities.yard.resources.bay.servers, add: 1}}}}
)",
                     works == "yard" ? "" : "  " + works + ": {kind: station}\n", done, works);
}

std::string second_lorries(const std::string& port) {
  const Watched run = watch(port);
  std::string text;
  const auto lorries = run.names("lorries");
  for (std::size_t i = 1; i < lorries.size(); i += 2) text += run.steps(lorries[i]);
  EXPECT_EQ(run.wrong_accounts(), 0u);
  return text;
}

constexpr const char* from_the_second_day =
    "load 1 09:30 1 11:00 1 13:00\n"
    "load 2 09:30 2 09:30 2 11:30\n"
    "load 3 09:30 3 09:30 3 11:30\n"
    "load 4 09:30 4 09:30 4 11:30\n";
constexpr const char* from_the_third_day =
    "load 1 09:30 1 11:00 1 13:00\n"
    "load 2 09:30 2 11:00 2 13:00\n"
    "load 3 09:30 3 09:30 3 11:30\n"
    "load 4 09:30 4 09:30 4 11:30\n";

TEST(Adjust, AUnitMoreFromTheNextMidnight) {
  EXPECT_EQ(second_lorries(site("08:00", "yard")), from_the_second_day);
  EXPECT_EQ(second_lorries(site("23:59", "yard")), from_the_second_day);
}

TEST(Adjust, MidnightItselfIsTheDayBefore) {
  EXPECT_EQ(second_lorries(site("00:00", "yard")), from_the_second_day);
}

// Word to another process takes an hour where nothing quicker runs between them.
TEST(Adjust, WordMustReachTheOtherProcess) {
  EXPECT_EQ(second_lorries(site("22:59", "works")), from_the_second_day);
  EXPECT_EQ(second_lorries(site("23:01", "works")), from_the_third_day);
}

std::string failing(const std::string& adjusts, const std::string& value = "50 %") {
  return fmt::format(R"(portflow: 1
name: learning
horizon: {{from: 2024-01-01, to: 2024-01-05, follow: 1 d}}
confidence: assumption
parameters: {{failure: {{value: {}}}}}
facilities: {{office: {{kind: station}}}}
demand:
  papers: {{creates: paper, arrivals: {{every: {{exponential: 1 min}}}}, procedure: file}}
procedures:
  file:
    for: paper
    steps:
      fail: {{at: office, when: {{chance: $failure}}, marks: failed}}
      learn: {{at: office, after: fail, when: failed{}}}
)",
                     value, adjusts);
}

/// Papers that failed, by name, with the day on which they were filed.
std::map<std::string, std::int64_t> failures(const std::string& port) {
  const Watched run = watch(port);
  std::map<std::string, std::int64_t> result;
  for (const trace::MarkSet& row : run.rows.marks) {
    if (row.is_void == 0) result[run.name(row.entity)] = (row.at - run.schema.from) / Days{1};
  }
  return result;
}

TEST(Adjust, ALessonCountsFromTheNextDayAndOnlyTakesFailuresAway) {
  const auto plain = failures(failing(""));
  // Some 720 a day learn: from the second day on the floor of 40 % of 50 % is reached.
  const auto learned =
      failures(failing(", adjusts: {on: parameters.failure, scale: 99 %, at_least: 40 %}"));
  std::map<std::int64_t, double> before, after;
  for (const auto& [name, day] : plain) ++before[day];
  for (const auto& [name, day] : learned) {
    ++after[day];
    EXPECT_TRUE(plain.contains(name)) << name << " failed only where less fails";
  }
  EXPECT_EQ(after[0], before[0]) << "nothing counts before midnight";
  for (const std::int64_t day : {1, 2, 3}) {
    EXPECT_NEAR(after[day] / before[day], 0.4, 0.06) << "day " << day;
  }
}

// A parameter that learns does so in a case of a number as well.
TEST(Adjust, ALessonCountsInsideACase) {
  const std::string port =
      failing(", adjusts: {on: parameters.failure, scale: 99 %, at_least: 40 %}");
  std::string by_kind = port;
  const auto put = [&](const std::string& old, const std::string& now) {
    const auto at = by_kind.find(old);
    ASSERT_NE(at, std::string::npos);
    by_kind.replace(at, old.size(), now);
  };
  put("procedure: file}", "procedure: file, attributes: {odd: {chance: 50 %}}}");
  put("chance: $failure",
      "chance: {by: odd, yes: $failure, no: {if: odd, then: 0 %, else: $failure}}");
  EXPECT_EQ(failures(by_kind), failures(port));
}

TEST(Adjust, TheFactorIsThatOfTheCounts) {
  const std::vector<procedure::Learned> learned{{"p", {0.5, 0.9}, 0.1, 2, {0}, {}}};
  procedure::Learning learning(learned);
  const SimTime first{Days{1}}, second{Days{2}}, third{Days{3}};
  EXPECT_EQ(learning.factor(0, first), 1);
  learning.take(0, 1, third);  // word of the later midnight comes first
  learning.take(0, 0, second);
  EXPECT_EQ(learning.factor(0, second - Duration{1}), 1);
  EXPECT_EQ(learning.factor(0, second), 0.5);
  EXPECT_EQ(learning.factor(0, third), 0.5 * 0.9);
  for (int i = 0; i < 5; ++i) learning.take(0, 0, third);
  EXPECT_EQ(learning.factor(0, third), 0.1) << "no further than its bound";
}

TEST(Adjust, ARosterBeyondTheBoundStaysAsItIs) {
  procedure::AddedUnits added;
  added.take({2, 0, 5}, SimTime{Days{1}});
  added.take({2, 0, 5}, SimTime{Days{2}});
  EXPECT_EQ(added.with(2, SimTime{}), 2);
  EXPECT_EQ(added.with(2, SimTime{Days{1}}), 4);
  EXPECT_EQ(added.with(2, SimTime{Days{2}}), 5);
  EXPECT_EQ(added.with(7, SimTime{Days{2}}), 7);
  EXPECT_EQ(added.next_change(SimTime{}), SimTime{Days{1}});
  EXPECT_EQ(added.next_change(SimTime{Days{2}}), never);
}

}  // namespace
}  // namespace portflow::procedure_test

// The edges of the clock and of queues: midnight, the turn of the year, a leap day, closing time,
// those who turn to another place, those who give way, and those who never come to an end.
#include "procedure/watch.hpp"

namespace portflow::procedure_test {
namespace {

/// A port with two stations from `horizon` on.
std::string port(const std::string& horizon, const std::string& resources,
                 const std::string& demand, const std::string& procedures) {
  return "portflow: 1\nname: edges\nconfidence: assumption\nhorizon: " + horizon +
         "\ncalendars: {office: {daily: \"09:00-17:00\"}, weekdays: {weekly: {mon-fri: "
         "\"00:00-24:00\"}, closed_on: [2024-02-29]}}\n"
         "facilities:\n  gate: {kind: station, resources: {" +
         resources +
         "}}\n  other: {kind: station, resources: {side: {servers: 1}}}\n"
         "network: {hand_over: [{from: any, to: any, takes: 5 min}]}\ndemand:\n" +
         demand + "procedures:\n" + procedures;
}

const std::string pass =
    "  pass: {for: lorry, steps: {enter: {at: gate, needs: lane, takes: 10 min}}}\n";

std::string lorries(const std::string& timetable) {
  return "  lorries: {creates: lorry, arrivals: {timetable: {" + timetable +
         "}}, procedure: pass}\n";
}

/// When each entity of a role was born, in order.
std::string births(const Watched& run, const std::string& role) {
  std::string text;
  for (const trace::Born& row : run.rows.born) {
    if (run.schema.roles[row.role].name == role) text += run.when(row.at) + ", ";
  }
  return text;
}

TEST(Midnight, BelongsToTheDayThatBegins) {
  // Sunday 31 December 2023 to Tuesday: 00:00 of Monday is Monday's, and nothing comes at the end.
  const Watched run =
      watch(port("{from: 2023-12-31, to: 2024-01-02}", "lane: {servers: 1}",
                 lorries("sun: [\"00:00\", \"23:59\"], mon: \"00:00\", tue: \"00:00\""), pass));
  EXPECT_EQ(births(run, "lorries"), "1 00:00, 1 23:59, 2 00:00, ");
  // One lane across the turn of the year: 23:59 to 00:09, then the next.
  const auto names = run.names("lorries");
  EXPECT_EQ(run.steps(names[1]), "enter 1 23:59 1 23:59 2 00:09\n");
  EXPECT_EQ(run.steps(names[2]), "enter 2 00:00 2 00:09 2 00:19\n");
}

TEST(Midnight, ChangesTheShiftAtThatInstant) {
  // A second lane from midnight on: whoever waits since 23:55 gets it at 00:00 sharp.
  const Watched run = watch(port("{from: 2023-12-31, to: 2024-01-02}",
                                 "lane: {servers: {\"00:00-08:00\": 2, else: 1}}",
                                 lorries("sun: [\"23:54\", \"23:55\"]"), pass));
  const auto names = run.names("lorries");
  ASSERT_EQ(names.size(), 2u);
  EXPECT_EQ(run.steps(names[0]), "enter 1 23:54 1 23:54 2 00:04\n");
  EXPECT_EQ(run.steps(names[1]), "enter 1 23:55 2 00:00 2 00:10\n");
}

TEST(LeapDay, IsADayLikeAnyOther) {
  // Wednesday 28 February 2024 to Saturday: the timetable's Thursday is the 29th.
  const Watched run = watch(port("{from: 2024-02-28, to: 2024-03-02}", "lane: {servers: 1}",
                                 lorries("wed: \"12:00\", thu: \"12:00\", fri: \"12:00\""), pass));
  EXPECT_EQ(births(run, "lorries"), "1 12:00, 2 12:00, 3 12:00, ");
  // A calendar may be closed on it: from Wednesday midnight to Friday.
  const Watched closed =
      watch(port("{from: 2024-02-28, to: 2024-03-02}", "lane: {servers: 1, calendar: weekdays}",
                 lorries("wed: \"23:55\", thu: \"12:00\""), pass));
  const auto names = closed.names("lorries");
  EXPECT_EQ(closed.steps(names[0]), "enter 1 23:55 1 23:55 2 00:05\n");
  EXPECT_EQ(closed.steps(names[1]), "enter 2 12:00 3 00:00 3 00:10\n");
}

TEST(LeapDay, OfAnOrdinaryYearIsRefused) {
  const Watched run = watch(port("{from: 2023-02-28, to: 2023-02-29}", "lane: {servers: 1}",
                                 lorries("wed: \"12:00\""), pass),
                            {.may_be_refused = true});
  EXPECT_NE(run.refusal.find("horizon.to"), std::string::npos) << run.refusal;
}

TEST(ClosingTime, LeavesTheQueueInItsOrderForTheMorning) {
  // 16:50 is served beyond 17:00; the two behind it wait for 09:00, before who comes then.
  const Watched run = watch(port(
      "{from: 2024-01-01, to: 2024-01-02, follow: 2 d}", "lane: {servers: 1, calendar: office}",
      "  lorries: {creates: lorry, arrivals: {timetable: {mon: [\"16:55\", \"16:57\", "
      "\"16:59\"], tue: \"09:00\"}}, procedure: pass}\n",
      pass));
  const auto names = run.names("lorries");
  ASSERT_EQ(names.size(), 4u);
  EXPECT_EQ(run.steps(names[0]), "enter 1 16:55 1 16:55 1 17:05\n");
  EXPECT_EQ(run.steps(names[1]), "enter 1 16:57 2 09:00 2 09:10\n");
  EXPECT_EQ(run.steps(names[2]), "enter 1 16:59 2 09:10 2 09:20\n");
  EXPECT_EQ(run.steps(names[3]), "enter 2 09:00 2 09:20 2 09:30\n");
  EXPECT_EQ(run.wrong_accounts(), 0u);
}

TEST(Diversion, WhoFindsAQueueIsServedElsewhere) {
  // The second balks at once and is served at the other station, 5 min away; both come together.
  const Watched run = watch(port("{from: 2024-01-01, to: 2024-01-02}", "lane: {servers: 1}",
                                 lorries("mon: [\"08:00\", \"08:05\"]"), R"(  pass:
    for: lorry
    steps:
      enter: {at: gate, needs: lane, takes: 10 min, patience: 0 min, renege: divert}
      divert: {at: other, after: enter, needs: side, takes: 20 min, marks: diverted}
      done: {at: gate, after: [enter, divert], marks: passed}
)"));
  const auto names = run.names("lorries");
  EXPECT_EQ(run.marks(names[1]), "diverted 1 08:30\npassed 1 08:35\n");
  EXPECT_EQ(run.account(names[1]), "30 = working 20 + message 10");
  EXPECT_EQ(run.account(names[0]), "10 = working 10");
}

TEST(Priority, OfOthersStarvesNobodyWhileThereIsTime) {
  // Urgent ones every 10 min take 9 each, so a minute in ten is left. Who gives way gets the first
  // free instant and keeps it: urgent ones come at full tens, so at 08:09 the lane is free.
  const Watched run = watch(port(
      "{from: 2024-01-01, to: 2024-01-02}", "lane: {servers: 1, discipline: priority}",
      "  urgent: {creates: lorry, arrivals: {every: 10 min}, procedure: "
      "first, attributes: {}}\n"
      "  others: {creates: cart, arrivals: {timetable: {mon: "
      "[\"08:01\", \"08:02\"]}}, procedure: second}\n",
      R"(  first: {for: lorry, steps: {enter: {at: gate, needs: lane, priority: 1, takes: 9 min}}}
  second: {for: cart, steps: {enter: {at: gate, needs: lane, priority: 0, takes: 4 min}}}
)"));
  const auto others = run.names("others");
  ASSERT_EQ(others.size(), 2u);
  EXPECT_EQ(run.steps(others[0]), "enter 1 08:01 1 08:09 1 08:13\n");
  // Urgent ones of 08:10, 08:20 and 08:30 go before the second cart and are 3, 2 and 1 min late; at
  // 08:40 the lane comes free at the instant at which the next comes, and who waits goes first.
  EXPECT_EQ(run.steps(others[1]), "enter 1 08:02 1 08:40 1 08:44\n");
}

TEST(NeverFinished, IsCountedAndNotDropped) {
  // The third waits for a fourth that never comes: born, not ended, and no deadlock.
  const Watched run = watch(
      port("{from: 2024-01-01, to: 2024-01-02, follow: 1 d}", "lane: {servers: 2}",
           lorries("mon: [\"08:00\", \"08:05\", \"08:10\"]"),
           "  pass: {for: lorry, steps: {go: {at: gate, needs: lane, batch: {size: 2}, takes: "
           "10 min}}}\n"));
  const auto names = run.names("lorries");
  ASSERT_EQ(names.size(), 3u);
  EXPECT_EQ(run.account(names[1]), "10 = working 10");
  EXPECT_EQ(run.account(names[2]), "");
  EXPECT_EQ(run.rows.ended.size(), 2u);
}

}  // namespace
}  // namespace portflow::procedure_test

// Weather and breakdowns: when they strike, what waits for them, and what they leave alone.
#include "core/hash.hpp"
#include "procedure/outage_clock.hpp"
#include "procedure/watch.hpp"

namespace portflow::procedure_test {
namespace {

using procedure::OutageClock;

/// Boxes that come together at 08:00 on Monday 1 January 2024, to a quay with `crane` and a
/// calendar of `weather`.
std::string quay(const std::string& count, const std::string& crane, const std::string& weather,
                 const std::string& more = "") {
  return R"(portflow: 1
name: quay
horizon: {from: 2024-01-01, to: 2024-01-02, follow: 9 d}
confidence: assumption
calendars: {harbour: {weather: {)" +
         weather + R"(}}}
facilities: {quay: {kind: station, resources: {crane: {)" +
         crane + "}" + more + R"(}}}
demand:
  goods:
    creates: lot
    procedure: rest
    contains: {boxes: {creates: box, procedure: box, count: )" +
         count + R"(}}
    arrivals: {timetable: {daily: ["08:00"]}, to: 2024-01-02}
procedures:
  rest: {for: lot, steps: {rest: {at: quay}}}
  box: {for: box, steps: {lift: {at: quay, needs: crane, takes: 20 min}}}
)";
}

std::string box(int number) {
  return fmt::format("goods-1/boxes-{}", number);
}

TEST(Weather, ShutsWhatItsCalendarKeeps) {
  // Fair for 8 h 10 min from midnight, foul for 2 h, and so on: 08:10 to 10:10.
  const Watched run =
      watch(quay("3", "servers: 1, calendar: harbour", "fog: {every: 490 min, lasts: 2 h}"));
  EXPECT_EQ(run.steps(box(1)), "lift 1 08:00 1 08:00 1 08:20\n");  // what has begun is finished
  EXPECT_EQ(run.steps(box(2)), "lift 1 08:00 1 10:10 1 10:30\n");
  EXPECT_EQ(run.steps(box(3)), "lift 1 08:00 1 10:30 1 10:50\n");
  EXPECT_EQ(run.account(box(2)), "150 = working 20 + closed 120 + busy 10");
}

TEST(Weather, BeginsInItsMonthsOnly) {
  const auto in = [](const std::string& months) {
    return watch(quay("3", "servers: 1, calendar: harbour",
                      "fog: {months: " + months + ", every: 490 min, lasts: 2 h}"))
        .steps(box(2));
  };
  EXPECT_EQ(in("apr-jul"), "lift 1 08:00 1 08:20 1 08:40\n");
  EXPECT_EQ(in("nov-mar"), "lift 1 08:00 1 10:10 1 10:30\n");
  EXPECT_EQ(in("[jan, jun-jul]"), "lift 1 08:00 1 10:10 1 10:30\n");
}

TEST(Weather, OfSeveralKindsIsFoulWhileAnyIs) {
  const Watched run =
      watch(quay("3", "servers: 1, calendar: harbour",
                 "fog: {every: 490 min, lasts: 1 h}, gale: {every: 9 h, lasts: 3 h}"));
  EXPECT_EQ(run.steps(box(2)), "lift 1 08:00 1 12:00 1 12:20\n");
}

TEST(Breakdown, TakesAUnitAfterItsJobAndIsTheCauseWhereNoneIsLeft) {
  // Up for an hour, down for half of one: out from 08:30 to 09:00.
  const Watched run = watch(quay("3", "servers: 1, breakdown: {up: 1 h, down: 30 min}", ""));
  EXPECT_EQ(run.steps(box(1)), "lift 1 08:00 1 08:00 1 08:20\n");
  EXPECT_EQ(run.steps(box(2)), "lift 1 08:00 1 08:20 1 08:40\n");
  EXPECT_EQ(run.steps(box(3)), "lift 1 08:00 1 09:00 1 09:20\n");
  EXPECT_EQ(run.account(box(3)), "80 = working 20 + down 30 + behind 20 + busy 10");
}

TEST(Breakdown, OfOneUnitLeavesTheOthersAtWork) {
  // Twelve boxes of 20 min: three cranes are done after 80 min, one alone would be after 240.
  const auto takes = [](const std::string& breakdown) {
    const Watched run = watch(quay("12", "servers: 3" + breakdown, ""));
    SimTime last{};
    for (const trace::StepDone& row : run.rows.steps) last = std::max(last, row.at);
    return last - midnight({2024, 1, 1}) - std::chrono::hours{8};
  };
  EXPECT_EQ(takes(""), std::chrono::minutes{80});
  EXPECT_EQ(takes(", breakdown: {up: {exponential: 900 d}, down: {exponential: 30 min}}"),
            std::chrono::minutes{80});
  // Each has a clock of its own, so they do not fail together.
  const Duration failing =
      takes(", breakdown: {up: {exponential: 1 h}, down: {exponential: 30 min}}");
  EXPECT_GT(failing, std::chrono::minutes{80});
  EXPECT_LT(failing, std::chrono::minutes{240});
}

TEST(Breakdown, OfWhatNobodyUsesChangesNothing) {
  const Watched without = watch(quay("9", "servers: 2", ""));
  const Watched with =
      watch(quay("9", "servers: 2", "fog: {every: {exponential: 9 h}, lasts: {exponential: 1 h}}",
                 ", tug: {servers: 4, calendar: harbour, breakdown: {up: {exponential: 1 h}, down: "
                 "{exponential: 1 h}}}"));
  for (int i = 1; i <= 9; ++i) {
    EXPECT_EQ(with.steps(box(i)), without.steps(box(i)));
    EXPECT_EQ(with.account(box(i)), without.account(box(i)));
  }
}

OutageClock clock(std::uint64_t key) {
  return {Draws(1, 0), key, SimTime{}, Distribution::exponential(90 * 60e3),
          Distribution::exponential(30 * 60e3)};
}

TEST(OutageClock, IsFoulForItsShareOfTheTime) {
  // 40,000 h of cycles of 2 h: the share of 25 % has a standard error of about 0.25 %.
  OutageClock one = clock(7);
  Duration foul{};
  SimTime now{};
  const SimTime end = SimTime{} + std::chrono::hours{40'000};
  while (now < end) {
    const bool out = one.out_at(now);
    const SimTime next = std::min(end, one.next_change(now));
    if (out) foul += next - now;
    now = next;
  }
  EXPECT_NEAR(static_cast<double>(foul.count()) / static_cast<double>((end - SimTime{}).count()),
              0.25, 0.01);
}

TEST(OutageClock, IsAFunctionOfItsKey) {
  OutageClock whole = clock(7);
  OutageClock asked_late = clock(7);
  OutageClock other = clock(8);
  const SimTime late = SimTime{} + std::chrono::hours{500};
  for (SimTime at{}; at < late; at += std::chrono::minutes{7}) (void)whole.out_at(at);
  EXPECT_EQ(whole.next_change(late), asked_late.next_change(late));
  EXPECT_NE(whole.next_change(late), other.next_change(late));
}

}  // namespace
}  // namespace portflow::procedure_test

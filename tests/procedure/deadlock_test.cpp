// Entities that wait for each other for ever are found at the end and named; others are not.
#include "procedure/watch.hpp"

namespace portflow::procedure_test {
namespace {

std::string port(const std::string& resources, const std::string& steps_of_a,
                 const std::string& steps_of_b) {
  return fmt::format(R"(portflow: 1
name: deadlock
horizon: {{from: 2024-01-01, to: 2024-01-03}}
confidence: assumption
calendars: {{late: {{daily: "20:00-22:00"}}}}
facilities: {{quay: {{kind: station, resources: {{{}}}}}}}
demand:
  barges: {{creates: barge, arrivals: {{timetable: {{daily: ["08:00"]}}, to: 2024-01-02}}, procedure: a}}
  tankers: {{creates: tanker, arrivals: {{timetable: {{daily: ["08:05"]}}, to: 2024-01-02}}, procedure: b}}
procedures:
  a:
    for: barge
    steps:
{}
  b:
    for: tanker
    steps:
{}
)",
                     resources, steps_of_a, steps_of_b);
}

const std::string berth_then_crane = R"(
      moor: {at: quay, takes: 30 min, holds: {berth: until leave}}
      work: {at: quay, after: moor, needs: crane, takes: 1 h}
      leave: {at: quay, after: work})";
const std::string crane_then_berth = R"(
      rig: {at: quay, takes: 30 min, holds: {crane: until leave}}
      shift: {at: quay, after: rig, needs: berth, takes: 1 h}
      leave: {at: quay, after: shift})";
const std::string one_each = "berth: {servers: 1}, crane: {servers: 1}";

TEST(Deadlock, IsNamed) {
  const Watched run =
      watch(port(one_each, berth_then_crane, crane_then_berth), {.may_be_refused = true});
  EXPECT_EQ(
      run.refusal,
      "deadlock: 2 entities wait for each other and for nobody else\n"
      "  barge barges-1 at `work` since 2024-01-01 08:30:00: needs 1 of quay.crane, which is held "
      "by tanker tankers-1\n"
      "  tanker tankers-1 at `shift` since 2024-01-01 08:35:00: needs 1 of quay.berth, which is "
      "held by barge barges-1\n");
}

TEST(Deadlock, IsNoneWhereOneMoreIsFree) {
  const Watched run =
      watch(port("berth: {servers: 2}, crane: {servers: 1}", berth_then_crane, crane_then_berth));
  EXPECT_EQ(run.rows.ended.size(), 2u);
}

TEST(Deadlock, IsNoneWhereAShiftBringsAnother) {
  const Watched run =
      watch(port("berth: {servers: {\"22:00-23:00\": 2, else: 1}}, crane: {servers: 1}",
                 berth_then_crane, crane_then_berth));
  EXPECT_EQ(run.rows.ended.size(), 2u);
}

TEST(Deadlock, IsNoneWhileTheHolderIsAtWork) {
  // The barge works for longer than the run lasts; the tanker waits, but not for ever.
  const Watched run = watch(port(one_each,
                                 R"(
      moor: {at: quay, takes: 10 d, holds: {berth: until leave}}
      leave: {at: quay, after: moor})",
                                 crane_then_berth));
  EXPECT_EQ(run.rows.ended.size(), 0u);
}

TEST(Deadlock, IsToWantMoreThanThereIs) {
  const Watched run = watch(port(one_each, R"(
      work: {at: quay, needs: {crane: 2}, takes: 1 h})",
                                 R"(
      pass: {at: quay, takes: 1 h})"),
                            {.may_be_refused = true});
  EXPECT_EQ(run.refusal,
            "deadlock: one entity waits for what never comes\n"
            "  barge barges-1 at `work` since 2024-01-01 08:00:00: needs 2 of quay.crane, of which "
            "there are 1\n");
}

TEST(Deadlock, OfMarksIsNamed) {
  const Watched run = watch(R"(portflow: 1
name: marks
horizon: {from: 2024-01-01, to: 2024-01-03}
confidence: assumption
facilities: {yard: {kind: station}, customs: {kind: station}}
network: {hand_over: [{from: any, to: any, takes: 5 min}]}
demand:
  lots:
    creates: lot
    arrivals: {timetable: {daily: ["08:00"]}, to: 2024-01-02}
    procedure: lot
    contains: {boxes: {creates: box, count: 2, procedure: box}}
procedures:
  lot: {for: lot, steps: {clear: {at: customs, awaits: all(boxes).out, marks: cleared}}}
  box: {for: box, steps: {leave: {at: yard, awaits: lot.cleared, marks: out}}}
)",
                            {.may_be_refused = true});
  EXPECT_EQ(
      run.refusal,
      "deadlock: 3 entities wait for each other and for nobody else\n"
      "  box lots-1/boxes-1 at `leave` since 2024-01-01 08:00:00: awaits a mark of lot lots-1\n"
      "  lot lots-1 at `clear` since 2024-01-01 08:00:00: awaits a mark of all its boxes\n");
}

}  // namespace
}  // namespace portflow::procedure_test

// What quays, rail terminals and halls do on their own, worked out by hand.
#include "procedure/watch.hpp"

namespace portflow::procedure_test {
namespace {

const std::string head = R"(portflow: 1
name: behaviours
horizon: {from: 2024-01-01, to: 2024-01-03, follow: 5 d}
confidence: assumption
)";

std::string quay(const std::string& cranes) {
  return head + R"(
facilities:
  quay: {kind: quay, resources: {berth: {servers: 1}, crane: {servers: 3}}, settings: {move_takes: 2 min}}
demand:
  ships:
    creates: ship
    arrivals: {timetable: {daily: ["16:00"]}, to: 2024-01-02}
    procedure: call
    contains:
      boxes: {creates: box, count: 3, procedure: landed}
      outward: {creates: box, count: 2, procedure: loaded}
procedures:
  call:
    for: ship
    steps:
      berth: {at: quay, takes: 30 min, holds: {berth: until leave}, marks: moored}
      work: {at: quay, after: berth, needs: {crane: )" +
         cranes + R"(}, does: work_cargo}
      leave: {at: quay, after: work, takes: 10 min}
  landed: {for: box, steps: {discharge: {at: quay, awaits: ship.moored, does: discharge, marks: landed}}}
  loaded: {for: box, steps: {load: {at: quay, does: load, marks: loaded}}}
)";
}

TEST(Quay, LandsThenLoadsBoxByBoxWithItsCranes) {
  // Moored at 16:30. Two cranes: 1 and 2 land 16:30-16:32, 3 lands while outward 1 is loaded
  // 16:32-16:34, outward 2 16:34-16:36; then the ship leaves.
  const Watched run = watch(quay("2"));
  EXPECT_EQ(run.steps("ships-1"),
            "berth 1 16:00 1 16:00 1 16:30\n"
            "work 1 16:30 1 16:30 1 16:36\n"
            "leave 1 16:36 1 16:36 1 16:46\n");
  EXPECT_EQ(run.marks("ships-1/boxes-1"), "landed 1 16:32\n");
  EXPECT_EQ(run.marks("ships-1/boxes-2"), "landed 1 16:32\n");
  EXPECT_EQ(run.marks("ships-1/boxes-3"), "landed 1 16:34\n");
  EXPECT_EQ(run.marks("ships-1/outward-1"), "loaded 1 16:34\n");
  EXPECT_EQ(run.marks("ships-1/outward-2"), "loaded 1 16:36\n");
  EXPECT_EQ(run.account("ships-1"), "46 = working 46");
  EXPECT_EQ(run.account("ships-1/boxes-3"), "34 = working 32 + behind 2");
  // Ready from 16:00, but its ship came to work at 16:30 and landed others first.
  EXPECT_EQ(run.account("ships-1/outward-1"), "34 = working 2 + behind 2 + not_due 30");
}

TEST(Quay, WorksFasterWithMoreCranes) {
  const Watched run = watch(quay("3"));
  EXPECT_EQ(run.steps("ships-1"),
            "berth 1 16:00 1 16:00 1 16:30\n"
            "work 1 16:30 1 16:30 1 16:34\n"
            "leave 1 16:34 1 16:34 1 16:44\n");
}

TEST(Quay, MayCallItsCranesSomethingElse) {
  std::string text = quay("3");
  const auto rename = [&](const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
  };
  rename("crane: {servers: 3}}", "unloader: {servers: 3}}");
  rename("needs: {crane:", "needs: {unloader:");
  rename("{move_takes: 2 min}", "{move_takes: 2 min, cranes: unloader}");
  EXPECT_EQ(watch(text).steps("ships-1"), watch(quay("3")).steps("ships-1"));
  rename("cranes: unloader", "cranes: unlaoder");
  EXPECT_NE(watch(text, {.may_be_refused = true}).refusal.find("did you mean `unloader`"),
            std::string::npos);
}

/// Boxes of one TEU that come to the terminal at `hours`; a train of three TEU daily at 20:00.
std::string rail(const std::string& hours) {
  return head + R"(
facilities:
  rail: {kind: rail_terminal, resources: {crane: {servers: 1}}, settings: {lift_takes: 10 min, hold: {share: 50 %, at_most: 1 h}}}
network:
  places: {inland: {position: [123, 41]}}
  links: [{from: rail, to: inland, mode: rail, takes: 5 h}]
demand:
  goods:
    creates: box
    arrivals: {timetable: {mon: [)" +
         hours + R"(]}, to: 2024-01-02}
    procedure: go
    attributes: {teu: {number: {constant: 1 TEU}, unit: TEU}}
  trains:
    creates: train
    announced: 4 h
    arrivals: {timetable: {daily: ["20:00"]}, from: 2024-01-01, to: 2024-01-03}
    procedure: train
    attributes: {capacity: {number: {constant: 3 TEU}, unit: TEU}}
procedures:
  go: {for: box, steps: {board: {at: rail, does: board, marks: railed}}}
  train:
    for: train
    steps:
      load: {at: rail, needs: crane, does: load_train}
      depart: {after: load, moves: {from: rail, to: inland, by: [rail]}}
)";
}

TEST(Rail, TrainLeavesWhenDueIfFullEnough) {
  // The train stands from 16:00; 16:00-16:10 and 16:10-16:20 it lifts the two that wait.
  const Watched run = watch(rail("\"09:00\", \"12:00\""));
  EXPECT_EQ(run.steps("trains-1"),
            "load 1 16:00 1 16:00 1 20:00\n"
            "depart 1 20:00 1 20:00 2 01:00\n");
  EXPECT_EQ(run.marks("goods-1"), "railed 1 20:00\n");
  EXPECT_EQ(run.account("goods-1"), "660 = working 10 + not_due 650");
  // Not due until 16:00 (240), then behind the other (10), lifted (10), then the departure.
  EXPECT_EQ(run.account("goods-2"), "480 = working 10 + behind 10 + not_due 460");
}

TEST(Rail, TrainIsHeldForMoreAndThenGoes) {
  // One of three is less than half: held at 20:00. A second comes at 20:15, is lifted by 20:25,
  // and the train goes.
  const Watched held = watch(rail("\"09:00\", \"20:15\""));
  EXPECT_EQ(held.marks("goods-1"), "railed 1 20:25\n");
  EXPECT_EQ(held.account("goods-1"), "685 = working 10 + batch 25 + not_due 650");
  EXPECT_EQ(held.account("goods-2"), "10 = working 10");
  EXPECT_EQ(held.account("trains-1"), "565 = working 240 + travel 300 + batch 25");
  // Nobody else comes: after an hour it goes all the same.
  const Watched alone = watch(rail("\"09:00\""));
  EXPECT_EQ(alone.marks("goods-1"), "railed 1 21:00\n");
  EXPECT_EQ(alone.account("goods-1"), "720 = working 10 + batch 60 + not_due 650");
}

TEST(Rail, WhoFindsNoRoomTakesTheNextTrain) {
  const Watched run = watch(rail("\"09:00\", \"10:00\", \"11:00\", \"12:00\", \"21:00\""));
  EXPECT_EQ(run.marks("goods-3"), "railed 1 20:00\n");
  EXPECT_EQ(run.marks("goods-4"), "railed 2 20:00\n");
  EXPECT_EQ(run.marks("goods-5"), "railed 2 20:00\n");
}

TEST(Hall, OpensItsReserveWithTheQueueAndClosesItAfter) {
  // Service takes 10 min. At 08:00 six come: one is served, five queue, so 50 min are predicted
  // (over 15): one counter is called, then 25 min: the other one too. Both open at 08:05. At
  // 08:15 the fifth is called and one is left: 10 min over three counters are below 5, so one
  // closes and the sixth waits for the next at 08:20, when the other extra one closes. At 12:00
  // two come: 10 min are predicted, nothing opens.
  const Watched run = watch(head + R"(
facilities:
  hall: {kind: hall, resources: {counter: {servers: 1, staffing: {elastic: {reserve: 2, open_when: 15 min, reserve_when: 2 h, close_when: 5 min, opening_takes: 5 min}}}}}
demand:
  early: {creates: flight, arrivals: {timetable: {daily: ["08:00"]}, to: 2024-01-02}, procedure: land, contains: {people: {creates: passenger, count: 6, procedure: cross}}}
  noon: {creates: flight, arrivals: {timetable: {daily: ["12:00"]}, to: 2024-01-02}, procedure: land, contains: {people: {creates: passenger, count: 2, procedure: cross}}}
procedures:
  land: {for: flight, steps: {land: {at: hall}}}
  cross: {for: passenger, steps: {show: {at: hall, needs: counter, takes: 10 min}}}
)");
  std::string starts;
  for (int i = 1; i <= 6; ++i) {
    starts += run.steps(fmt::format("early-1/people-{}", i)).substr(13, 8);
  }
  EXPECT_EQ(starts, "1 08:00 1 08:05 1 08:05 1 08:10 1 08:15 1 08:20 ");
  EXPECT_EQ(run.account("early-1/people-4"), "20 = working 10 + behind 5 + busy 5");
  EXPECT_EQ(run.steps("noon-1/people-2"), "show 1 12:00 1 12:10 1 12:20\n");
}

TEST(Moves, TakeTheirTimeAndMayArriveWhenDue) {
  const Watched run = watch(head + R"(
facilities: {yard: {kind: station}, gate: {kind: station}}
network:
  places: {inland: {position: [123, 41]}}
  hand_over: [{from: any, to: any, takes: 5 min, by: travel}]
  links:
    - {from: yard, to: gate, mode: road, distance: 30 km, speed: 60 km/h}
    - {from: gate, to: inland, mode: road, takes: 1 h}
demand:
  goods: {creates: box, announced: 3 h, arrivals: {timetable: {daily: ["09:00"]}, to: 2024-01-02}, procedure: go}
procedures:
  go:
    for: box
    steps:
      approach: {moves: {from: inland, to: gate, arrives: due}}
      enter: {at: gate, after: approach, takes: 10 min}
      carry: {after: enter, moves: {to: yard}}
      stack: {at: yard, after: carry, takes: 5 min}
      out: {after: stack, moves: {from: yard, to: inland, leaves: true}}
)");
  // Born at 06:00, sets out at 08:00 so as to come at 09:00; half an hour from gate to yard;
  // leaving takes no modelled time.
  EXPECT_EQ(run.steps("goods-1"),
            "approach 1 06:00 1 06:00 1 09:00\n"
            "enter 1 09:00 1 09:00 1 09:10\n"
            "carry 1 09:10 1 09:10 1 09:40\n"
            "stack 1 09:40 1 09:40 1 09:45\n"
            "out 1 09:45 1 09:45 1 09:45\n");
  EXPECT_EQ(run.account("goods-1"), "225 = working 15 + travel 90 + not_due 120");
}

TEST(Timetable, BringsWhatItSaysOnItsDays) {
  // Monday 1 to Sunday 7 January 2024.
  std::string text = R"(portflow: 1
name: timetable
horizon: {from: 2024-01-01, to: 2024-01-08}
confidence: assumption
facilities: {hall: {kind: station}}
demand:
  flights: {creates: flight, arrivals: {timetable: {mon-wed: ["09:10", "14:30"], sat: "10:00"}}, procedure: land}
  late: {creates: flight, arrivals: {timetable: {daily: ["08:00"], late: 20 min}, from: 2024-01-03, to: 2024-01-05}, procedure: land}
procedures: {land: {for: flight, steps: {land: {at: hall}}}}
)";
  const Watched run = watch(text);
  std::string born;
  std::string late;
  for (const trace::Born& row : run.rows.born) {
    (run.schema.roles[row.role].name == "late" ? late : born) += run.when(row.at) + ", ";
  }
  EXPECT_EQ(born, "1 09:10, 1 14:30, 2 09:10, 2 14:30, 3 09:10, 3 14:30, 6 10:00, ");
  EXPECT_EQ(late, "3 08:20, 4 08:20, ");
}

}  // namespace
}  // namespace portflow::procedure_test

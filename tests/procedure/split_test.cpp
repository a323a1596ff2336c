// Facilities that are several: by an attribute of the entity or of its group, with all that
// crosses from process to process.
#include <gmock/gmock.h>

#include "io/read.hpp"
#include "procedure/watch.hpp"
#include "spec/bind.hpp"

namespace portflow::procedure_test {
namespace {

/// Two ships at 08:00: on the first day to the north, on the second (its slot of the first day was
/// before its time) to the south. Each has
/// two boxes to be kept cold, where there is one plug, and one that goes to the shed. Quays go by
/// the ship's side, stores by the box.
const std::string port = R"(portflow: 1
name: two-terminals
horizon: {from: 2024-01-01, to: 2024-01-03, follow: 5 d}
confidence: assumption
facilities:
  quay: {by: ship.side, north: quay_north, south: quay_south}
  store: {by: box.cold, yes: cooler, no: shed}
  quay_north: {kind: station, resources: {berth: {servers: 1}}}
  quay_south: {kind: station, resources: {berth: {servers: 1}}}
  cooler: {kind: station, resources: {plug: {servers: 1}}}
  shed: {kind: station, resources: {plug: {servers: 9}}}
  office: {kind: station}
network:
  places: {sea: {position: [122, 38]}}
  links:
    - {from: sea, to: quay, mode: sea, takes: 60 min}
    - {from: quay_north, to: store, mode: road, takes: 20 min}
    - {from: quay_south, to: cooler, mode: road, takes: 25 min}
    - {from: quay_south, to: shed, mode: road, takes: 40 min}
  hand_over:
    - {from: any, to: any, takes: 5 min}
    - {from: store, to: office, takes: 6 min}
    - {from: quay_south, to: office, takes: 8 min}
demand:
  north:
    creates: ship
    arrivals: {timetable: {daily: ["08:00"]}, to: 2024-01-02}
    procedure: call
    attributes: {side: {choice: {north: 100 %, south: 0 %}}}
    contains:
      reefers: {creates: box, count: 2, procedure: landing, attributes: {cold: {chance: 100 %}}}
      dry: {creates: box, count: 1, procedure: landing, attributes: {cold: {chance: 0 %}}}
  south:
    creates: ship
    arrivals: {timetable: {daily: ["08:00"]}, from: 2024-01-02, to: 2024-01-03}
    procedure: call
    attributes: {side: {choice: {north: 0 %, south: 100 %}}}
    contains:
      reefers: {creates: box, count: 2, procedure: landing, attributes: {cold: {chance: 100 %}}}
      dry: {creates: box, count: 1, procedure: landing, attributes: {cold: {chance: 0 %}}}
procedures:
  call:
    for: ship
    steps:
      come: {at: office, moves: {from: sea, to: quay, by: [sea]}}
      moor: {at: quay, after: come, holds: {berth: until leave}, takes: 30 min, marks: moored}
      leave: {at: office, after: moor, awaits: [all(reefers).stored, all(dry).stored]}
  landing:
    for: box
    steps:
      land: {at: quay, awaits: ship.moored, takes: 10 min}
      haul: {at: quay, after: land, moves: {from: quay, to: store, by: [road]}}
      keep: {at: store, after: haul, needs: plug, takes: 60 min, marks: stored}
)";

TEST(Split, WhatLeavesForItLeavesForEachMember) {
  std::string text = port;
  const std::string link = "to: store, mode: road, takes: 20 min";
  text.replace(text.find(link), link.size(), link + ", wait: {store: north}");
  const ScratchFile file(text);
  auto loaded = io::load(file.path());
  ASSERT_TRUE(loaded);
  const auto scenario = spec::bind(loaded->root);
  ASSERT_TRUE(scenario);
  std::vector<std::string> goals;
  for (const spec::Link& one : scenario->network.links) {
    for (const spec::Departures& departures : one.departures) {
      goals.push_back(one.to + " for " + departures.goal + ": " + departures.source);
    }
  }
  EXPECT_THAT(goals,
              testing::UnorderedElementsAre("cooler for cooler: north", "cooler for shed: north",
                                            "shed for cooler: north", "shed for shed: north"));
}

TEST(Split, StepsAndJourneysGoToTheMemberOfTheAttribute) {
  const Watched run = watch(port);
  // Created at 08:00, an hour at sea, half an hour of mooring. North: 20 min to either store.
  for (const char* box : {"north-1/reefers-1", "north-1/dry-1"}) {
    EXPECT_EQ(run.steps(box),
              "land 1 08:00 1 09:30 1 09:40\n"
              "haul 1 09:40 1 09:40 1 10:00\n"
              "keep 1 10:00 1 10:00 1 11:00\n");
  }
  // The cooler has one plug: the second waits for the first, in the shed nobody waits.
  EXPECT_EQ(run.steps("north-1/reefers-2"),
            "land 1 08:00 1 09:30 1 09:40\n"
            "haul 1 09:40 1 09:40 1 10:00\n"
            "keep 1 10:00 1 11:00 1 12:00\n");
  // South: 25 min to the cooler, 40 to the shed.
  EXPECT_EQ(run.steps("south-2/reefers-1"),
            "land 2 08:00 2 09:30 2 09:40\n"
            "haul 2 09:40 2 09:40 2 10:05\n"
            "keep 2 10:05 2 10:05 2 11:05\n");
  EXPECT_EQ(run.steps("south-2/dry-1"),
            "land 2 08:00 2 09:30 2 09:40\n"
            "haul 2 09:40 2 09:40 2 10:20\n"
            "keep 2 10:20 2 10:20 2 11:20\n");
}

TEST(Split, MarksAreToldWithTheHandOverOfTheMember) {
  const Watched run = watch(port);
  // From the quay 5 min to the office in the north and 8 in the south; from a store 6.
  EXPECT_EQ(run.steps("north-1"),
            "come 1 08:00 1 08:00 1 09:00\n"
            "moor 1 09:00 1 09:00 1 09:30\n"
            "leave 1 09:35 1 12:06 1 12:06\n");
  EXPECT_EQ(run.steps("south-2"),
            "come 2 08:00 2 08:00 2 09:00\n"
            "moor 2 09:00 2 09:00 2 09:30\n"
            "leave 2 09:38 2 12:11 2 12:11\n");
  EXPECT_EQ(run.account("north-1/dry-1"), "180 = working 100 + travel 80");
}

TEST(Split, IsTheSameOnAnyNumberOfThreads) {
  const Watched one = watch(port);
  const Watched three = watch(port, {.threads = 3});
  EXPECT_EQ(one.outcome.fingerprint, three.outcome.fingerprint);
  EXPECT_EQ(one.outcome.events, three.outcome.events);
}

TEST(Split, StaysAsItIsWhileTheScenarioRuns) {
  const Watched run = watch(port, {.measures = {R"(id: m01
starts: 2024-01-02
effects: [{edit: facilities.store.no, set: cooler, confidence: assumption}]
)"},
                                   .may_be_refused = true});
  EXPECT_EQ(run.refusal,
            "FILE:7:10: facilities.store: this changes on 2024-01-02 00:00:00, but it can only be "
            "what it is from the start of a run\n");
}

}  // namespace
}  // namespace portflow::procedure_test

/// \file by_hand.hpp
/// One day of a port worked out by hand, for all who account for time.
///
/// One ship with one lot of three boxes; import through quay, yard, customs and a batch of lorries.
///
/// Monday 1 January 2024. Hand-overs: 5 min anywhere (travel for boxes, messages for the rest;
/// from the customs house to the yard 10 min). The ship is due, and born, at 16:00.
///
///   ship     moor 16:00-16:30 (the berth is free), mark `moored` at 16:30; sails at 16:30.
///   boxes    await ship.moored: quay and ship share a process, so word takes no time: 16:30.
///            One crane, 20 min a box:      box 1 16:30-16:50, box 2 16:50-17:10, box 3 17:10-17:30
///            way to the yard, 5 min:       16:55              17:15              17:35
///            mark `landed` at the yard (no time).
///   lot      the declaration is prepared at the customs house from birth: 16:05 (the token of the
///            first step is sent ahead, so it is there at 16:00) ... 16:00-17:00.
///            Then it awaits all(boxes).landed: told from the yard, 5 min: 17:00, 17:20, 17:40.
///            The officer works 08:30-17:00. Ready at 17:40, he is gone: closed until 08:30 on
///            Tuesday; looks 08:30-09:00; mark `released` at 09:00.
///   boxes    await lot.released: customs to yard 10 min: 09:10. Now all three are free to go.
///            A lorry takes two: boxes 1 and 2 leave at once, 09:10-09:40; box 3 waits for a
///            fourth that never comes, at most 2 h: 11:10, then 11:10-11:40.
///
/// Accounts, by walking back from the end of each (minutes):
///
///   ship     16:00-16:30: 30 = working 30.
///   lot      from 09:00 Tuesday back: look 30 working; 17:40-08:30 closed 890; 17:35-17:40 the
///            message of box 3 (5); 17:30-17:35 its way (travel 5); 17:10-17:30 its crane (working
///            20); 16:30-17:10 it waited for the crane: while box 1 was served it stood behind box
///            2 (behind 20), then headed the queue (busy 20); 16:00-16:30 the ship moored (working
///            30), before which nothing was born.
///            1020 = working 80 + travel 5 + message 5 + closed 890 + behind 20 + busy 20.
///   box 1    09:10-09:40 working 30; 09:00-09:10 message of the release 10; then the lot's path:
///            1020. 1060 = working 110 + travel 5 + message 15 + closed 890 + behind 20 + busy 20.
///   box 2    came into the batch at the same instant as box 1: the same account.
///   box 3    instead 09:10-11:10 batch 120, 11:10-11:40 working 30: 1180.
#pragma once

namespace portflow::procedure_test {

inline constexpr const char* by_hand = R"(portflow: 1
name: by-hand
horizon: {from: 2024-01-01, to: 2024-01-02, follow: 5 d}
confidence: assumption
calendars: {office: {weekly: {mon-fri: "08:30-17:00"}}}
facilities:
  quay: {kind: station, resources: {berth: {servers: 1}, crane: {servers: 1}}}
  yard: {kind: station}
  customs: {kind: station, resources: {officer: {servers: 1, calendar: office}}}
network:
  hand_over:
    - {from: any, to: any, takes: 5 min}
    - {from: any, to: any, for: box, takes: 5 min, by: travel}
    - {from: yard, to: customs, for: box, takes: 5 min}
    - {from: customs, to: yard, takes: 10 min}
demand:
  ships:
    creates: ship
    arrivals: {timetable: {daily: ["16:00"]}, to: 2024-01-02}
    procedure: call
    contains:
      lots:
        creates: lot
        count: 1
        procedure: lot
        contains: {boxes: {creates: box, count: 3, procedure: box}}
procedures:
  call:
    for: ship
    steps:
      moor: {at: quay, needs: berth, takes: 30 min, marks: moored}
  lot:
    for: lot
    steps:
      prepare: {at: customs, takes: 1 h}
      look: {at: customs, after: prepare, awaits: all(boxes).landed, needs: officer, takes: 30 min, marks: released}
  box:
    for: box
    steps:
      discharge: {at: quay, awaits: ship.moored, needs: crane, takes: 20 min}
      land: {at: yard, after: discharge, marks: landed}
      go: {at: yard, after: land, awaits: lot.released, batch: {size: 2, at_most: 2 h}, takes: 30 min}
)";

}  // namespace portflow::procedure_test

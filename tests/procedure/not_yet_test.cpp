// What the language page names and the engine does not do yet is refused in a clear sentence,
// never read and dropped.
#include "procedure/watch.hpp"

namespace portflow::procedure_test {
namespace {

struct Case {
  const char* name;
  const char* resource;  ///< fields of the resource
  const char* step;      ///< fields of the second step
  const char* more;      ///< further sections
  const char* refusal;
};

std::string port(const Case& one) {
  return fmt::format(R"(portflow: 1
name: not-yet
horizon: {{from: 2024-01-01, to: 2024-01-02}}
confidence: assumption
facilities:
  yard: {{kind: station, resources: {{crane: {{servers: 2{}}}}}}}
demand: {{ships: {{creates: ship, arrivals: {{every: 1 h}}, procedure: call}}}}
procedures:
  call:
    for: ship
    steps:
      a: {{at: yard, takes: 1 h, marks: rejected}}
      b: {{at: yard, after: a{}}}
{})",
                     one.resource, one.step, one.more);
}

class NotYet : public testing::TestWithParam<Case> {};

TEST_P(NotYet, IsRefusedInAClearSentence) {
  EXPECT_EQ(watch(port(GetParam()), {.may_be_refused = true}).refusal, GetParam().refusal);
}

const Case cases[] = {
    {"repeat_move", "", ", repeat: {while: rejected, at_most: 5}, moves: {to: yard}", "",
     "FILE:13:10: procedures.call.steps.b: what repeats is one service: it needs `takes`, and "
     "cannot batch, choose, hold, do or move; let a step after it do so\n"},
    {"patience", "", ", needs: crane, patience: 2 h", "",
     "FILE:13:10: procedures.call.steps.b: `patience` and `renege` go together: how long, and what "
     "comes then\n"},
    {"renege", "", ", patience: 2 h, renege: c", "      c: {at: yard, after: a}\n",
     "FILE:13:10: procedures.call.steps.b: whose patience ends waits for `needs` or `holds` of its "
     "own: it cannot batch, choose or repeat; let a step after it do so\n"
     "FILE:13:10: procedures.call.steps.b.renege: names `c`, which does not have `b` in its "
     "`after`\n"},
    {"binds", "", ", binds: {ship: next departure}", "",
     "FILE:13:31: procedures.call.steps.b: `binds` is a word of the language, but it is not "
     "simulated yet\n"},
    {"batch_or_at", "", ", batch: {size: 5, or_at: ship.left}", "",
     "FILE:13:55: procedures.call.steps.b.batch.or_at: `ship.left` is a mark; a batch leaves at a "
     "time that is known: `ship.due`, `self.due - 1 h`\n"
     "FILE:13:55: procedures.call.steps.b.batch.or_at: no group `ship` around `demand.ships` "
     "(there are none)\n"},
    {"batch_move", "", ", batch: {size: 5}, moves: {to: yard}", "",
     "FILE:13:10: procedures.call.steps.b: a batch is one service of all its members: it cannot "
     "hold, do or move; let a step after it do so\n"},
    {"batch_does", "", ", batch: {size: 5}, does: sing", "",
     "FILE:13:10: procedures.call.steps.b: a batch is one service of all its members: it cannot "
     "hold, do or move; let a step after it do so\n"},
    {"batch_hold", "", ", batch: {size: 5}, holds: {crane: until c}",
     "      c: {at: yard, after: b}\n",
     "FILE:13:10: procedures.call.steps.b: a batch is one service of all its members: it cannot "
     "hold, do or move; let a step after it do so\n"},
    {"cost_over", "",
     ", costs: [{item: rent, amount: {rate: 7.5 %, of: value, over: [a, b]}, payer: x, payee: y}]",
     "",
     "FILE:13:60: procedures.call.steps.b.costs[0].amount: expected a number, `{ramp: {from, to, "
     "over}}`, `{by: attribute, case: number}` or `{if: condition, then: number, else: number}`\n"},
    {"elastic_station",
     ", staffing: {elastic: {reserve: 2, open_when: 10 min, reserve_when: 20 min, opening_takes: 1 "
     "min, close_when: 2 min}}",
     "", "",
     "FILE:6:44: facilities.yard.resources.crane.staffing: elastic staffing is offered by halls, "
     "this is a station\n"},
    {"adjusts_top", "", "", "adjusts: {x: 1}\n",
     "FILE:14:1: unknown key `adjusts` (allowed: calendars, demand, disturbances, facilities, "
     "fragments, "
     "holidays, horizon, "
     "kpis, map, name, network, parameters, portflow, procedures, published, seed, sources or "
     "title)\n"},
};

INSTANTIATE_TEST_SUITE_P(Language, NotYet, testing::ValuesIn(cases),
                         [](const auto& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace portflow::procedure_test

// What `portflow why` says of charges and risks, with amounts worked by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "cli/shell.hpp"

namespace portflow {
namespace {

using nlohmann::json;
using test::portflow;
using test::Said;
using test::scratch;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

/// Two lots worth 1,000 CNY, an hour apart; the second has nothing to pay or to fear.
constexpr const char* port = R"(portflow: 1
name: booked
horizon: {from: 2024-01-01, to: 2024-01-02, follow: 1 d}
confidence: assumption
facilities:
  desk: {kind: station, resources: {clerk: {servers: 1}}}
demand:
  lots:
    creates: lot
    arrivals: {timetable: {mon: ["08:00"]}}
    procedure: clear
    attributes: {worth: {number: 1000 CNY, unit: CNY}, stay: {number: 6 h, unit: h}}
  others:
    creates: lot
    arrivals: {timetable: {mon: ["09:00"]}}
    procedure: pass
procedures:
  clear:
    for: lot
    steps:
      release:
        at: desk
        takes: 1 min
        costs:
          - {item: fee, amount: 1210.50 CNY, payer: trader, payee: port}
          - {item: refund, amount: -0.05 CNY, payer: port, payee: trader}
          - {item: duty, amount: 7.5 %, of: worth, payer: trader, payee: state}
        risks:
          - {item: missed, amount: 0.2 %, bearer: state}
          - {item: late, unit: h, amount: stay, bearer: trader}
  pass: {for: lot, steps: {release: {at: desk, takes: 1 min}}}
kpis:
  money: {ledger: {of: lot}, statistic: sum, unit: CNY, better: lower}
)";

std::string traced(const std::string& name, const std::string& options = "") {
  const std::string scenario = scratch(name + ".yaml");
  std::ofstream(scenario) << port;
  const std::string trace = scratch(name + ".h5");
  const Said said =
      portflow("run " + scenario + " --quiet --level full --trace " + trace + " " + options);
  EXPECT_EQ(said.code, 0) << said.err;
  return trace;
}

TEST(WhyBooked, ListsChargesAndRisksWithWhoBearsThem) {
  const std::string trace = traced("a");
  const std::string file = scratch("a.json");
  const Said said = portflow("why " + trace + " --entity lots-1 --json " + file);
  EXPECT_EQ(said.code, 0);
  EXPECT_THAT(said.out, EndsWith(R"(
Booked on it, over its whole life:
at                   ledger  item            amount  who
2024-01-01 08:01:00  costs   fee       1,210.50 CNY  trader pays port
2024-01-01 08:01:00  costs   refund       -0.05 CNY  port pays trader
2024-01-01 08:01:00  costs   duty         75.00 CNY  trader pays state
2024-01-01 08:01:00  risks   missed  0.002 expected  borne by state
2024-01-01 08:01:00  risks   late          06:00:00  borne by trader
)"));
  const json told = json::parse(test::text_of(file));
  ASSERT_EQ(told["booked"].size(), 5u);
  EXPECT_EQ(told["booked"][2], (json{{"at", "2024-01-01 08:01:00"},
                                     {"ledger", "costs"},
                                     {"item", "duty"},
                                     {"amount", 75.0},
                                     {"unit", "CNY"},
                                     {"payer", "trader"},
                                     {"payee", "state"},
                                     {"bearer", nullptr}}));
  EXPECT_EQ(told["booked"][3]["amount"], 0.002);
  EXPECT_EQ(told["booked"][4]["amount"], 6.0);
  EXPECT_EQ(told["booked"][4]["bearer"], "trader");
}

TEST(WhyBooked, SaysNothingWhereNothingWasBooked) {
  const std::string trace = traced("a");
  const std::string file = scratch("a.json");
  const Said said = portflow("why " + trace + " --entity others-1 --json " + file);
  EXPECT_EQ(said.code, 0);
  EXPECT_THAT(said.out, Not(HasSubstr("Booked")));
  EXPECT_EQ(json::parse(test::text_of(file))["booked"], json::array());
}

TEST(WhyBooked, ComparesItemByItem) {
  const std::string a = traced("a");
  const std::string b = traced("b", "--set demand.lots.attributes.worth.number='3000 CNY'");
  const std::string file = scratch("ab.json");
  const Said said = portflow("why --between " + a + " " + b + " --entity lots-1 --json " + file);
  EXPECT_EQ(said.code, 0);
  EXPECT_THAT(said.out, EndsWith(R"(
Booked on it, over its whole life:
ledger  item                 A               B        B - A
costs   fee       1,210.50 CNY    1,210.50 CNY            0
costs   refund       -0.05 CNY       -0.05 CNY            0
costs   duty         75.00 CNY      225.00 CNY  +150.00 CNY
risks   missed  0.002 expected  0.002 expected            0
risks   late          06:00:00        06:00:00            0
)"));
  const json told = json::parse(test::text_of(file));
  ASSERT_EQ(told["booked"].size(), 5u);
  EXPECT_EQ(
      told["booked"][2],
      (json{{"ledger", "costs"}, {"item", "duty"}, {"unit", "CNY"}, {"a", 75.0}, {"b", 225.0}}));
}

}  // namespace
}  // namespace portflow

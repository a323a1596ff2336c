// A choice by logit: shares follow the costs, and luck belongs to the entity and the option.
#include <cmath>

#include "procedure/watch.hpp"

namespace portflow::procedure_test {
namespace {

/// Lots go inland by rail, 5 h and as dear as said, or by road, 1 h and 300 CNY.
std::string port(const std::string& rail_cost, const std::string& choice) {
  return fmt::format(R"(portflow: 1
name: logit
horizon: {{from: 2024-01-01, to: 2024-01-21, follow: 1 d}}
confidence: assumption
facilities: {{yard: {{kind: station}}}}
network:
  places: {{inland: {{position: [123.4, 41.8]}}}}
  links:
    - {{from: yard, to: inland, mode: rail, takes: 5 h, cost: {}}}
    - {{from: yard, to: inland, mode: road, takes: 1 h, cost: 300 CNY}}
demand:
  lots: {{creates: lot, arrivals: {{every: {{exponential: 10 min}}}}, procedure: go}}
procedures:
  go:
    for: lot
    steps:
      mode: {{at: yard, choose: {{{}, value_of_time: 20 CNY/h}}}}
      rail: {{after: mode, moves: {{to: inland, by: [rail], leaves: true}}, marks: railed}}
      road: {{after: mode, moves: {{to: inland, by: [road], leaves: true}}}}
)",
                     rail_cost, choice);
}

Watched choose(const std::string& rail_cost, const std::string& choice) {
  return watch(port(rail_cost, choice));
}

std::set<trace::EntityId> railed(const Watched& run) {
  std::set<trace::EntityId> result;
  for (const trace::MarkSet& row : run.rows.marks) {
    if (row.is_void == 0) result.insert(row.entity);
  }
  return result;
}

double share(const Watched& run) {
  return static_cast<double>(railed(run).size()) / static_cast<double>(run.rows.born.size());
}

TEST(Logit, SharesFollowTheCosts) {
  // Rail costs 120 + 5 x 20 = 220, road 300 + 20 = 320: 100 less, half the scale.
  const double expected = 1 / (1 + std::exp(-0.5));
  const Watched run = choose("120 CNY", "logit: [rail, road], scale: 200 CNY");
  ASSERT_GT(run.rows.born.size(), 2700u);
  EXPECT_NEAR(share(run), expected, 4 * std::sqrt(expected * (1 - expected) / 2700));
}

TEST(Logit, OfNoScaleIsTheLeastCost) {
  const Watched logit = choose("120 CNY", "logit: [rail, road], scale: 0.1 CNY");
  const Watched least = choose("120 CNY", "least_cost: [rail, road]");
  EXPECT_EQ(share(logit), 1);
  EXPECT_EQ(to_hex(logit.outcome.fingerprint), to_hex(least.outcome.fingerprint));
}

TEST(Logit, CountsWhatAnOptionCostsBesides) {
  // As if the link cost 120: its 220, and 100 that speak for the train, or against the road.
  const std::string choice = "logit: [rail, road], scale: 200 CNY";
  const auto cheap = railed(choose("120 CNY", choice));
  EXPECT_EQ(railed(choose("220 CNY", choice + ", besides: {rail: -100 CNY}")), cheap);
  EXPECT_EQ(railed(choose("220 CNY", choice + ", besides: {road: 100 CNY}")), cheap);
}

TEST(Logit, CountsNoJourneyOfThoseWhoGiveUp) {
  // Rail takes a seat; who gets none goes by road in the end. The road's cost is no part of rail's.
  std::string text = port("120 CNY", "logit: [rail, road], scale: 200 CNY");
  const std::set<trace::EntityId> plain = railed(watch(text));
  const std::size_t rail = text.find("      rail: {after: mode, moves");
  text.replace(
      rail, text.find("railed}", rail) + 7 - rail,
      "      seat: {after: mode, needs: chair, patience: 1 h, renege: late, takes: 1 min}\n"
      "      rail: {after: seat, moves: {to: inland, by: [rail], leaves: true}, marks: railed}\n"
      "      late: {after: seat, moves: {to: inland, by: [road], leaves: true}}");
  text.replace(text.find("logit: [rail, road]"), 19, "logit: [seat, road]");
  text.replace(text.find("{kind: station}"), 15,
               "{kind: station, resources: {chair: {servers: 100}}}");
  // An option of another name has another luck, so the shares are compared.
  EXPECT_NEAR(static_cast<double>(railed(watch(text)).size()), static_cast<double>(plain.size()),
              4 * std::sqrt(2 * 2700 * 0.24));
}

TEST(Choice, OfAnOptionThatIsNoneIsRefused) {
  EXPECT_NE(watch(port("120 CNY", "logit: [rail, road], scale: 200 CNY, besides: {rial: 1 CNY}"),
                  {.may_be_refused = true})
                .refusal.find("rial"),
            std::string::npos);
}

TEST(Choice, OfLinksWithAndWithoutACostIsRefused) {
  // Without its cost the road would count as free.
  for (const char* how : {"least_cost: [rail, road]", "logit: [rail, road], scale: 200 CNY"}) {
    std::string text = port("120 CNY", how);
    text.replace(text.find(", cost: 300 CNY"), 15, "");
    EXPECT_NE(watch(text, {.may_be_refused = true})
                  .refusal.find("the link from yard to inland has no `cost`"),
              std::string::npos);
    text.replace(text.find(", cost: 120 CNY"), 15, "");
    EXPECT_EQ(watch(text).refusal, "") << "by time alone";
  }
}

TEST(Logit, ACheaperOptionOnlyGains) {
  const auto dear = railed(choose("220 CNY", "logit: [rail, road], scale: 200 CNY"));
  const auto cheap = railed(choose("120 CNY", "logit: [rail, road], scale: 200 CNY"));
  EXPECT_TRUE(std::ranges::includes(cheap, dear));
  EXPECT_GT(cheap.size(), dear.size() + 200);
}

}  // namespace
}  // namespace portflow::procedure_test

// Dates become epochs; adoption becomes alternatives; parts stand for themselves.
#include "policy/idle.hpp"
#include "policy/port.hpp"

namespace portflow::policy_test {
namespace {

const std::string berths = "facilities.quay.resources.berth.servers, ";

std::vector<double> berths_by_epoch(const policy::Compiled& compiled) {
  std::vector<double> result;
  result.reserve(compiled.epochs.size());
  for (const auto& epoch : compiled.epochs) {
    result.push_back(epoch.scenario.facilities.at("quay").resources.at(0).servers);
  }
  return result;
}

std::vector<SimTime> dates(const policy::Compiled& compiled) {
  std::vector<SimTime> result;
  result.reserve(compiled.epochs.size());
  for (const auto& epoch : compiled.epochs) result.push_back(epoch.from);
  return result;
}

TEST(NoMeasure, IsTheBaseline) {
  const auto result = compiled({});
  ASSERT_EQ(result.epochs.size(), 1u);
  EXPECT_TRUE(result.adoptions.empty());
  EXPECT_TRUE(result.changes.empty());
  auto root = tree(port_text, "port.yaml");
  const auto plain = spec::bind(root);
  ASSERT_TRUE(plain);
  EXPECT_EQ(first(result).procedures, plain->procedures);
  EXPECT_TRUE(result.epochs[0].alternatives.empty());
  EXPECT_EQ(result.epochs[0].scenario.procedures, plain->procedures);
}

TEST(Dates, MakeEpochs) {
  const auto result =
      compiled({effect("a", berths + "add: 1", "starts: 2024-01-10\nends: 2024-02-10\n"),
                effect("b", berths + "scale: 2", "starts: 2024-01-20\n"),
                effect("c", berths + "add: 10", "ends: 2024-01-10\n")});
  EXPECT_EQ(dates(result),
            (std::vector<SimTime>{SimTime::min(), midnight({2024, 1, 10}), midnight({2024, 1, 20}),
                                  midnight({2024, 2, 10})}));
  EXPECT_EQ(berths_by_epoch(result), (std::vector<double>{14, 5, 9, 8}));
}

TEST(Dates, BeforeTheRunHoldFromItsFirstInstant) {
  const auto result = compiled({effect("a", berths + "set: 9", "starts: 2020-01-01\n")});
  EXPECT_EQ(berths_by_epoch(result), std::vector<double>{9});
}

TEST(Dates, ConflictsCountOnlyWhereBothHold) {
  const auto january = effect("a", berths + "set: 5", "ends: 2024-01-20\n");
  const auto february = effect("b", berths + "set: 7", "starts: 2024-01-20\n");
  EXPECT_EQ(berths_by_epoch(compiled({january, february})), (std::vector<double>{5, 7}));
  const auto overlap = effect("c", berths + "set: 7", "starts: 2024-01-19\n");
  EXPECT_NE(refusal({january, overlap}), "");
}

TEST(Dates, BeyondTheHorizonChangeNothing) {
  const auto result = compiled({effect("a", berths + "set: 9", "starts: 2024-03-01\n"),
                                effect("b", berths + "set: 8", "ends: 2024-01-01\n")});
  EXPECT_EQ(berths_by_epoch(result), std::vector<double>{4});
}

// A run may end before the scenario does: it is what will be run that counts.
TEST(Dates, OutsideTheRunAreTold) {
  const std::vector<policy::Measure> measures{
      effect("a", berths + "set: 9", "starts: 2024-02-01\n"),
      effect("b", berths + "set: 8", "ends: 2024-01-01\n"),
      effect("c", berths + "set: 7", "ends: 2024-01-02\n"), effect("d", berths + "set: 6")};
  const auto told = [&](CivilDate until) {
    std::vector<std::string> texts;
    for (const Error& one : policy::idle(measures, midnight({2024, 1, 1}), midnight(until))) {
      texts.push_back(one.text());
    }
    return texts;
  };
  const std::string b = "b.yaml:4:5: b: never acts: the run lasts from 2024-01-01 00:00:00 to ";
  EXPECT_EQ(told({2024, 2, 2}), std::vector<std::string>{b + "2024-02-02 00:00:00"});
  EXPECT_EQ(told({2024, 2, 1}),
            (std::vector<std::string>{"a.yaml:4:5: a: never acts: the run lasts from 2024-01-01 "
                                      "00:00:00 to 2024-02-01 00:00:00",
                                      b + "2024-02-01 00:00:00"}));
}

TEST(Ramps, StartWithTheirMeasure) {
  const auto result =
      compiled({effect("a", "demand.ships.extra, set: {ramp: {from: 0 %, to: 40 %, over: 20 d}}",
                       "starts: 2024-01-11\n")});
  ASSERT_EQ(result.epochs.size(), 2u);
  const spec::Amount& extra = result.epochs[1].scenario.demand.at("ships").extra;
  ASSERT_TRUE(extra.ramp);
  EXPECT_DOUBLE_EQ(extra.at(midnight({2024, 1, 11})), 0);
  EXPECT_DOUBLE_EQ(extra.at(midnight({2024, 1, 16})), 0.1);
  EXPECT_DOUBLE_EQ(extra.at(midnight({2024, 1, 31})), 0.4);
  EXPECT_DOUBLE_EQ(extra.at(midnight({2024, 2, 20})), 0.4);
  EXPECT_EQ(result.epochs[0].scenario.demand.at("ships").extra.value, 0);
}

constexpr const char* half_adopt = R"(starts: 2024-01-11
adoption: {by: ship, where: credit == aeo, share: {ramp: {from: 0 %, to: 50 %, over: 10 d}}}
effects:
  - {edit: procedures.call.steps.leave.takes, set: 10 min}
)";

TEST(Adoption, MakesAlternativesNotEpochs) {
  const auto result = compiled({measure("a", half_adopt)});
  ASSERT_EQ(result.epochs.size(), 1u);
  ASSERT_EQ(result.adoptions.size(), 1u);
  const policy::AdoptionRule& rule = result.adoptions[0];
  EXPECT_EQ(rule.part, "a");
  EXPECT_EQ(rule.adoption.by, "ship");
  EXPECT_EQ(rule.from, midnight({2024, 1, 11}));
  EXPECT_EQ(rule.to, never);
  EXPECT_DOUBLE_EQ(rule.adoption.share.at(midnight({2024, 1, 16})), 0.25);
  const policy::Alternatives& call = result.epochs[0].alternatives.at("call");
  EXPECT_EQ(call.rules, std::vector<std::size_t>{0});
  ASSERT_EQ(call.by_adopters.size(), 2u);
  EXPECT_EQ(call.by_adopters[0], first(result).procedures.at("call"));
  EXPECT_EQ(call.by_adopters[0].find("leave")->takes->distribution.mean(), 30 * minute);
  EXPECT_EQ(call.by_adopters[1].find("leave")->takes->distribution.mean(), 10 * minute);
}

TEST(Adoption, CombinesWithWhatHoldsForAll) {
  // Bit 0 is b, which begins first, bit 1 is a; everybody's scaling from 1 February applies to
  // each of the four.
  const auto result = compiled(
      {measure("a", half_adopt),
       measure("b",
               "adoption: {by: ship, share: 30 %}\neffects:\n"
               "  - {edit: procedures.call.steps.leave.takes, add: 4 min}\n"),
       effect("c", "procedures.call.steps.leave.takes, scale: 2", "starts: 2024-02-01\n")});
  ASSERT_EQ(result.epochs.size(), 2u);
  std::vector<double> minutes;
  for (const auto& epoch : result.epochs) {
    for (const auto& call : epoch.alternatives.at("call").by_adopters) {
      minutes.push_back(call.find("leave")->takes->distribution.mean() / minute);
    }
  }
  EXPECT_EQ(minutes, (std::vector<double>{30, 34, 10, 14, 60, 64, 20, 24}));
}

TEST(Adoption, MeetsNothingThatIsNotThereYet) {
  // Before 1 February nobody can have adopted b, whose step needs the desk that c brings then.
  const auto result =
      compiled({measure("b",
                        "starts: 2024-02-01\nadoption: {by: ship, share: 30 %}\neffects:\n"
                        "  - {edit: procedures.call.steps.leave.needs, set: desk}\n"),
                effect("c", "facilities.gate.resources, insert: {desk: {servers: 1}}",
                       "starts: 2024-02-01\n")});
  ASSERT_EQ(result.epochs.size(), 2u);
  EXPECT_TRUE(result.epochs[0].alternatives.empty());
  EXPECT_EQ(result.epochs[1].alternatives.at("call").by_adopters.size(), 2u);
}

TEST(Adoption, CountsPerProcedure) {
  // Twelve adoptions would be 4,096 sets; each procedure knows only those that edit it.
  std::vector<policy::Measure> measures;
  for (int i = 0; i < 12; ++i) {
    const std::string step = i < 6 ? "call.steps.leave" : "visit.steps.talk";
    measures.push_back(
        measure("m" + std::to_string(10 + i),
                "adoption: {by: ship, share: 30 %}\neffects:\n  - {edit: procedures." + step +
                    ".priority, add: 1}\n"));
  }
  const auto result = compiled(measures, std::string(port_text) +
                                             "  visit: {for: ship, steps: {talk: {at: gate, needs: "
                                             "lane, takes: 5 min}}}\n");
  EXPECT_EQ(result.adoptions.size(), 12u);
  const auto& alternatives = result.epochs[0].alternatives;
  EXPECT_EQ(alternatives.at("call").by_adopters.size(), 64u);
  EXPECT_EQ(alternatives.at("visit").by_adopters[63].find("talk")->priority.value, 6);
}

TEST(Parts, AreSwitchedOneByOne) {
  policy::Measure whole = measure("m", R"(parts:
  b:
    starts: 2024-01-15
    effects: [{edit: facilities.quay.resources.tug.servers, set: 5}]
  a:
    effects: [{edit: facilities.quay.resources.berth.servers, set: 6}]
)");
  ASSERT_EQ(whole.parts.size(), 2u);
  EXPECT_EQ(whole.parts[0].name, "a");
  auto result = compiled({whole});
  EXPECT_EQ(berths_by_epoch(result), (std::vector<double>{6, 6}));
  EXPECT_EQ(result.epochs[0].scenario.facilities.at("quay").resources.at(1).servers, 2);
  EXPECT_EQ(result.epochs[1].scenario.facilities.at("quay").resources.at(1).servers, 5);
  EXPECT_EQ(result.changes.at(0).part, "m.a");
  whole.parts.erase(whole.parts.begin());
  result = compiled({whole});
  EXPECT_EQ(berths_by_epoch(result), (std::vector<double>{4, 4}));
}

}  // namespace
}  // namespace portflow::policy_test

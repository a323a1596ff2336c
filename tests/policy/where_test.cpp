// An effect with a `where`: for some entities only, be it a number or the way through a procedure.
#include <fstream>

#include "core/fingerprint.hpp"
#include "policy/port.hpp"
#include "run/run.hpp"

namespace portflow::policy_test {
namespace {

TEST(Where, MakesANumberGoByTheCondition) {
  const auto result = compiled({measure("a", R"(effects:
  - {edit: procedures.call.steps.leave.takes, set: 10 min, where: credit == aeo}
)")});
  EXPECT_TRUE(result.adoptions.empty());
  const auto& takes = *step(first(result), "leave").takes;
  EXPECT_EQ(takes.when.text(), "credit == aeo");
  ASSERT_EQ(takes.sides.size(), 2u);
  EXPECT_EQ(takes.sides[0].distribution.mean(), 10 * minute);
  EXPECT_EQ(takes.sides[1].distribution.mean(), 30 * minute);
}

TEST(Where, FoldsWithinEachSide) {
  // Everybody's +4 min comes after the scaling of those who are authorised, as it always does.
  const auto result = compiled({measure("a", R"(effects:
  - {edit: procedures.call.steps.leave.takes, scale: 0.5, where: credit == aeo}
)"),
                                effect("b", "procedures.call.steps.leave.takes, add: 4 min")});
  const auto& takes = *step(first(result), "leave").takes;
  ASSERT_EQ(takes.sides.size(), 2u);
  EXPECT_EQ(takes.sides[0].distribution.mean(), 19 * minute);
  EXPECT_EQ(takes.sides[1].distribution.mean(), 34 * minute);
}

TEST(Where, TwoWordsOfOneAttributeNeverMeet) {
  // Both set the field; an entity that both concern would be a contradiction, and there is none.
  const auto result = compiled({measure("a", R"(effects:
  - {edit: procedures.call.steps.leave.takes, set: 10 min, where: credit == aeo}
  - {edit: procedures.call.steps.leave.takes, set: 20 min, where: credit == ordinary}
)")});
  const auto& takes = *step(first(result), "leave").takes;
  EXPECT_EQ(takes.sides.at(0).distribution.mean(), 10 * minute);
  EXPECT_EQ(takes.sides.at(1).sides.at(0).distribution.mean(), 20 * minute);
  EXPECT_EQ(takes.sides.at(1).sides.at(1).distribution.mean(), 30 * minute);
}

TEST(Where, ReachesWithinANumber) {
  const auto result = compiled({measure("a", R"(effects:
  - {edit: procedures.call.steps.look.when.chance.ordinary, set: 3 %, where: credit == ordinary}
)")});
  const auto& chance = *step(first(result), "look").when.chance;
  ASSERT_EQ(chance.sides.size(), 2u);
  EXPECT_EQ(chance.sides[0].cases.at(1).then.value, 0.03);
  EXPECT_EQ(chance.sides[1].cases.at(1).then.value, 0.10);
}

TEST(Where, MakesAnAlternativeOfAnythingElse) {
  const auto result = compiled({measure("a", R"(effects:
  - {edit: procedures.call.steps.work.needs, exclude: tug, where: credit == aeo}
  - {edit: procedures.call.steps.look.when, set: false, where: credit == aeo}
)")});
  ASSERT_EQ(result.adoptions.size(), 1u);
  EXPECT_EQ(result.adoptions[0].adoption.by, "ship");
  EXPECT_EQ(result.adoptions[0].adoption.share.value, 1);
  const policy::Alternatives& call = result.epochs[0].alternatives.at("call");
  ASSERT_EQ(call.by_adopters.size(), 2u);
  EXPECT_EQ(call.by_adopters[0].find("work")->needs.size(), 2u);
  EXPECT_EQ(call.by_adopters[1].find("work")->needs.size(), 1u);
  EXPECT_TRUE(call.by_adopters[1].find("look")->when.impossible);
}

TEST(Where, NarrowsAnAdoption) {
  const auto result =
      compiled({measure("a", R"(adoption: {by: ship, where: worth > 5 CNY, share: 40 %}
effects:
  - {edit: procedures.call.steps.work.needs, exclude: tug, where: credit == aeo}
  - {edit: procedures.call.steps.leave.takes, set: 10 min, where: credit == aeo}
)")},
               std::string(port_text).replace(std::string(port_text).find("{credit: {choice"), 1,
                                              "{worth: {number: 9 CNY, unit: CNY}, "));
  ASSERT_EQ(result.adoptions.size(), 2u);
  EXPECT_EQ(result.adoptions[1].part, "a");  // the same luck decides
  EXPECT_EQ(result.adoptions[1].adoption.where.text(), "(worth > 5 CNY) and (credit == aeo)");
  EXPECT_EQ(result.adoptions[1].adoption.share.value, 0.4);
  const auto& call = result.epochs[0].alternatives.at("call").by_adopters;
  ASSERT_EQ(call.size(), 4u);
  EXPECT_EQ(call[1].find("leave")->takes->sides.size(), 2u);
  EXPECT_EQ(call[1].find("work")->needs.size(), 2u);
  EXPECT_EQ(call[3].find("work")->needs.size(), 1u);
}

std::string fingerprint_with(const std::string& name, const std::string& effects) {
  const std::string file = testing::TempDir() + "/" + name + ".yaml";
  std::ofstream{file} << "id: " << name << "\n" << effects;
  run::Request request;
  request.scenario = PORTFLOW_SOURCE_DIR "/scenarios/small/tiny_port.yaml";
  request.measures = {file};
  const auto prepared = run::prepare(request);
  if (!prepared) {
    ADD_FAILURE() << text_of(prepared.error());
    return {};
  }
  const auto outcome = run::simulate(**prepared, {}, {});
  return outcome ? to_hex(outcome->fingerprint) : text_of(outcome.error());
}

// Three ways to say one thing are one thing: by attribute, where, and by everybody's adoption.
TEST(Where, RunsLikeACaseAndLikeAnAdoption) {
  const std::string edit = "effects:\n  - {edit: procedures.import_lot.steps.prepare.takes, ";
  const auto by_case = fingerprint_with(
      "a", edit + "set: {by: credit, aeo: 5 min, ordinary: {lognormal: [50 min, 0.5]}}}\n");
  const auto where = fingerprint_with("b", edit + "set: 5 min, where: credit == aeo}\n");
  const auto adopted = fingerprint_with(
      "c", "adoption: {by: lot, where: credit == aeo, share: 100 %}\n" + edit + "set: 5 min}\n");
  const auto nobody =
      fingerprint_with("d", edit + "set: 5 min, where: credit == aeo and credit == ordinary}\n");
  EXPECT_EQ(by_case, where);
  EXPECT_EQ(by_case, adopted);
  EXPECT_NE(by_case, nobody);
  EXPECT_EQ(nobody, fingerprint_with("e", edit + "scale: 1}\n"));
}

TEST(Where, RunsInTheDeclarationOfAnAttribute) {
  // Boxes of authorised lots go inland as often as they did; only the others change.
  const std::string edit =
      "effects:\n  - {edit: demand.liners.contains.lots.contains.boxes.attributes.inland.chance, ";
  const auto by_case =
      fingerprint_with("a", edit + "set: {by: lot.credit, aeo: 40 %, ordinary: 30 %}}\n");
  EXPECT_EQ(by_case, fingerprint_with("b", edit + "set: 30 %, where: lot.credit == ordinary}\n"));
}

}  // namespace
}  // namespace portflow::policy_test

// A number may go by one thing and within it by another, as a risk by goods and by credit.
#include "procedure/watch.hpp"

namespace portflow::procedure_test {
namespace {

std::string port(const std::string& chance) {
  return R"(portflow: 1
name: nested
horizon: {from: 2024-01-01, to: 2024-01-08}
confidence: assumption
facilities: {yard: {kind: station}}
demand:
  goods:
    creates: lot
    arrivals: {every: {exponential: 5 min}}
    procedure: go
    attributes: {credit: {choice: {aeo: 40 %, other: 60 %}}, risky: {chance: 50 %}, weight: {number: {uniform: [1 t, 2 t]}, unit: t}}
procedures:
  go:
    for: lot
    steps:
      look: {at: yard, when: {chance: )" +
         chance + R"(}, takes: 1 min}
)";
}

/// How many lots were looked at, by risk and credit: `no aeo`, `yes other`.
std::map<std::string, int> looked(const std::string& chance) {
  const Watched run = watch(port(chance));
  EXPECT_EQ(run.refusal, "");
  std::map<trace::EntityId, std::map<std::string, std::string>> known;
  std::size_t next = 0;
  for (const trace::Born& born : run.rows.born) {
    for (const trace::AttributeInfo& attribute : run.schema.roles[born.role].attributes) {
      const double value = run.rows.attributes[next++];
      if (attribute.categories.empty()) continue;
      known[born.entity][attribute.name] = attribute.categories[static_cast<std::size_t>(value)];
    }
  }
  std::map<std::string, int> result;
  for (const trace::StepDone& row : run.rows.steps) {
    auto& of = known[row.entity];
    ++result[of["risky"] + " " + of["credit"]];
  }
  return result;
}

TEST(Nested, ACaseGoesByAFurtherAttribute) {
  const auto all = looked("100 %");
  ASSERT_EQ(all.size(), 4u);
  const auto some = looked(
      "{by: risky, yes: {by: credit, aeo: 100 %, other: 100 %}, no: {by: credit, aeo: 0 %, other: "
      "100 %}}");
  auto wanted = all;
  wanted.erase("no aeo");
  EXPECT_EQ(some, wanted);
}

TEST(Nested, ACaseGoesByACondition) {
  auto wanted = looked("100 %");
  wanted.erase("yes aeo");
  EXPECT_EQ(looked("{by: risky, yes: {if: credit == aeo, then: 0 %, else: 100 %}, no: 100 %}"),
            wanted);
}

TEST(Nested, EqualCasesAreTheNumberItself) {
  const auto plain = looked("{by: credit, aeo: 30 %, other: 60 %}");
  EXPECT_EQ(looked("{by: risky, yes: {by: credit, aeo: 30 %, other: 60 %}, no: {by: credit, aeo: "
                   "30 %, other: 60 %}}"),
            plain);
}

TEST(Nested, AMissingInnerCaseIsNamedWithItsPlace) {
  const Watched run = watch(port("{by: risky, yes: {by: credit, aeo: 1 %, othr: 2 %}, no: 3 %}"),
                            {.may_be_refused = true});
  EXPECT_NE(run.refusal.find("othr"), std::string::npos) << run.refusal;
  EXPECT_NE(run.refusal.find("other"), std::string::npos) << run.refusal;
}

}  // namespace
}  // namespace portflow::procedure_test

// A fragment means what its steps would mean if they were written out in each procedure.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "io/read.hpp"
#include "spec/bind.hpp"

namespace portflow::spec {
namespace {

constexpr const char* port = R"(portflow: 1
name: fragments
horizon: {{from: 2024-01-01, to: 2024-02-01}}
confidence: assumption
facilities:
  desk: {{kind: station, resources: {{officer: {{servers: 2}}, slot: {{servers: 50}}}}}}
  lab: {{kind: station, process: desk, resources: {{bench: {{servers: 1}}}}}}
demand:
  lots: {{creates: lot, arrivals: {{every: 2 h}}, procedure: clear, attributes: {{risky: {{chance: 30 %}}, kind: {{choice: {{a: 1, b: 1}}}}}}}}
{}
)";

Scenario bound(const std::string& sections) {
  auto loaded = io::parse(fmt::format(port, sections), "FILE");
  if (!loaded) {
    for (const Error& error : loaded.error().errors) ADD_FAILURE() << error.text();
    return {};
  }
  auto scenario = bind(*loaded);
  if (!scenario) {
    for (const Error& error : scenario.error().errors) ADD_FAILURE() << error.text();
    return {};
  }
  return std::move(*scenario);
}

TEST(Fragments, AreWrittenOut) {
  const Scenario shared = bound(R"(
fragments:
  test:
    steps:
      sample: {takes: 10 min}
      analyse: {at: lab, after: sample, needs: bench, takes: 2 h}
  review:
    steps:
      look: {needs: officer, takes: 1 h, holds: {slot: until start of decide}, patience: 3 h, renege: decide}
      select: {after: look, when: {chance: 20 %, if: kind == a}, choose: {by: kind, a: test, b: jot}}
      test: {after: select, runs: test, marks: tested}
      jot: {after: select, when: kind == b, takes: 1 min}
      decide: {after: {any: [test, jot, look]}, takes: 5 min}
procedures:
  clear:
    for: lot
    steps:
      come: {at: desk, takes: 30 min}
      review: {after: come, when: risky, at: desk, runs: review, marks: reviewed}
      go: {at: desk, after: review}
)");
  const Scenario written = bound(R"(
procedures:
  clear:
    for: lot
    steps:
      come: {at: desk, takes: 30 min}
      review-look: {at: desk, after: come, when: risky, needs: officer, takes: 1 h,
                    holds: {slot: until start of review-decide}, patience: 3 h, renege: review-decide}
      review-select: {at: desk, after: review-look, when: {chance: 20 %, if: (risky) and (kind == a)},
                      choose: {by: kind, a: review-test-sample, b: review-jot}}
      review-test-sample: {at: desk, after: review-select, when: risky, takes: 10 min}
      review-test-analyse: {at: lab, after: review-test-sample, when: risky, needs: bench, takes: 2 h}
      review-test: {after: [review-test-analyse], when: risky, marks: tested}
      review-jot: {at: desk, after: review-select, when: (risky) and (kind == b), takes: 1 min}
      review-decide: {at: desk, after: {any: [review-test, review-jot, review-look]}, when: risky, takes: 5 min}
      review: {after: [review-decide], when: risky, marks: reviewed}
      go: {at: desk, after: review}
)");
  const auto& some = shared.procedures.at("clear").steps;
  const auto& other = written.procedures.at("clear").steps;
  ASSERT_EQ(some.size(), other.size());
  for (std::size_t i = 0; i < some.size(); ++i) {
    EXPECT_EQ(some[i].name, other[i].name);
    EXPECT_TRUE(some[i] == other[i]) << some[i].name;
  }
}

TEST(Fragments, DefaultsCanBeSelectedAndTheTreeCanBeReadAgain) {
  auto loaded = io::parse(fmt::format(port, R"(
fragments: {review: {steps: {look: {needs: officer, takes: 1 h}}}}
procedures: {clear: {for: lot, steps: {all: {at: desk, runs: review}}}}
)"),
                          "FILE");
  ASSERT_TRUE(loaded);
  const auto first = bind(*loaded);
  ASSERT_TRUE(first);
  const Node* look = loaded->find("fragments")->find("review")->find("steps")->find("look");
  ASSERT_NE(look->find("priority"), nullptr) << "a default that a measure may edit";
  const auto second = bind(*loaded);
  ASSERT_TRUE(second);
  EXPECT_TRUE(first->procedures.at("clear") == second->procedures.at("clear"));
}

}  // namespace
}  // namespace portflow::spec

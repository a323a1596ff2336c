// A fragment is edited once, for every procedure that runs it, adopted variants too.
#include "policy/port.hpp"

namespace portflow::policy_test {
namespace {

constexpr const char* shared = R"(portflow: 1
name: shared
horizon: {from: 2024-01-01, to: 2024-02-01}
confidence: assumption
facilities: {desk: {kind: station, resources: {officer: {servers: 2}}}}
demand:
  lots: {creates: lot, arrivals: {every: 2 h}, procedure: clear, attributes: {}}
  papers: {creates: paper, arrivals: {every: 5 h}, procedure: file, attributes: {}}
fragments:
  review: {steps: {look: {needs: officer, takes: 1 h}, decide: {after: look, takes: 5 min}}}
procedures:
  clear: {for: lot, steps: {review: {at: desk, runs: review}, go: {at: desk, after: review, takes: 1 h}}}
  file: {for: paper, steps: {check: {at: desk, runs: review}}}
)";

constexpr double minutes = 60e3;

TEST(Fragments, AreEditedOnceForAll) {
  const auto result =
      compiled({effect("a", "fragments.review.steps.look.takes, was: 1 h, set: 30 min"),
                effect("b", "fragments.review.steps.look.priority, add: 3")},
               shared);
  const auto& scenario = first(result);
  const auto& lot = *scenario.procedures.at("clear").find("review-look");
  const auto& paper = *scenario.procedures.at("file").find("check-look");
  EXPECT_EQ(lot.takes->distribution.mean(), 30 * minutes);
  EXPECT_EQ(paper.takes->distribution.mean(), 30 * minutes);
  EXPECT_EQ(paper.priority.value, 3);
}

TEST(Fragments, HoldForAdoptersToo) {
  const auto result = compiled({measure("a", R"(adoption: {by: lot, share: 50 %}
effects:
  - {edit: procedures.clear.steps.go.takes, set: 2 h}
)"),
                                effect("b", "fragments.review.steps.look.takes, set: 30 min")},
                               shared);
  const auto& variants = result.epochs.at(0).alternatives.at("clear").by_adopters;
  ASSERT_EQ(variants.size(), 2u);
  for (const auto& variant : variants) {
    EXPECT_EQ(variant.find("review-look")->takes->distribution.mean(), 30 * minutes);
  }
  EXPECT_EQ(variants[1].find("go")->takes->distribution.mean(), 120 * minutes);
}

TEST(Fragments, CannotBeAdopted) {
  EXPECT_EQ(refusal({measure("a", R"(adoption: {by: lot, share: 50 %}
effects:
  - {edit: fragments.review.steps.look.takes, set: 2 h}
)")},
                    shared),
            "a.yaml:4:5: fragments.review.steps.look.takes: `a` is adopted by some only, so it can "
            "edit `procedures` alone\n");
}

}  // namespace
}  // namespace portflow::policy_test

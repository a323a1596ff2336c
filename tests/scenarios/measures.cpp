// Each measure of Dalian does what its file expects and leaves alone what it says is unchanged.
// Both arms share their draws, so the directions hold entity by entity and need no many runs.
#include "run/measures.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>

#include <set>

#include "io/read.hpp"
#include "policy/compile.hpp"
#include "scenarios/small_runs.hpp"

namespace portflow::scenario_test {
namespace {

using Figures = std::vector<kpi::Figure>;

/// Where measures are tried, and over what time: shorter than the scenarios ask for themselves.
struct Stage {
  const char* scenario;
  const char* horizon;
};

/// June 2025, when the first three act in full, first without and then with the whole port;
/// offices, laboratories and documents alone; a year for what is rare.
constexpr Stage demo{"dalian/demo.yaml",
                     "{from: 2025-06-02, to: 2025-06-11, warm_up: 4 d, follow: 9 d, "
                     "confidence: assumption}"};
constexpr Stage offices{"dalian/authority_demo.yaml",
                        "{from: 2026-01-01, to: 2026-04-01, warm_up: 30 d, follow: 50 d, "
                        "confidence: assumption}"};
constexpr Stage stages[] = {demo,
                            offices,
                            // followed until the last lot that waits for a laboratory is released
                            {"dalian/whole_demo.yaml",
                             "{from: 2025-06-02, to: 2025-06-10, warm_up: 5 d, follow: 26 d, "
                             "confidence: assumption}"},
                            {"dalian/rare_year.yaml",
                             "{from: 2024-12-18, to: 2026-01-01, warm_up: 14 d, follow: 28 d, "
                             "confidence: assumption}"},
                            {"dalian/authority_demo.yaml",
                             "{from: 2026-01-01, to: 2026-03-01, warm_up: 10 d, follow: 420 d, "
                             "confidence: assumption}"},
                            {"dalian/authority_demo.yaml",
                             "{from: 2024-06-10, to: 2024-06-30, warm_up: 7 d, follow: 10 d, "
                             "confidence: assumption}"}};

Figures on(const Stage& stage, const std::vector<std::string>& measures) {
  return figures(stage.scenario, stage.horizon, measures);
}

/// Whether the port of this stage has what the measure edits.
bool can_edit(const policy::Measure& measure, const Stage& stage) {
  auto port = io::load(scenarios() + stage.scenario);
  return port && policy::compile(port->root, {measure}).has_value();
}

/// Whether `after` is on the side of `before` that `direction` names, or where it was.
bool agrees(const std::string& direction, double before, double after) {
  const bool down = direction == "down" || direction == "not_up";
  return down ? after <= before : after >= before;
}

/// Checks every direction that is yet unseen and that this stage has figures for, and crosses out
/// of `unseen` what moved, or what should not move one way and is there.
void expect_effects(const policy::Measure& measure, const Figures& base, const Figures& policy,
                    std::set<std::string>& unseen) {
  for (const auto& [name, direction] : measure.expect) {
    if (!unseen.contains(name)) continue;  // an earlier stage has more of what it counts
    SCOPED_TRACE(measure.id + ": " + name + " " + direction);
    const kpi::Figure* found = kpi::find(base, name);
    if (found == nullptr) continue;  // the core alone has no such KPI
    const auto before = found->value;
    const auto after = figure(policy, name).value;
    if (!before || !after) continue;  // nobody comes whom it concerns
    EXPECT_TRUE(agrees(direction, *before, *after)) << *before << " becomes " << *after;
    const bool there = direction.starts_with("not_") && *before != 0;
    if (there || *before != *after) unseen.erase(name);
  }
}

std::set<std::string> names_of(const std::map<std::string, std::string>& expect) {
  std::set<std::string> names;
  for (const auto& [name, direction] : expect) names.insert(name);
  return names;
}

std::vector<policy::Measure> measures_of_dalian() {
  auto measures = run::all_measures(scenarios() + "measures");
  if (!measures) throw std::runtime_error(measures.error().errors.front().text());
  return *measures;
}

std::vector<std::string> ids_of_dalian() {
  std::vector<std::string> ids;
  for (const policy::Measure& measure : measures_of_dalian()) ids.push_back(measure.id);
  return ids;
}

class Measures : public testing::TestWithParam<std::string> {};

// What is unchanged must be so on every stage up to the last that is needed for all that should
// move.
TEST_P(Measures, ActAsTheirFileExpects) {
  const auto found = run::load_measures(scenarios() + demo.scenario, {GetParam()});
  ASSERT_TRUE(found);
  const policy::Measure& measure = found->front();
  EXPECT_FALSE(measure.expect.empty());
  EXPECT_FALSE(measure.unchanged.empty());
  std::set<std::string> unseen = names_of(measure.expect);
  for (const Stage& stage : stages) {
    if (!can_edit(measure, stage)) continue;
    SCOPED_TRACE(stage.scenario);
    const Figures base = on(stage, {});
    const Figures policy = on(stage, {measure.id});
    for (const std::string& name : measure.unchanged) {
      EXPECT_EQ(figure(policy, name), figure(base, name)) << name;
    }
    expect_effects(measure, base, policy, unseen);
    if (unseen.empty()) return;
  }
  FAIL() << "nowhere seen: " << fmt::format("{}", fmt::join(unseen, ", "));
}

// All of them begin on 1 June 2024; a run across that day has a time in which nobody adopts yet.
TEST_P(Measures, ChangeNothingBeforeTheirDate) {
  const Stage may{"dalian/whole_demo.yaml",
                  "{from: 2024-05-27, to: 2024-05-29, warm_up: 1 d, follow: 12 h, "
                  "confidence: assumption}"};
  const Stage across{"dalian/whole_demo.yaml",
                     "{from: 2024-05-31, to: 2024-06-02, warm_up: 12 h, follow: 12 h, "
                     "confidence: assumption}"};
  EXPECT_EQ(on(may, {GetParam()}), on(may, {}));
  EXPECT_NO_THROW(on(across, {GetParam()}));
}

INSTANTIATE_TEST_SUITE_P(Dalian, Measures, testing::ValuesIn(ids_of_dalian()),
                         [](const auto& one) { return one.param; });

TEST(Package, FirstThreeActTogether) {
  const auto names = run::read_package(scenarios() + "packages/first_three.yaml");
  ASSERT_TRUE(names.has_value());
  EXPECT_EQ(*names, (std::vector<std::string>{"m03", "m04", "m07.a"}));
  const Figures base = on(demo, {});
  const Figures policy = on(demo, *names);
  const auto measures = run::load_measures(scenarios() + demo.scenario, {"m03", "m04"});
  ASSERT_TRUE(measures);
  for (const policy::Measure& measure : *measures) {
    std::set<std::string> unseen = names_of(measure.expect);
    expect_effects(measure, base, policy, unseen);
    unseen.erase("violations_missed.aeo");  // the core keeps no such account
    EXPECT_THAT(unseen, testing::IsEmpty());
  }
  EXPECT_LT(figure(policy, "longest_border_wait").value, figure(base, "longest_border_wait").value);
}

TEST(Package, AllThirtyFiveActTogether) {
  const auto names = run::read_package(scenarios() + "packages/written.yaml");
  ASSERT_TRUE(names.has_value());
  EXPECT_EQ(*names, ids_of_dalian());
  const Figures base = on(offices, {});
  const Figures policy = on(offices, *names);
  for (const char* kpi : {"food_permit_time", "lab_time", "reefer_dwell", "book_close_time",
                          "entry_time", "misdeclared_missed", "errors_undetected"}) {
    EXPECT_LT(figure(policy, kpi).value, figure(base, kpi).value) << kpi;
  }
}

/// What `measures` save of the mean of a KPI.
double saved(const char* kpi, const std::vector<std::string>& measures) {
  return figure(on(offices, {}), kpi).value.value() -
         figure(on(offices, measures), kpi).value.value();
}

TEST(Interactions, SmartPortAloneConnectsAndGivesNothing) {
  EXPECT_EQ(saved("reefer_dwell", {"m21"}), 0);
  const double alone = saved("reefer_dwell", {"m23"});
  EXPECT_GT(alone, 0);
  EXPECT_GT(saved("reefer_dwell", {"m21", "m23"}), 5 * alone);
}

TEST(Interactions, LaboratoriesAndReportsDoNotAddUp) {
  const double both = saved("lab_time", {"m05", "m30"});
  EXPECT_GT(both, saved("lab_time", {"m05"}));
  EXPECT_LT(both, saved("lab_time", {"m05"}) + saved("lab_time", {"m30"}));
}

TEST(DepartureConfirmation, SavesItsUsersAboutTenHours) {
  const double before = figure(on(demo, {}), "transit_hold").value.value();
  const double after = figure(on(demo, {"m04"}), "transit_hold").value.value();
  const double saved = (before - after) / 0.3;  // 30 % of the lots use it
  EXPECT_GT(saved, 8);
  EXPECT_LT(saved, 14);
}

}  // namespace
}  // namespace portflow::scenario_test

// Each measure of Dalian does what its file expects and leaves alone what it says is unchanged.
#include "run/measures.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>

#include "analysis/demonstration.hpp"
#include "analysis/replicate.hpp"
#include "core/fingerprint.hpp"
#include "run/inspect.hpp"
#include "run/run.hpp"
#include "scenarios/small_runs.hpp"

namespace portflow::scenario_test {
namespace {

using Figures = std::vector<kpi::Figure>;

/// A scenario over a time of the test's own.
struct Stage {
  const char* scenario;
  const char* horizon;
};

/// June 2025, when the first three act in full; offices, laboratories and documents alone.
constexpr Stage demo{"dalian/demo.yaml",
                     "{from: 2025-06-02, to: 2025-06-11, warm_up: 4 d, follow: 9 d, "
                     "confidence: assumption}"};
constexpr Stage offices{"dalian/authority_demo.yaml",
                        "{from: 2026-01-01, to: 2026-04-01, warm_up: 30 d, follow: 50 d, "
                        "confidence: assumption}"};

Figures on(const Stage& stage, const std::vector<std::string>& measures) {
  return figures(stage.scenario, stage.horizon, measures);
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

/// Four days of the whole port in which the measure acts, or most of its parts, for what the
/// scenario that shows it does not have: there `kpis` are the same in every entity.
/// \returns how many of them somebody was there for
std::size_t expect_same_in_the_whole_port(const policy::Measure& measure,
                                          const std::vector<std::string>& kpis) {
  if (kpis.empty()) return 0;
  const std::string& id = measure.id;
  SimTime first = midnight({2025, 6, 2});
  const auto acts = [&](const policy::Part& part) {
    return part.starts.value() <= first && (!part.ends || *part.ends > first);
  };
  if (std::ranges::none_of(measure.parts, acts)) first = measure.parts.front().starts.value();
  EXPECT_TRUE(std::ranges::any_of(measure.parts, acts)) << id << " acts on no day of these";
  const auto day = [&](int days) {
    return to_text(first + days * Duration{std::chrono::hours{24}}).substr(0, 10);
  };
  const std::string horizon =
      fmt::format("horizon={{from: {}, to: {}, warm_up: 2 d, follow: 4 d, confidence: assumption}}",
                  day(0), day(4));
  const auto run = [&](const std::vector<std::string>& measures) {
    run::Request request;
    request.scenario = scenarios() + "dalian/whole_demo.yaml";
    request.measures = measures;
    request.settings.emplace_back(horizon);
    const auto prepared = run::prepare(request);
    if (!prepared) throw std::runtime_error(prepared.error().errors.front().text());
    analysis::RunOne how;
    how.keep = kpi::Keep::entities_and_curves;
    auto one = analysis::run_one(**prepared, how);
    if (!one) throw std::runtime_error(one.error().errors.front().text());
    return std::move(one->results.figures);
  };
  const Figures base = run({});
  const Figures policy = run({id});
  std::size_t found = 0;
  for (const std::string& kpi : kpis) {
    EXPECT_EQ(figure(policy, kpi), figure(base, kpi)) << kpi << " in the whole port";
    if (figure(base, kpi).value) ++found;
  }
  return found;
}

// Alone, in as many pairs as its file asks for: every direction by its 95 % interval (maxima by
// their signs), and every entity of the KPIs that it shall leave alone.
TEST_P(Measures, ArePartsAndKpisOfWhereTheyAreShown) {
  const auto found = run::load_measures(scenarios() + demo.scenario, {GetParam()});
  ASSERT_TRUE(found);
  const auto seen = run::inspect(found->front().file);
  EXPECT_TRUE(seen) << seen.error().errors.front().text();
}

TEST_P(Measures, ActAsTheirFileExpects) {
  const auto found = run::load_measures(scenarios() + demo.scenario, {GetParam()});
  ASSERT_TRUE(found);
  const policy::Measure& measure = found->front();
  EXPECT_FALSE(measure.expect.empty());
  EXPECT_FALSE(measure.unchanged.empty());
  const analysis::Baselines baselines;
  const auto shown = analysis::demonstrate(measure, baselines, 1, {});
  ASSERT_TRUE(shown) << shown.error().errors.front().text();
  EXPECT_EQ(shown->effects.size(), measure.expect.size());
  for (const analysis::Effect& effect : shown->effects) {
    const std::string said =
        fmt::format("{} {} on {}: {} to {}", effect.kpi, effect.promise, effect.scenario,
                    effect.ci95 ? effect.ci95->low : 0, effect.ci95 ? effect.ci95->high : 0);
    // That something does not rise is refuted by an interval above zero, and proven by none.
    if (effect.promise.starts_with("not_")) {
      EXPECT_THAT(effect.outcome, testing::AnyOf(analysis::Outcome::kept, analysis::Outcome::open))
          << said;
    } else {
      EXPECT_EQ(effect.outcome, analysis::Outcome::kept) << said;
    }
  }
  EXPECT_EQ(shown->untouched.size(), measure.unchanged.size());
  std::vector<std::string> elsewhere;
  for (const analysis::Untouched& kpi : shown->untouched) {
    EXPECT_EQ(kpi.different, 0u) << kpi.kpi << " of " << kpi.entities;
    if (!kpi.measured) elsewhere.push_back(kpi.kpi);
  }
  const std::size_t found_there = expect_same_in_the_whole_port(measure, elsewhere);
  EXPECT_GT(2 * (shown->untouched.size() - elsewhere.size() + found_there), shown->untouched.size())
      << "most of what it leaves alone is nowhere to be seen";
}

std::string fingerprint(const Stage& stage, const std::vector<std::string>& measures) {
  run::Request request;
  request.scenario = scenarios() + stage.scenario;
  request.measures = measures;
  request.settings.emplace_back("horizon=").append(stage.horizon);
  const auto prepared = run::prepare(request);
  if (!prepared) throw std::runtime_error(prepared.error().errors.front().text());
  const auto outcome = run::simulate(**prepared, {}, {});
  if (!outcome) throw std::runtime_error(outcome.error().errors.front().text());
  return to_hex(outcome->fingerprint);
}

// None begins before 1 June 2024; a run across that day has a time in which nobody adopts yet.
TEST_P(Measures, ChangeNoByteBeforeTheirDate) {
  const Stage may{"dalian/whole_demo.yaml",
                  "{from: 2024-05-27, to: 2024-05-29, warm_up: 1 d, follow: 12 h, "
                  "confidence: assumption}"};
  const Stage across{"dalian/whole_demo.yaml",
                     "{from: 2024-05-31, to: 2024-06-02, warm_up: 12 h, follow: 12 h, "
                     "confidence: assumption}"};
  EXPECT_EQ(fingerprint(may, {GetParam()}), fingerprint(may, {}));
  EXPECT_NO_THROW(fingerprint(across, {GetParam()}));
}

INSTANTIATE_TEST_SUITE_P(Dalian, Measures, testing::ValuesIn(ids_of_dalian()),
                         [](const auto& one) { return one.param; });

TEST(Package, FirstThreeActTogether) {
  const auto names = run::read_package(scenarios() + "packages/first_three.yaml");
  ASSERT_TRUE(names.has_value());
  EXPECT_EQ(*names, (std::vector<std::string>{"m03", "m04", "m07.a"}));
  const Figures base = on(demo, {});
  const Figures policy = on(demo, *names);
  for (const char* kpi : {"sampling_rate.aeo", "transit_hold"}) {
    EXPECT_LT(figure(policy, kpi).value, figure(base, kpi).value) << kpi;
  }
  EXPECT_LT(figure(policy, "longest_border_wait").value, figure(base, "longest_border_wait").value);
}

TEST(Package, AllThirtyFiveActTogether) {
  const auto names = run::read_package(scenarios() + "packages/dalian-2024.yaml");
  ASSERT_TRUE(names.has_value());
  EXPECT_THAT(ids_of_dalian(), testing::IsSupersetOf(*names));
  const Figures base = on(offices, {});
  const Figures policy = on(offices, *names);
  for (const char* kpi : {"food_permit_time", "lab_time", "reefer_dwell", "book_close_time",
                          "entry_time", "misdeclared_missed", "errors_undetected"}) {
    EXPECT_LT(figure(policy, kpi).value, figure(base, kpi).value) << kpi;
  }
}

TEST(Package, AllThirtyFiveGiveTheSameBytesInAnyOrder) {
  std::vector<std::string> names = ids_of_dalian();
  const Stage june{"dalian/2024.yaml",
                   "{from: 2024-05-31, to: 2024-06-02, warm_up: 12 h, follow: 12 h, "
                   "confidence: assumption}"};
  const std::string forward = fingerprint(june, names);
  std::ranges::reverse(names);
  EXPECT_EQ(fingerprint(june, names), forward);
  EXPECT_NE(fingerprint(june, {}), forward);
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

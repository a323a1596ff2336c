// The page of one arm: against its own targets, with parts that add up, the same from a trace as
// from the run.
#include "analysis/portrait.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "analysis/portrait_sections.hpp"
#include "analysis/report.hpp"
#include "analysis/time_branches.hpp"
#include "analysis/well_formed.hpp"

namespace portflow::analysis {
namespace {

using testing::HasSubstr;
using testing::Not;

std::shared_ptr<const run::Prepared> port() {
  run::Request request;
  request.scenario = PORTFLOW_SOURCE_DIR "/tests/analysis/report_port.yaml";
  auto prepared = run::prepare(request);
  EXPECT_TRUE(prepared) << prepared.error().errors.front().text();
  return std::move(*prepared);
}

Portrait made_of(std::uint32_t replications, const std::string& trace = {}) {
  const auto prepared = port();
  RunMany options;
  options.replications = replications;
  options.insight = true;
  if (!trace.empty()) options.trace = TraceFile{trace, trace::Detail::full, true, {}};
  auto experiment = run_experiment(*prepared, options);
  EXPECT_TRUE(experiment);
  return portrait_of(*prepared, std::move(*experiment));
}

Estimate judged(kpi::Better better, double target, std::vector<double> values,
                const std::string& statistic = "mean", const std::string& kind = "span") {
  std::vector<std::vector<kpi::Figure>> runs;
  for (const double value : values) {
    kpi::Figure figure;
    figure.name = "wait";
    figure.kind = kind;
    figure.statistic = statistic;
    figure.unit = kind == "share" ? "%" : "min";
    figure.better = better;
    figure.target = target;
    figure.title = {"候检时间", "Wait"};
    figure.value = value;
    figure.count = 1000;
    runs.push_back({figure});
  }
  return estimate(runs).front();
}

TEST(Aim, IsMetOrMissedByTheWholeInterval) {
  using enum kpi::Better;
  EXPECT_EQ(aim_of(judged(lower, 30, {20, 21, 22})), Aim::met);
  EXPECT_EQ(aim_of(judged(lower, 30, {40, 41, 42})), Aim::missed);
  EXPECT_EQ(aim_of(judged(lower, 30, {29, 30, 32})), Aim::open);
  EXPECT_EQ(aim_of(judged(higher, 30, {40, 41, 42})), Aim::met);
  EXPECT_EQ(aim_of(judged(higher, 30, {20, 21, 22})), Aim::missed);
  EXPECT_EQ(aim_of(judged(lower, 30, {30})), Aim::met) << "one run: by its value";
  EXPECT_EQ(aim_of(judged(neither, 30, {20, 21})), Aim::none);
}

TEST(Aim, OfAMaximumHoldsInEveryReplicationOrNotAtAll) {
  using enum kpi::Better;
  EXPECT_EQ(aim_of(judged(lower, 30, {20, 29}, "max")), Aim::met);
  EXPECT_EQ(aim_of(judged(lower, 30, {20, 31}, "max")), Aim::missed);
}

TEST(Aim, OfAPromiseThatNobodySawBrokenIsMet) {
  EXPECT_EQ(aim_of(judged(kpi::Better::lower, 0, {0, 0}, "share", "share")), Aim::met);
  EXPECT_EQ(aim_of(judged(kpi::Better::lower, 0, {0.1, 0.11, 0.1}, "share", "share")), Aim::missed);
}

TEST(Aim, OfATimeIsNotMetWhileManyAreUnfinished) {
  Estimate one = judged(kpi::Better::lower, 30, {20, 21, 22});
  one.unfinished = 30;
  EXPECT_EQ(aim_of(one), Aim::met) << "1 % of 3,000";
  one.unfinished = 31;
  EXPECT_EQ(aim_of(one), Aim::open);
}

TEST(Portrait, SaysThatASingleRunHasNoIntervals) {
  const std::string page = report(made_of(1), Language::en);
  EXPECT_THAT(page, HasSubstr("a single run: no figure has an interval"));
  EXPECT_THAT(page, HasSubstr("In this one run 0 of 1 targets are met and 1 missed"));
  EXPECT_THAT(page, Not(HasSubstr("95 % interval")));
  EXPECT_THAT(report(made_of(4), Language::en), HasSubstr("95 % interval"));
}

TEST(Portrait, IsWellFormedAndComparesWithNobody) {
  const Portrait portrait = made_of(2);
  for (const Language language : {Language::en, Language::zh}) {
    EXPECT_EQ(analysis_test::fault_in(report(portrait, language)), "");
  }
  const std::string en = report_in(portrait, Language::en);
  for (const char* word : {">B<", "gains", "paired", "\u25bc"})
    EXPECT_THAT(en, Not(HasSubstr(word)));
}

TEST(Portrait, PartsAddUpToTheirWhole) {
  const Portrait portrait = made_of(3);
  const Arms arms = arms_of(portrait);
  std::size_t trees = 0;
  for (const Estimate* one : indicators_of(portrait)) {
    const auto branches = branches_of(arms, one->heading, Tongue{Language::en});
    if (branches.empty()) continue;
    ++trees;
    const Column shown = column(branches, 2, [](const Part& part) { return part.mean(false); });
    double sum = 0, exact = 0;
    for (std::size_t i = 0; i < branches.size(); ++i) {
      sum += shown.steps[i];
      exact += branches[i].step.mean(false);
      double causes = 0;
      for (const double cause : shown.causes[i]) causes += cause;
      if (!shown.causes[i].empty()) {
        EXPECT_NEAR(causes, shown.steps[i], 1e-9);
      }
    }
    EXPECT_NEAR(sum, shown.whole, 1e-9) << one->heading.name;
    const auto whole = whole_of(arms, one->heading).base;
    double mean = 0;
    for (const auto& value : whole) mean += *value / static_cast<double>(whole.size());
    EXPECT_NEAR(exact, mean, 1e-9) << one->heading.name;
  }
  EXPECT_GE(trees, 2u);
}

TEST(Portrait, TellsWhyTheLongestTookAsLongAsTheyDid) {
  const auto longest = longest_of(made_of(2));
  ASSERT_EQ(longest.size(), 10u);
  for (std::size_t i = 0; i < longest.size(); ++i) {
    EXPECT_GE(longest[i > 0 ? i - 1 : 0].total, longest[i].total);
    EXPECT_THAT(longest[i].name, Not(testing::IsEmpty()));
    Duration sum{};
    for (const TimePart& part : longest[i].places) sum += Duration{part.ms};
    EXPECT_EQ(sum, longest[i].total) << longest[i].name;
  }
}

TEST(Portrait, FromATraceIsThatOfTheRun) {
  const std::string path = PORTFLOW_BINARY_DIR "/portrait.h5";
  const Portrait live = made_of(1, path);
  const auto arms = open_arms({path});
  ASSERT_TRUE(arms);
  ASSERT_EQ(arms->size(), 1u);
  const auto read = portrait_of(arms->front());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->arm.fingerprint, live.arm.fingerprint);
  EXPECT_EQ(longest_of(*read), longest_of(live));
  ASSERT_TRUE(has_anatomies(*read));
  EXPECT_EQ(*read->arm.insights.front().anatomy, *live.arm.insights.front().anatomy);
  const Tongue zh{Language::zh};
  for (const auto section : {verdict_section, table_section, spread_section, tree_section,
                             promise_section, release_section, longest_section}) {
    EXPECT_EQ(section(*read, zh), section(live, zh));
  }
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace portflow::analysis

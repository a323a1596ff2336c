// The programme of Dalian taken apart and screened: what never acts gets nothing, and shares sum
// up.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>

#include "analysis/study/ablation.hpp"
#include "analysis/study/sweep.hpp"
#include "run/measures.hpp"

namespace portflow::study {
namespace {

namespace fs = std::filesystem;

/// June 2024: bills are followed, methanol is not yet bunkered.
run::Request june() {
  run::Request request;
  request.scenario = PORTFLOW_SOURCE_DIR "/scenarios/shown/june_2024.yaml";
  request.until = "12 d";
  return request;
}

double estimate_of(const std::vector<Finding>& all, const std::string& what,
                   const std::string& subject) {
  for (const Finding& one : all) {
    if (one.what == what && one.subject == subject) return one.estimate;
  }
  ADD_FAILURE() << what << " of " << subject << " was not found";
  return 0;
}

TEST(RealPackage, GivesNothingToWhatDoesNotActYet) {
  // m17 begins in July 2025; m27 and m29 act on the same bills.
  const std::vector<std::string> members{"m17", "m27", "m29"};
  const auto ablation = take_apart(june(), members, 10);
  ASSERT_TRUE(ablation) << ablation.error().errors.front().text();
  const fs::path folder = fs::temp_directory_path() / ("portflow-real-" + std::to_string(getpid()));
  CampaignOptions options;
  options.replications = 2;
  const auto campaign = conduct(ablation->arms, *store::RunStore::open(folder.string()), options);
  fs::remove_all(folder);
  ASSERT_TRUE(campaign);
  for (const char* kpi : {"off_list_charges", "handling_charges", "price_search_time"}) {
    const auto findings = account(*ablation, *campaign, {kpi});
    ASSERT_FALSE(findings.empty()) << kpi;
    double sum = 0;
    for (const std::string& member : members) sum += estimate_of(findings, "share", member);
    const double total = estimate_of(findings, "total", "all together");
    EXPECT_NEAR(sum, total, 1e-9 * std::abs(total)) << kpi;
    EXPECT_LT(total, 0) << kpi;
    for (const char* what : {"alone", "left_out", "share"}) {
      EXPECT_EQ(estimate_of(findings, what, "m17"), 0) << kpi << " " << what;
    }
  }
}

TEST(RealPackage, IsTheWholeProgrammeByNumber) {
  const auto listed = run::read_package(PORTFLOW_SOURCE_DIR "/scenarios/packages/dalian-2024.yaml");
  ASSERT_TRUE(listed);
  const auto all = run::all_measures(PORTFLOW_SOURCE_DIR "/scenarios/measures");
  ASSERT_TRUE(all);
  std::vector<std::string> programme;
  for (const policy::Measure& measure : *all) {
    if (measure.number >= 1 && measure.number <= 35) programme.push_back(measure.id);
  }
  EXPECT_EQ(programme.size(), 35u);
  EXPECT_EQ(*listed, programme);
}

TEST(RealScreening, TakesThirtySixPointsAndTwiceThatFolded) {
  const auto programme =
      run::read_package(PORTFLOW_SOURCE_DIR "/scenarios/packages/dalian-2024.yaml");
  ASSERT_TRUE(programme);
  for (const bool folded : {false, true}) {
    const auto screening = screen(june(), *programme, folded, 5);
    ASSERT_TRUE(screening) << screening.error().errors.front().text();
    EXPECT_EQ(screening->study.factors.size(), 35u);
    EXPECT_TRUE(screening->left_out.empty());
    EXPECT_EQ(points_of(screening->study).size(), folded ? 72u : 36u);
  }
}

}  // namespace
}  // namespace portflow::study

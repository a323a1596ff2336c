// Studies and packages on one berth: analyses, reuse, failures that stay visible.
#include "analysis/study/campaign.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "analysis/study/ablation.hpp"
#include "analysis/study/effective.hpp"
#include "analysis/study/response.hpp"
#include "analysis/study/sweep.hpp"
#include "run/measures.hpp"

namespace portflow::study {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string folder = PORTFLOW_SOURCE_DIR "/tests/study/";

class Campaigns : public testing::Test {
 protected:
  Campaigns()
      : folder_(fs::temp_directory_path() /
                ("portflow-study-" + std::to_string(getpid()) + "-" +
                 testing::UnitTest::GetInstance()->current_test_info()->name())) {}
  ~Campaigns() override { fs::remove_all(folder_); }

  store::RunStore store() { return *store::RunStore::open((folder_ / "store").string()); }

  Campaign run(const std::vector<Arm>& arms, std::uint32_t replications) {
    CampaignOptions options;
    options.replications = replications;
    options.threads = 2;
    auto campaign = conduct(arms, store(), options);
    EXPECT_TRUE(campaign);
    return std::move(*campaign);
  }

  fs::path folder_;
};

run::Request berth() {
  run::Request request;
  request.scenario = folder + "berth.yaml";
  request.seed = 3;
  return request;
}

const Finding* find(const std::vector<Finding>& all, const std::string& what,
                    const std::string& subject) {
  for (const Finding& one : all) {
    if (one.kpi == "time_in_port" && one.what == what && one.subject == subject) return &one;
  }
  ADD_FAILURE() << what << " of " << subject << " was not found";
  return nullptr;
}

/// A port that fills for a tenth of the run, and goes on three times as slowly.
TEST(Forecast, GoesByTheLaterHalfOfWhatWasSeen) {
  std::vector<std::pair<double, double>> seen{{0, 0}};
  const auto see_until = [&](double share) {
    while (seen.back().first < share) {
      const auto [done, spent] = seen.back();
      seen.emplace_back(done + 0.01, spent + (done < 0.0999 ? 0.1 : 0.3));
    }
    return forecast(seen);
  };
  EXPECT_NEAR(see_until(0.05), 10, 1e-9);  // nobody can know
  EXPECT_NEAR(see_until(0.20), 28, 1e-9);
  EXPECT_NEAR(see_until(0.50), 28, 1e-9);
  EXPECT_NEAR(forecast(std::vector<std::pair<double, double>>{{0, 0}, {1, 7}}), 7, 1e-9);
}

TEST_F(Campaigns, AFullDesignFindsWhatEachFactorDoes) {
  auto study = *read_study(folder + "study.yaml");
  const auto points = points_of(study);
  const auto arms = *arms_of(study, points);
  const Campaign campaign = run(arms, 3);
  EXPECT_EQ(campaign.inventory.to_run, 48u);
  EXPECT_FALSE(campaign.stopped);
  const auto findings = analyse(study, points, campaign, {"time_in_port"});
  EXPECT_EQ(findings.size(), 4u + 6u);
  const Finding* berths = find(findings, "effect", "berths");
  EXPECT_LT(berths->estimate, 0);
  EXPECT_TRUE(berths->ci95);
  const Finding* order = find(findings, "effect", "order");
  EXPECT_EQ(order->estimate, 0) << "nobody has a priority here";
  EXPECT_GT(find(findings, "interaction", "quicker x berths")->estimate, 0);

  const Campaign again = run(arms, 4);
  EXPECT_EQ(again.inventory.found.reused, 48u);
  EXPECT_EQ(again.inventory.to_run, 16u);
}

TEST_F(Campaigns, MayBeStoppedWhileTheirSetsAreCompiled) {
  auto study = *read_study(folder + "study.yaml");
  const auto arms = *arms_of(study, points_of(study));
  CampaignOptions options;
  options.progress = [](double) { return true; };
  options.begin = [](const Campaign&) -> bool { throw std::logic_error("nothing was looked at"); };
  const auto campaign = conduct(arms, store(), options);
  ASSERT_FALSE(campaign);
  EXPECT_EQ(campaign.error().kind, Failure::limit);
  EXPECT_EQ(campaign.error().errors.front().message, "interrupted while the sets were compiled");
}

TEST_F(Campaigns, TablesDoNotDependOnWhoRanWhat) {
  auto study = *read_study(folder + "study.yaml");
  const auto points = points_of(study);
  const auto arms = *arms_of(study, points);
  const auto tables = [&](const Campaign& campaign, const std::string& name) {
    fs::create_directories(folder_ / name);
    EXPECT_TRUE(write_tables((folder_ / name).string(), "berths", levels_of(study, points),
                             campaign, kpis_of(campaign, {}),
                             analyse(study, points, campaign, {"time_in_port"})));
  };
  // Shards in three goes, backwards; then all of it from another store on one thread.
  for (const std::uint32_t shard : {2u, 0u, 1u}) {
    CampaignOptions options;
    options.replications = 2;
    options.threads = 2;
    options.shard = shard;
    options.shards = 3;
    EXPECT_EQ(conduct(arms, store(), options)->stopped, shard != 1u);
  }
  tables(run(arms, 2), "a");
  CampaignOptions options;
  options.replications = 2;
  tables(*conduct(arms, *store::RunStore::open((folder_ / "other").string()), options), "b");
  for (const char* name : {"results.csv", "results.h5", "analysis.csv"}) {
    std::ifstream a(folder_ / "a" / name), b(folder_ / "b" / name);
    const std::string left{std::istreambuf_iterator<char>{a}, {}};
    EXPECT_GT(left.size(), 1000u);
    EXPECT_EQ(left, (std::string{std::istreambuf_iterator<char>{b}, {}})) << name;
  }
}

TEST_F(Campaigns, FailedRunsAreKeptShownAndNeverAveraged) {
  std::vector<Arm> arms{{"good", berth()}, {"bad", berth()}};
  arms[1].request.settings = {"facilities.quay.resources.berth.servers=0.5"};
  const Campaign campaign = run(arms, 2);
  ASSERT_TRUE(campaign.arms[1].refused);
  EXPECT_EQ(campaign.inventory.refused, 1u);
  EXPECT_FALSE(campaign.stopped);
  const Response response = response_of(campaign, "time_in_port");
  EXPECT_THAT(response.values, IsEmpty());
  EXPECT_EQ(response.left_out, 2u);
  fs::create_directories(folder_ / "t");
  ASSERT_TRUE(write_tables((folder_ / "t").string(), "x", {}, campaign, {"time_in_port"}, {}));
  std::ifstream file(folder_ / "t" / "results.csv");
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  EXPECT_THAT(text, testing::HasSubstr("1,0,,,,,0,0,"));
  EXPECT_THAT(text, testing::HasSubstr("failed: "));

  // A run that fails while it runs is kept with its reason.
  const auto prepared = *run::prepare(berth());
  store::Record record;
  record.key = store::identity_of(*prepared).key;
  record.replication = 5;
  record.failed = store::Failed{Failure::deadlock, "berth waits for itself"};
  ASSERT_TRUE(store().keep(record));
  const Campaign more = run({arms[0]}, 6);
  EXPECT_EQ(more.inventory.found.failed, 1u);
  EXPECT_EQ(more.arms[0].runs[5]->failed->reason, "berth waits for itself");
  EXPECT_EQ(response_of(more, "time_in_port").values.size(), 5u);
}

TEST_F(Campaigns, SharesOfAPackageSumToItsTotalAndADummyGetsZero) {
  const auto members = *run::read_package(folder + "package.yaml");
  const auto ablation = take_apart(berth(), members, 10);
  ASSERT_TRUE(ablation) << ablation.error().errors.front().text();
  EXPECT_EQ(ablation->arms.size(), 16u);
  const Campaign campaign = run(ablation->arms, 4);
  const auto findings = account(*ablation, campaign, {"time_in_port"});
  double sum = 0;
  for (const std::string& member : members) sum += find(findings, "share", member)->estimate;
  const Finding* total = find(findings, "total", "all together");
  EXPECT_NEAR(sum, total->estimate, 1e-9 * std::abs(total->estimate));
  EXPECT_LT(total->ci95->high, 0);
  for (const char* what : {"alone", "left_out", "share"}) {
    EXPECT_EQ(find(findings, what, "m03")->estimate, 0) << what << ": it never acts";
  }
  EXPECT_EQ(find(findings, "alone", "m04")->estimate, 0) << "inert without m01";
  EXPECT_NE(find(findings, "left_out", "m04")->estimate, 0);
  // What never acts is no part of a run, nor is m04 without m01: six sets of m01, m02 and m04.
  EXPECT_EQ(campaign.inventory.to_run, 6u * 4u);
}

TEST_F(Campaigns, SampledSharesSumToTheTotalToo) {
  auto ablation = *take_apart(berth(), {"m01", "m02", "m03", "m04"}, 10);
  ablation.orders = design::drawn_orders(4, 5, 1);
  const Campaign campaign = run(ablation.arms, 3);
  const auto findings = account(ablation, campaign, {"time_in_port"});
  double sum = 0;
  for (const std::string& member : ablation.members)
    sum += find(findings, "share", member)->estimate;
  EXPECT_NEAR(sum, find(findings, "total", "all together")->estimate, 1e-6);
  EXPECT_THAT(find(findings, "share", "m01")->remark, testing::HasSubstr("5 orders drawn"));
}

TEST_F(Campaigns, AScreeningTakesExclusiveMeasuresAsOneFactor) {
  const auto screening = screen(berth(), {}, true, 5);
  ASSERT_TRUE(screening) << screening.error().errors.front().text();
  EXPECT_EQ(screening->study.factors.size(), 4u);
  EXPECT_THAT(screening->left_out, ElementsAre("m05"));
  const auto points = points_of(screening->study);
  EXPECT_EQ(points.size(), 16u);
  const Campaign campaign = run(*arms_of(screening->study, points), 5);
  const auto findings = analyse(screening->study, points, campaign, {"time_in_port"});
  EXPECT_LT(find(findings, "effect", "m02")->p_holm.value(), 0.05);
  EXPECT_EQ(find(findings, "effect", "m03")->estimate, 0);
  EXPECT_FALSE(screen(berth(), {}, false, 4));
}

TEST(Finding, AboutAMaximumHasNoIntervalAndRestsOnSigns) {
  Response response;
  response.heading.name = "longest_wait";
  response.heading.statistic = "max";
  std::vector<Finding> findings{finding_of(response, "effect", "lanes", 0),
                                finding_of(response, "effect", "desks", 0)};
  rest_on(findings[0], response, std::vector<double>{-3, -1, -2, -4, -6, -2, -5});
  rest_on(findings[1], response, std::vector<double>{0, 0, 0});
  EXPECT_FALSE(findings[0].ci95);
  EXPECT_EQ(findings[0].remark, "a maximum: -6 .. -1 over replications");
  EXPECT_NEAR(*findings[0].p, 2.0 / 128, 1e-12);
  EXPECT_FALSE(findings[1].p);
  correct_for_many(findings, 0);
  EXPECT_NEAR(*findings[0].p_holm, 2.0 / 128, 1e-12);
  response.heading.statistic = "mean";
  rest_on(findings[0], response, std::vector<double>{1, 2, 3});
  EXPECT_NEAR(findings[0].ci95->low, 2 - 4.302653 / std::sqrt(3.0), 1e-5);
}

TEST(Effective, DropsWhatLacksItsRequirementInChains) {
  policy::Measure a, b, c;
  a.id = "m01";
  b.id = "m02";
  b.needs = {"m01"};
  c.id = "m03";
  c.needs = {"m02"};
  const std::vector<policy::Measure> known{a, b, c};
  EXPECT_THAT(effective({"m03", "m02", "m01"}, known), ElementsAre("m03", "m02", "m01"));
  EXPECT_THAT(effective({"m03", "m02"}, known), IsEmpty());
  EXPECT_THAT(effective({"m03", "m01"}, known), ElementsAre("m01"));
  EXPECT_THAT(effective({"m02", "m01.a"}, known), ElementsAre("m02", "m01.a"));
}

TEST(Effective, GroupsExclusiveMeasuresInChains) {
  policy::Measure a, b, c, d;
  a.id = "m01";
  b.id = "m02";
  b.excludes = {"m01"};
  c.id = "m03";
  d.id = "m04";
  d.excludes = {"m02"};
  EXPECT_THAT(exclusive_groups({"m01", "m02", "m03", "m04"}, {a, b, c, d}),
              ElementsAre(ElementsAre("m01", "m02", "m04"), ElementsAre("m03")));
}

}  // namespace
}  // namespace portflow::study

// Finished runs by what they are: found again, told apart, never half there.
#include "analysis/store/run_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <limits>

#include "analysis/store/keepers.hpp"

namespace portflow::store {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string tiny = PORTFLOW_SOURCE_DIR "/scenarios/small/tiny_port.yaml";

/// A folder that is gone after the test.
class Store : public testing::Test {
 protected:
  Store()
      : folder_(fs::temp_directory_path() /
                ("portflow-store-" + std::to_string(getpid()) + "-" +
                 testing::UnitTest::GetInstance()->current_test_info()->name())) {}
  ~Store() override { fs::remove_all(folder_); }
  RunStore store() { return *RunStore::open(folder_.string()); }

  fs::path folder_;
};

Identity identity(const std::vector<std::string>& settings, std::uint64_t seed = 1) {
  run::Request request;
  request.scenario = tiny;
  request.settings = settings;
  request.seed = seed;
  const auto prepared = run::prepare(request);
  EXPECT_TRUE(prepared) << prepared.error().errors.front().text();
  return identity_of(**prepared);
}

Record record(const Identity& what, std::uint32_t replication) {
  Record result;
  result.key = what.key;
  result.replication = replication;
  kpi::Figure figure;
  figure.name = "time";
  figure.value = 0.1 + 0.2;
  figure.max = std::numeric_limits<double>::denorm_min();
  figure.count = 7;
  figure.better = kpi::Better::higher;
  figure.title = {"时间", "time"};
  result.figures = {figure};
  result.fingerprint = 0xfedcba9876543210u;
  result.events = 99;
  return result;
}

TEST(Identity, IsWhatTheRecordDependsOn) {
  const Identity plain = identity({});
  EXPECT_EQ(plain.key.size(), 32u);
  EXPECT_EQ(identity({}).key, plain.key);
  EXPECT_EQ(identity({"title=Another name"}).key, plain.key);
  EXPECT_NE(identity({}, 2).key, plain.key);
  const Identity other = identity({"horizon.follow=2 d"});
  EXPECT_NE(other.key, plain.key);
  EXPECT_THAT(differences(plain.fields, other.fields),
              ElementsAre(testing::HasSubstr("horizon.follow: "), testing::HasSubstr("until: ")));
  EXPECT_THAT(differences(plain.fields, plain.fields), IsEmpty());
}

/// What a run with this measure is, and the fingerprint of its record.
std::pair<std::string, std::uint64_t> with_measure(const fs::path& folder, const std::string& text,
                                                   const std::string& until = "4 d") {
  run::Request request;
  request.scenario = tiny;
  request.until = until;
  if (!text.empty()) {
    fs::create_directories(folder);
    request.measures = {(folder / "change.yaml").string()};
    std::ofstream(request.measures.front()) << "id: change\ntitle: {zh: 改, en: change}\n" << text;
  }
  const auto prepared = run::prepare(request);
  if (!prepared) throw std::runtime_error(prepared.error().errors.front().text());
  return {identity_of(**prepared).key, run::simulate(**prepared, {}, {})->fingerprint};
}

TEST_F(Store, WhatNeverActsIsNoPartOfARun) {
  const auto two = [](const char* when, const char* value) {
    return std::string(
               "parts:\n  now: {starts: 2024-01-02, effects: [{edit: "
               "facilities.customs.resources.desk.servers, set: 1}]}\n  then: {starts: ") +
           when + ", effects: [{edit: procedures.import_lot.steps.review.takes, set: " + value +
           "}]}\n";
  };
  const auto plain = with_measure(folder_, "");
  const auto late = with_measure(folder_,
                                 "starts: 2031-01-01\neffects: [{edit: "
                                 "facilities.customs.resources.desk.servers, set: 1}]\n");
  EXPECT_EQ(late, plain);
  const auto now = with_measure(folder_, two("2031-01-01", "9 h"));
  EXPECT_NE(now.first, plain.first);
  EXPECT_NE(now.second, plain.second);
  EXPECT_EQ(with_measure(folder_, two("2031-01-01", "8 h")), now);
  EXPECT_NE(with_measure(folder_, two("2024-01-02", "9 h")).first, now.first);
}

// A run may go on after the scenario's end: then what begins in that time is a part of it.
TEST_F(Store, WhatActsAfterTheScenarioIsPartOfALongerRun) {
  const std::string late =
      "starts: 2025-01-01\neffects: [{edit: facilities.customs.resources.desk.servers, set: 1}]\n";
  EXPECT_EQ(with_measure(folder_, late).first, with_measure(folder_, "").first);
  EXPECT_NE(with_measure(folder_, late, "2025-01-02").first,
            with_measure(folder_, "", "2025-01-02").first);
}

TEST_F(Store, GivesARunBackToTheLastBit) {
  const Identity what = identity({});
  const Record kept = record(what, 3);
  ASSERT_TRUE(store().keep(kept));
  const auto found = store().find(what.key, 3);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->figures, kept.figures);
  EXPECT_EQ(found->fingerprint, kept.fingerprint);
  EXPECT_EQ(found->events, 99u);
  EXPECT_FALSE(store().find(what.key, 4));
  EXPECT_FALSE(found->failed);
}

TEST_F(Store, ARunThatWasCutShortIsNotThere) {
  const Identity what = identity({});
  ASSERT_TRUE(store().keep(record(what, 0)));
  const std::string file = folder_.string() + "/runs/" + what.key + "/0000.json";
  fs::resize_file(file, fs::file_size(file) - 1);
  EXPECT_FALSE(store().find(what.key, 0));
  std::ofstream(file) << "nonsense";
  EXPECT_FALSE(store().find(what.key, 0));
}

TEST_F(Store, TellsReusedNewAndStaleAndWhichFieldChanged) {
  const Identity old = identity({"horizon.follow=2 d"}), now = identity({"horizon.follow=3 d"});
  ASSERT_TRUE(store().remember("arm", old));
  ASSERT_TRUE(store().keep(record(old, 0)));
  Record failed = record(old, 1);
  failed.failed = Failed{Failure::deadlock, "gate waits for yard"};
  ASSERT_TRUE(store().keep(failed));

  const Found same = store().look_up("arm", old, 3);
  EXPECT_EQ(same.reused, 2u);
  EXPECT_EQ(same.failed, 1u);
  EXPECT_EQ(same.fresh, 1u);
  EXPECT_EQ(same.stale, 0u);
  EXPECT_EQ(store().find(old.key, 1)->failed->reason, "gate waits for yard");

  const Found changed = store().look_up("arm", now, 3);
  EXPECT_EQ(changed.reused, 0u);
  EXPECT_EQ(changed.stale, 2u);
  EXPECT_EQ(changed.fresh, 1u);
  EXPECT_THAT(changed.changed, testing::Contains("horizon.follow: 2d -> 3d"));
  EXPECT_EQ(store().look_up("another", now, 3).fresh, 3u);
}

TEST_F(Store, LeavesNothingAside) {
  ASSERT_TRUE(store().keep(record(identity({}), 0)));
  for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
    EXPECT_NE(entry.path().extension(), ".partial") << entry.path();
  }
}

TEST_F(Store, AFolderThatCannotBeIsADiskFault) {
  std::ofstream(folder_.string()) << "a file";
  const auto opened = RunStore::open(folder_.string());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, Failure::disk);
}

TEST_F(Store, APairComesBackAsItWas) {
  run::Request request;
  request.scenario = tiny;
  const auto base = *run::prepare(request);
  request.settings = {"horizon.follow=2 d"};
  const auto policy = *run::prepare(request);
  StoredPairs keeper(store(), identity_of(*base), identity_of(*policy));
  analysis::CompareOptions how;
  how.replications = 2;
  how.keeper = &keeper;
  EXPECT_EQ(keeper.look_up("two arms", 3)->fresh, 3u);
  const auto first = analysis::compare(*base, *policy, how);
  ASSERT_TRUE(first);
  const Found found = *keeper.look_up("two arms", 3);
  EXPECT_EQ(found.reused, 2u);
  EXPECT_EQ(found.fresh, 1u);
  const auto again = analysis::compare(*base, *policy, how);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->base_fingerprint, first->base_fingerprint);
  EXPECT_EQ(again->events, first->events);
  ASSERT_EQ(again->kpis.size(), first->kpis.size());
  for (std::size_t i = 0; i < first->kpis.size(); ++i) {
    const analysis::Pair &a = first->kpis[i], &b = again->kpis[i];
    EXPECT_EQ(a.base.heading, b.base.heading) << a.base.heading.name;
    EXPECT_EQ(a.difference, b.difference);
    EXPECT_EQ(a.verdict, b.verdict);
    EXPECT_EQ(a.entities_different, b.entities_different);
  }
  EXPECT_EQ(again->census.movers.size(), first->census.movers.size());
  StoredPairs other(store(), identity_of(*base), identity_of(*base));
  const Found stale = *other.look_up("two arms", 2);
  EXPECT_EQ(stale.stale, 2u);
  EXPECT_THAT(stale.changed, testing::Not(IsEmpty()));
}

}  // namespace
}  // namespace portflow::store

// Disturbances that a scenario says itself: the same runs as by `--with`, under the same laws.
#include <gmock/gmock.h>

#include "run/inspect.hpp"
#include "run/support.hpp"

namespace portflow::run_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* port = R"(portflow: 1
name: disturbed
horizon: {from: 2024-01-01, to: 2024-01-05, follow: 2 d}
confidence: assumption
facilities: {yard: {kind: station, resources: {crane: {servers: 2}}}}
demand:
  lorries: {creates: lorry, arrivals: {every: {exponential: 30 min}}, procedure: load}
procedures:
  load: {for: lorry, steps: {load: {at: yard, needs: crane, takes: {exponential: 40 min}, marks: loaded}}}
kpis:
  time: {span: {of: lorry, from: created, to: loaded}, unit: min, better: lower}
)";

constexpr const char* storm = R"(id: storm
title: {zh: 风暴, en: Storm}
starts: 2024-01-02
ends: 2024-01-02 12:00
effects: [{edit: facilities.yard.resources.crane.servers, was: 2, set: 0}]
)";

constexpr const char* rush = R"(id: rush
title: {zh: 高峰, en: Rush}
starts: 2024-01-03
effects: [{edit: demand.lorries.arrivals.every.exponential, scale: 80 %}]
)";

/// The storm in place.
constexpr const char* storm_here = R"({id: storm, title: {zh: 风暴, en: Storm}, starts: 2024-01-02,
    ends: "2024-01-02 12:00", effects: [{edit: facilities.yard.resources.crane.servers, was: 2, set: 0}]})";

class ScenarioDisturbances : public testing::Test {
 protected:
  ScenarioDisturbances() {
    std::filesystem::create_directory(scratch_.path("ill"));
    storm_file_ = scratch_.write("ill/storm.yaml", storm);
    rush_file_ = scratch_.write("ill/rush.yaml", rush);
  }

  run::Request request(const std::string& list, std::vector<std::string> measures = {}) {
    run::Request result;
    const std::string block = list.empty() ? "" : "disturbances:\n" + list;
    result.scenario = scratch_.write("port.yaml", port + block);
    result.measures = std::move(measures);
    return result;
  }
  /// Fingerprint, or 0 where it is refused.
  std::uint64_t run(const run::Request& request) {
    const auto made = run_test::prepare(request);
    return made == nullptr ? 0 : run_test::run_one(*made).outcome.fingerprint;
  }
  std::string refusal(const run::Request& request) {
    const auto made = run::prepare(request);
    if (made) return "accepted";
    std::string text = text_of(made.error());
    const std::string folder = scratch_.path("");
    for (std::size_t at; (at = text.find(folder)) != std::string::npos;) {
      text.erase(at, folder.size());
    }
    return text;
  }

  Scratch scratch_{"disturbances-" +
                   std::string{testing::UnitTest::GetInstance()->current_test_info()->name()}};
  std::string storm_file_, rush_file_;
};

TEST_F(ScenarioDisturbances, AreTheRunsOfTheSameFilesByWith) {
  const auto calm = run(request(""));
  const auto by_with = run(request("", {storm_file_, rush_file_}));
  EXPECT_NE(by_with, calm);
  EXPECT_EQ(run(request("  - ill/storm.yaml\n  - ill/rush.yaml\n")), by_with);
  // In any order, one of them written in place, or one from either side.
  EXPECT_EQ(run(request("  - ill/rush.yaml\n  - ill/storm.yaml\n")), by_with);
  EXPECT_EQ(run(request(std::string{"  - ill/rush.yaml\n  - "} + storm_here + "\n")), by_with);
  EXPECT_EQ(run(request("  - ill/rush.yaml\n", {storm_file_})), by_with);
}

TEST_F(ScenarioDisturbances, AreTheSameRunInAStore) {
  const auto listed = run_test::prepare(request("  - ill/storm.yaml\n"));
  const auto with = run_test::prepare(request("", {storm_file_}));
  ASSERT_NE(listed, nullptr);
  ASSERT_NE(with, nullptr);
  EXPECT_EQ(listed->fields(), with->fields());
}

TEST_F(ScenarioDisturbances, AreNamedInTheRecordAndCounted) {
  const auto made =
      run_test::prepare(request(std::string{"  - ill/rush.yaml\n  - "} + storm_here + "\n"));
  ASSERT_NE(made, nullptr);
  EXPECT_THAT(made->schema(0).measures, ElementsAre("rush", "storm"));
  EXPECT_THAT(made->disturbances(), ElementsAre("rush", "storm"));
  const auto seen = run::inspect(scratch_.path("port.yaml"));
  ASSERT_TRUE(seen) << text_of(seen.error());
  EXPECT_EQ(seen->size, 2u);
}

TEST_F(ScenarioDisturbances, AreLookedForFromTheFileThatNamesThem) {
  const std::string listed = port + std::string{"disturbances: [storm.yaml]\n"};
  ASSERT_FALSE(scratch_.write("ill/port.yaml", listed).empty());
  run::Request heir;
  heir.scenario = scratch_.write("heir.yaml", "portflow: 1\nextends: ill/port.yaml\n");
  EXPECT_EQ(run(heir), run(request("", {storm_file_})));
  // A list is replaced as a whole, here by none.
  heir.scenario =
      scratch_.write("calm.yaml", "portflow: 1\nextends: ill/port.yaml\ndisturbances: []\n");
  EXPECT_EQ(run(heir), run(request("")));
  heir.scenario = scratch_.write("heir.yaml", "portflow: 1\nextends: ill/port.yaml\n");
  heir.settings = {"disturbances=[]"};
  EXPECT_EQ(run(heir), run(request("")));
}

TEST_F(ScenarioDisturbances, ClashWithAMeasureNamesBothFilesAndLines) {
  const std::string measure = scratch_.write("m.yaml", R"(id: m
title: {zh: 措, en: m}
starts: 2024-01-01
effects:
  - {edit: facilities.yard.resources.crane.servers, set: 3}
)");
  const std::string text = refusal(request("  - ill/storm.yaml\n", {measure}));
  EXPECT_THAT(text, HasSubstr("ill/storm.yaml:5:"));
  EXPECT_THAT(text, HasSubstr("m.yaml:5:"));
}

TEST_F(ScenarioDisturbances, OfBadInputAreRefusedAllAtOnce) {
  EXPECT_EQ(refusal(request(R"(  - ill/strom.yaml
  - ill/storm.yaml
  - {id: storm, starts: 2024-01-04, effects: [{edit: facilities.yard.resources.crane.servers, set: 1}]}
  - {id: m99, number: 9, starts: 2024-01-04, effects: [{edit: facilities.yard.resources.crane.servers, set: 1}]}
  - {id: odd, begins: 2024-01-04, effects: [{edit: facilities.yard.resources.crane.servers, set: 1}]}
  - [ill/rush.yaml]
)")),
            R"(port.yaml:13:5: disturbances[0]: no file `ill/strom.yaml`, did you mean `storm.yaml`?
port.yaml:15:5: disturbances[2]: `storm` is among them already (port.yaml:14:5)
port.yaml:16:5: disturbances[3]: `m99` is measure 9, no disturbance: what both arms share is no policy; switch it on by `--with m99`
port.yaml:17:15: disturbances[4]: unknown key `begins` (allowed: adoption, clause, concerns, effects, ends, excludes, expect, id, institutional, number, overlaps, parts, requires, settled, shown, sources, starts, title or unchanged)
port.yaml:18:5: disturbances[5]: expected a file or a disturbance written in place
)");
  EXPECT_EQ(refusal(request("  fog: 1\n")),
            "port.yaml:13:3: disturbances: expected a list of files (`../disturbances/fog.yaml`) "
            "and of disturbances written in place\n");
}

TEST_F(ScenarioDisturbances, WhoseIdIsOnBesidesAreRefused) {
  EXPECT_EQ(refusal(request("  - ill/storm.yaml\n", {storm_file_})),
            "port.yaml:13:5: disturbances: `storm` stands here, so it is on in every arm; "
            "`ill/storm.yaml` was switched on besides\n");
}

TEST_F(ScenarioDisturbances, WhoseWasNoLongerHoldsAreRefused) {
  const std::string other =
      R"(  - {id: quake, starts: 2024-01-04, effects: [{edit: facilities.yard.resources.crane.servers, was: 9, set: 1}]}
)";
  EXPECT_EQ(refusal(request(other)),
            "port.yaml:13:47: facilities.yard.resources.crane.servers: `was` says 9, but it is 2 "
            "(port.yaml:5)\n");
}

TEST_F(ScenarioDisturbances, AreNothingThatAMeasureMayEdit) {
  const std::string measure = scratch_.write("m.yaml", R"(id: m
title: {zh: 措, en: m}
effects: [{edit: disturbances, set: []}]
)");
  EXPECT_THAT(refusal(request("  - ill/storm.yaml\n", {measure})),
              HasSubstr("not the frame in which it is observed"));
}

}  // namespace
}  // namespace portflow::run_test

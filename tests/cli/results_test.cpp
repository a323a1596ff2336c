// The stable files that commands write, and that they agree with each other.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/shell.hpp"

namespace portflow {
namespace {

using nlohmann::json;
using test::portflow;
using test::Said;
using test::scratch;
using testing::HasSubstr;

const std::string tiny = "scenarios/small/tiny_port.yaml";

json json_of(const std::string& path) {
  return json::parse(test::text_of(path));
}

TEST(Results, KpiFileHasTheAgreedKeys) {
  const std::string file = scratch("a.json");
  ASSERT_EQ(portflow("run " + tiny + " --replications 3 --kpi " + file).code, 0);
  const json told = json_of(file);
  for (const char* key : {"portflow", "scenario", "measures", "seed", "replications", "threads",
                          "events", "wall_seconds", "fingerprint", "kpis"}) {
    EXPECT_TRUE(told.contains(key)) << key;
  }
  EXPECT_EQ(told["fingerprint"].get<std::string>().size(), 16u);
  ASSERT_FALSE(told["kpis"].empty());
  for (const json& kpi : told["kpis"]) {
    for (const char* key : {"name", "unit", "better", "mean", "ci95", "p50", "p90", "p95", "max",
                            "count", "unfinished"}) {
      EXPECT_TRUE(kpi.contains(key)) << kpi["name"] << " " << key;
    }
  }
}

TEST(Results, EveryResourceAndProcedureHasItsKpis) {
  const std::string file = scratch("a.json");
  ASSERT_EQ(portflow("run scenarios/small/one_berth.yaml --kpi " + file).code, 0);
  std::vector<std::string> names;
  const json told = json_of(file);
  for (const json& kpi : told["kpis"]) names.push_back(kpi["name"]);
  for (const char* name : {"resource.quay.berth.wait", "resource.quay.berth.utilisation",
                           "resource.quay.berth.queue_length", "procedure.call.time"}) {
    EXPECT_THAT(names, testing::Contains(name));
  }
}

TEST(Results, FingerprintAndKpisDoNotDependOnThreads) {
  const std::string one = scratch("1.json"), three = scratch("3.json");
  ASSERT_EQ(portflow("run " + tiny + " --replications 2 --threads 1 --kpi " + one).code, 0);
  ASSERT_EQ(portflow("run " + tiny + " --replications 2 --threads 3 --kpi " + three).code, 0);
  const json a = json_of(one), b = json_of(three);
  EXPECT_EQ(a["fingerprint"], b["fingerprint"]);
  EXPECT_EQ(a["kpis"], b["kpis"]);
}

TEST(Results, KpisReadBackFromTheTraceAreThoseOfTheRun) {
  const std::string trace = scratch("a.h5"), run = scratch("run.json"), read = scratch("read.json");
  ASSERT_EQ(portflow("run " + tiny + " --trace " + trace + " --kpi " + run).code, 0);
  ASSERT_EQ(portflow("trace kpi " + trace + " --kpi " + read).code, 0);
  const json a = json_of(run), b = json_of(read);
  EXPECT_EQ(a["kpis"].dump(), b["kpis"].dump());
  EXPECT_EQ(a["fingerprint"], b["fingerprint"]);
  EXPECT_EQ(a["events"], b["events"]);
}

TEST(Results, APolicyComparedWithItselfIsTheSame) {
  const std::string file = scratch("a.json");
  const Said said = portflow("compare " + tiny + " --replications 2 --json " + file);
  ASSERT_EQ(said.code, 0);
  EXPECT_THAT(said.err, HasSubstr("no measures in either arm"));
  const json told = json_of(file);
  EXPECT_EQ(told["fingerprint"], told["base_fingerprint"]);
  EXPECT_EQ(told["entities"]["different"], 0);
  EXPECT_GT(told["entities"]["compared"].get<int>(), 1000);
  for (const json& kpi : told["kpis"]) {
    if (kpi["difference"].is_null()) continue;
    EXPECT_EQ(kpi["difference"], 0) << kpi["name"];
    EXPECT_EQ(kpi["entities_different"], 0) << kpi["name"];
  }
}

TEST(Results, TraceInfoNamesScenarioSeedAndTables) {
  const std::string trace = scratch("a.h5");
  ASSERT_EQ(portflow("run " + tiny + " --seed 7 --level full --trace " + trace).code, 0);
  const Said said = portflow("trace info " + trace);
  EXPECT_EQ(said.code, 0);
  for (const char* word :
       {"tiny-port", "seed         7", "fingerprint", "born", "moves", "paths"}) {
    EXPECT_THAT(said.out, HasSubstr(word));
  }
}

TEST(Results, ATraceIsExportedAsCsvAndNotReplacedUnasked) {
  const std::string trace = scratch("a.h5"), folder = scratch("tables");
  std::filesystem::remove_all(folder);
  ASSERT_EQ(portflow("run " + tiny + " --level kpi --trace " + trace).code, 0);
  const std::string command = "trace export " + trace + " --format csv --out " + folder;
  const Said said = portflow(command);
  EXPECT_EQ(said.code, 0);
  EXPECT_THAT(said.out, HasSubstr("entities.csv"));
  EXPECT_EQ(said.err,
            "remark: no stages and movements, since the trace was not written at level stages or "
            "full\n");
  EXPECT_THAT(test::text_of(folder + "/resources.csv"), HasSubstr("quay.berth,berth,2024-01-01"));
  const Said again = portflow(command);
  EXPECT_EQ(again.code, 5);
  EXPECT_EQ(again.err, folder + "/entities.csv: is there already; --force replaces it\n");
  EXPECT_EQ(portflow(command + " --force --quiet").err, "");
  EXPECT_EQ(portflow("trace export " + trace + " --format tsv --out " + folder).code, 2);
}

TEST(Results, MeasuresAreListedAndShownWithClauseAndFields) {
  const Said list = portflow("measures scenarios/dalian/2023.yaml");
  EXPECT_EQ(list.code, 0);
  for (const char* id : {"m03", "m04", "m07.a"}) EXPECT_THAT(list.out, HasSubstr(id));
  const Said shown = portflow("measures show m04");
  EXPECT_EQ(shown.code, 0);
  EXPECT_THAT(shown.out, HasSubstr("支持使用“离港确认”模式促进多式联运发展"));
  EXPECT_THAT(shown.out, HasSubstr("declare.after: [tally, name_carrier] -> [arrive]"));
}

}  // namespace
}  // namespace portflow

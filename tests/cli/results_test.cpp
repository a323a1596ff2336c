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
using testing::AllOf;
using testing::ContainsRegex;
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

TEST(Results, MeasuresAreListedWithStateAndEvidence) {
  const Said list = portflow("measures scenarios/dalian/2024.yaml");
  EXPECT_EQ(list.code, 0);
  EXPECT_THAT(
      list.out,
      AllOf(ContainsRegex("m03 +2024-06-01 +part of the time +1 +0 of 1 +1 of 1 +everybody"),
            ContainsRegex("m04 +2024-06-01 +part of the time +4 +2 of 4 +2 of 4 +by lot"),
            ContainsRegex("m16.bonded_centre +2026-01-01 +not yet"),
            ContainsRegex("m17 +2025-07-01 +not yet"),
            HasSubstr("in scenarios/dalian/2024.yaml, which runs from 2023-12-18 to "
                      "2025-01-29")));
  EXPECT_THAT(portflow("measures scenarios/dalian/authority_demo.yaml").out,
              AllOf(ContainsRegex("m16.bonded_centre +2026-01-01 +part of the time"),
                    ContainsRegex("m02.catch +2024-06-01 to 2024-12-01 +over"),
                    ContainsRegex("m03 +2024-06-01 +all the time")));
}

TEST(Results, AMeasureIsShownWithClauseFieldsGraphsAndWhoMeetsIt) {
  const Said shown = portflow("measures show m04");
  EXPECT_EQ(shown.code, 0);
  EXPECT_THAT(
      shown.out,
      AllOf(HasSubstr("支持使用“离港确认”模式促进多式联运发展"),
            HasSubstr("support the departure-confirmation mode"), HasSubstr("affects each box"),
            HasSubstr("declare.after: [tally, name_carrier] -> [arrive]"),
            HasSubstr("transit_box, what each box goes through, for those who adopt it"),
            ContainsRegex("- +declare +after tally and name_carrier +at customs"),
            ContainsRegex("[+] +declare +after arrive +at customs"),
            ContainsRegex("[+] +confirm +after declare, tally and name_carrier +at customs"),
            HasSubstr("2 of 4 sourced, 2 assumed")));
  // The date of a measure does not hide what it edits; a part shows its own.
  const Said part = portflow("measures show m07.a --on scenarios/dalian/demo.yaml");
  EXPECT_THAT(part.out, AllOf(HasSubstr("fields changed in scenarios/dalian/demo.yaml"),
                              HasSubstr("parameters.lanes_open_at.value: 15 min -> 10 min"),
                              HasSubstr("affects whoever meets it, by way of "
                                        "parameters.lanes_open_at"),
                              HasSubstr("no step of a procedure is edited"),
                              testing::Not(HasSubstr("tour_groups.extra"))));
  EXPECT_EQ(portflow("measures show m01 --on scenarios/dalian/demo.yaml").code, 2)
      << "the core has no permits";
}

TEST(Results, WhatAMeasureDoesIsRunInPairsAndKept) {
  const std::string written = scratch("effects.json"), page = scratch("effects.md");
  const Said said = portflow("measures effects m08 --into " + written);
  EXPECT_EQ(said.code, 0) << said.err;
  EXPECT_THAT(said.out, AllOf(ContainsRegex("m08 +freighter_turn_time +down +h"),
                              HasSubstr("m08: 0 of "), HasSubstr(" entities of ")));
  EXPECT_EQ(portflow("measures page " + written + " --into " + page).code, 0);
  EXPECT_THAT(test::text_of(page),
              AllOf(HasSubstr("| m08 | 货运航班和外航机组“一站式”通关"),
                    HasSubstr("not measured 未测"), HasSubstr("`portflow measures effects m08`")));
}

}  // namespace
}  // namespace portflow

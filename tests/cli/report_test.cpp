// portflow report and run --report as their users meet them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "cli/shell.hpp"

namespace portflow {
namespace {

namespace fs = std::filesystem;
using test::portflow;
using test::Said;
using test::scratch;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string port = "tests/analysis/report_port.yaml";

TEST(OneArm, IsAPageOfItsTrace) {
  const std::string trace = scratch("a.h5"), page = scratch("a.html");
  ASSERT_EQ(portflow("run " + port + " --quiet --level full --trace " + trace).code, 0);
  const Said said = portflow("report " + trace + " --scenario " + port + " --out " + page);
  EXPECT_EQ(said.code, 0) << said.err;
  EXPECT_EQ(said.out, page + ": 1 replication of one arm, in Chinese and English\n");
  EXPECT_EQ(said.err, "");
  EXPECT_THAT(test::text_of(page),
              AllOf(HasSubstr("In this one run 0 of 1 targets are met and 1 missed"),
                    HasSubstr("The ten that took longest"), HasSubstr("Time release study"),
                    HasSubstr("Numbers of the scenario by confidence"),
                    HasSubstr("portflow report " + trace + " --scenario " + port)));
  const Said other =
      portflow("report " + trace + " --scenario scenarios/small/one_berth.yaml --out " + page);
  EXPECT_EQ(other.code, 2);
  EXPECT_THAT(other.err, HasSubstr("and the traces are of 'report-port'"));
}

TEST(OneArm, OfACoarseTraceSaysWhatIsMissing) {
  const std::string trace = scratch("a.h5"), page = scratch("a.html");
  ASSERT_EQ(portflow("run " + port + " --quiet --level kpi --trace " + trace).code, 0);
  const Said said = portflow("report " + trace + " --out " + page);
  EXPECT_EQ(said.code, 0) << said.err;
  EXPECT_EQ(said.err,
            "remark: where the time went is not in these traces; write them with --level full\n");
  EXPECT_THAT(test::text_of(page),
              AllOf(HasSubstr("need critical paths"), Not(HasSubstr("Where the time goes</h2>"))));
}

TEST(OneArm, WithReplicationsHasIntervalsAndEveryFingerprint) {
  const std::string page = scratch("a.html"), store = scratch("store");
  const Said first =
      portflow("run " + port + " --replications 3 --store " + store + " --report " + page);
  EXPECT_EQ(first.code, 0) << first.err;
  const std::string text = test::text_of(page);
  EXPECT_THAT(text, AllOf(HasSubstr("3 replications"), HasSubstr("95 % interval"),
                          HasSubstr("Fingerprints of each replication"),
                          HasSubstr("portflow run " + port + " --seed 1 --replications 3")));
  // Whatever is in the store, the page is whole and the same.
  ASSERT_EQ(
      portflow("run " + port + " --replications 3 --store " + store + " --report " + page).code, 0);
  EXPECT_EQ(test::text_of(page), text);
  fs::remove_all(store);
}

TEST(OneArm, RefusesTracesOfAnotherSeed) {
  const std::string a = scratch("a.h5"), b = scratch("b.h5"), c = scratch("c.h5");
  ASSERT_EQ(portflow("run " + port + " --quiet --level kpi --trace " + a).code, 0);
  ASSERT_EQ(portflow("run " + port + " --quiet --level kpi --seed 2 --trace " + b).code, 0);
  const Said said = portflow("report " + a + " " + b + " --out " + c);
  EXPECT_EQ(said.code, 2);
  EXPECT_THAT(said.err, HasSubstr("is of report-port, seed 2, and the traces before it of "
                                  "report-port, seed 1"));
}

}  // namespace
}  // namespace portflow

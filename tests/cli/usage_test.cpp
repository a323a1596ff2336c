// What the program says to those who mistype, and the exit codes that scripts rely on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "cli/shell.hpp"

namespace portflow {
namespace {

using test::portflow;
using test::Said;
using testing::HasSubstr;

struct Mistake {
  std::string arguments;
  int code;
  std::string says;  ///< on standard error, exactly
};

class Mistaken : public testing::TestWithParam<Mistake> {};

TEST_P(Mistaken, IsToldSo) {
  const Said said = portflow(GetParam().arguments);
  EXPECT_EQ(said.code, GetParam().code);
  EXPECT_EQ(said.err, GetParam().says);
  EXPECT_EQ(said.out, "");
}

INSTANTIATE_TEST_SUITE_P(
    Usage, Mistaken,
    testing::Values(
        Mistake{"", 2, "portflow: A subcommand is required\nSee 'portflow --help'.\n"},
        Mistake{"runn x.yaml", 2,
                "portflow: unknown 'runn'; did you mean 'run'?\nSee 'portflow --help'.\n"},
        Mistake{"run --wiht m03 scenarios/small/one_berth.yaml", 2,
                "portflow: unknown '--wiht'; did you mean '--with'?\nSee 'portflow run --help'.\n"},
        Mistake{"trace diff --quite a.h5 b.h5", 2,
                "portflow: unknown '--quite'; did you mean '--quiet'?\n"
                "See 'portflow trace diff --help'.\n"},
        Mistake{"compare", 2, "portflow: SCENARIO is required\nSee 'portflow compare --help'.\n"},
        Mistake{
            "run scenarios/small/one_berth.yaml --threads 0", 2,
            "portflow: --threads: Value 0 not in range 1 to 1024\nSee 'portflow run --help'.\n"},
        Mistake{"run scenarios/small/one_berth.yaml --level fine", 2,
                "portflow: --level: fine not in {kpi,stages,full}\nSee 'portflow run --help'.\n"},
        Mistake{"run no_such.yaml", 2,
                "no_such.yaml: cannot read `no_such.yaml`: No such file or directory\n"},
        Mistake{"run scenarios/small/one_berth.yaml --quiet --replications 5 --set "
                "'procedures.call.steps.moor.needs={berth: 2}'",
                3,
                "replication 0: deadlock: 527 entities wait for each other and for nobody else\n"
                "  ship ships-1 at `moor` since 2024-01-01 00:04:18.158: needs 2 of quay.berth, of "
                "which there are 1\n"},
        Mistake{"run scenarios/dalian/demo.yaml --with m44", 2,
                "measures: no measure 'm44'; did you mean 'm04'?\n"},
        Mistake{"compare scenarios/small/one_berth.yaml --trace-a out.h5 --trace-b out.h5", 2,
                "out.h5: two results cannot go to one file\n"},
        Mistake{"measures show m44", 2, "measures: no measure 'm44'; did you mean 'm04'?\n"},
        Mistake{"run scenarios/small", 2,
                "scenarios/small: cannot read `scenarios/small`: it is a folder\n"},
        Mistake{"run scenarios/small/one_berth.yaml --seed -1", 2,
                "portflow: --seed: -1 is no whole number from 0 to 18446744073709551615\n"
                "See 'portflow run --help'.\n"},
        Mistake{"run scenarios/small/one_berth.yaml --seed 18446744073709551616", 2,
                "portflow: --seed: 18446744073709551616 is no whole number from 0 to "
                "18446744073709551615\nSee 'portflow run --help'.\n"},
        Mistake{"run scenarios/small/one_berth.yaml --until 1900-01-01", 2,
                "--until: '1900-01-01' is not after the scenario's start, 2024-01-01 00:00:00\n"},
        Mistake{"run scenarios/small/one_berth.yaml --until tomorrow", 2,
                "--until: 'tomorrow' is neither a date (2023-03-13) nor a duration (7 d)\n"},
        Mistake{"run scenarios/small/one_berth.yaml --set facilities.quai.kind=station", 2,
                "--set:1:1: facilities.quai.kind: no field 'quai'; did you mean 'quay'?\n"},
        Mistake{"run scenarios/small/one_berth.yaml --kpi no/such/folder.json", 5,
                "no/such/folder.json: there is no folder 'no/such'\n"},
        Mistake{"trace info no_such.h5", 5,
                "no_such.h5: cannot read the trace: No such file or directory\n"},
        Mistake{"trace info README.md", 2, "README.md: this is not an HDF5 file, so no trace\n"}));

TEST(Usage, HelpAndVersionAreNoErrors) {
  for (const char* words :
       {"--help", "run --help", "compare --help", "measures --help", "check --help", "trace --help",
        "trace kpi --help", "trace diff --help", "trace export --help", "why --help",
        "validate --help", "calibrate --help", "sensitivity --help"}) {
    const Said said = portflow(words);
    EXPECT_EQ(said.code, 0) << words;
    EXPECT_THAT(said.out, HasSubstr("Usage: portflow")) << words;
  }
  for (const char* words : {"--version", "run --version"}) {
    const Said said = portflow(words);
    EXPECT_EQ(said.code, 0) << words;
    EXPECT_THAT(said.out, testing::MatchesRegex("portflow [0-9]+\\.[0-9]+\\.[0-9]+\n")) << words;
  }
}

TEST(Usage, AnExistingTraceIsNotReplacedUnasked) {
  const std::string trace = test::scratch("a.h5");
  const std::string run = "run scenarios/small/one_berth.yaml --until 30d --trace " + trace;
  ASSERT_EQ(portflow(run).code, 0);
  const std::string first = test::text_of(trace);
  const Said again = portflow(run);
  EXPECT_EQ(again.code, 5);
  EXPECT_THAT(again.err, HasSubstr("--force"));
  EXPECT_EQ(test::text_of(trace), first);
  EXPECT_EQ(portflow(run + " --force").code, 0);
}

/// A device is written to, never replaced: the link to it stays a link, and a full disk is told.
TEST(Usage, AFullDiskIsToldAndItsDeviceStays) {
  namespace fs = std::filesystem;
  const std::string link = test::scratch("full");
  fs::create_symlink("/dev/full", link);
  const std::string run = "run scenarios/small/one_berth.yaml --until 30d --quiet ";
  const Said said = portflow(run + "--kpi " + link);
  EXPECT_EQ(said.code, 5);
  EXPECT_EQ(said.err, link + ": cannot be written: No space left on device\n");
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_FALSE(fs::exists(link + ".partial"));
  const Said trace = portflow(run + "--force --trace " + link);
  EXPECT_EQ(trace.code, 5);
  EXPECT_THAT(trace.err, HasSubstr("a folder or a device"));
  EXPECT_TRUE(fs::is_symlink(link));
}

TEST(Usage, AnOpenDescriptorGetsTheKpis) {
  const std::string file = test::scratch("kpi.json");
  std::string run = "run scenarios/small/one_berth.yaml --until 30d --kpi /dev/fd/3 3> ";
  run += file;
  EXPECT_EQ(portflow(run).code, 0);
  EXPECT_THAT(test::text_of(file), HasSubstr("\"fingerprint\""));
}

}  // namespace
}  // namespace portflow

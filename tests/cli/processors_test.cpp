// The same bytes on processors without fused multiply-add: glibc is told to do without it, which
// changes the last bits of its exp and log, and must change nothing of ours.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "cli/shell.hpp"

namespace portflow {
namespace {

constexpr const char* tunables = "GLIBC_TUNABLES";

/// The line with fingerprint and events, without the seconds that it took.
std::string fingerprint_line(const std::string& arguments) {
  const test::Said said = test::portflow("run " + arguments + " --threads 1");
  EXPECT_EQ(said.code, 0) << said.err;
  const auto begin = said.out.find("fingerprint ");
  return said.out.substr(begin, said.out.find("  seconds", begin) - begin);
}

class Processors : public testing::TestWithParam<std::string> {};

TEST_P(Processors, WithoutFusedMultiplyAddNothingChanges) {
  ::unsetenv(tunables);
  const std::string with = fingerprint_line(GetParam());
  EXPECT_GT(with.size(), std::string("fingerprint 0123456789abcdef").size());
  ::setenv(tunables, "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX512F", 1);
  const std::string without = fingerprint_line(GetParam());
  ::unsetenv(tunables);
  EXPECT_EQ(without, with);
}

INSTANTIATE_TEST_SUITE_P(Runs, Processors,
                         testing::Values("scenarios/small/one_berth.yaml --replications 2",
                                         "scenarios/small/tiny_port.yaml",
                                         "tests/oracle/mg1.yaml --until '3 d'",
                                         "tests/oracle/mmc.yaml --until '3 d'",
                                         "tests/oracle/tandem.yaml --until '3 d'",
                                         "tests/oracle/priority.yaml --until '3 d'",
                                         "scenarios/dalian/2023_week.yaml --until '4 d'"),
                         [](const auto& run) { return "Run" + std::to_string(run.index); });

}  // namespace
}  // namespace portflow

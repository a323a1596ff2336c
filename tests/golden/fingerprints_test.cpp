// Every row of fingerprints.csv still takes the trajectory that was reviewed; see README.md.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "golden/golden.hpp"
#include "run/measures.hpp"

namespace portflow::tests {

void PrintTo(const Golden& row, std::ostream* out) {
  *out << row.row();
}

namespace {

constexpr const char* csv = PORTFLOW_SOURCE_DIR "/tests/golden/fingerprints.csv";

bool is_rewriting() {
  return std::getenv("PORTFLOW_GOLDEN") != nullptr;
}

class Fingerprints : public testing::TestWithParam<Golden> {
 protected:
  /// With PORTFLOW_GOLDEN=write in the environment the file is written anew, once all rows ran.
  static void TearDownTestSuite() {
    if (!is_rewriting()) return;
    ASSERT_EQ(all_found.size(), read_golden(csv).size()) << "run all rows to rewrite the file";
    ASSERT_TRUE(write_golden(csv, all_found));
    fmt::print("wrote {}\n", csv);
  }
  static inline std::vector<Golden> all_found;
};

TEST_P(Fingerprints, AreThoseReviewed) {
  const auto found = run_golden(GetParam(), PORTFLOW_SOURCE_DIR);
  if (!found) {
    for (const Error& error : found.error().errors) ADD_FAILURE() << error.text();
    return;
  }
  all_found.push_back(*found);
  if (is_rewriting()) return;
  EXPECT_EQ(found->row(), GetParam().row()) << "if this change was meant, the row is now\n"
                                            << found->row();
}

INSTANTIATE_TEST_SUITE_P(Rows, Fingerprints, testing::ValuesIn(read_golden(csv)));

TEST(FingerprintFile, HasSmallScenariosOraclesAndEveryMeasure) {
  if (is_rewriting()) GTEST_SKIP() << "the file is being written";
  std::set<std::string> scenarios, measures, fingerprints;
  const auto rows = read_golden(csv);
  for (const Golden& row : rows) {
    scenarios.insert(row.scenario);
    for (const std::string& name : row.measures) measures.insert(name.substr(0, name.find('.')));
    fingerprints.insert(row.fingerprint);
  }
  EXPECT_GE(scenarios.size(), 9u);
  const auto written = run::all_measures(PORTFLOW_SOURCE_DIR "/scenarios/measures");
  ASSERT_TRUE(written);
  std::set<std::string> ids;
  for (const policy::Measure& measure : *written) ids.insert(measure.id);
  EXPECT_THAT(ids, testing::IsSupersetOf(measures));
  const auto programme =
      run::read_package(PORTFLOW_SOURCE_DIR "/scenarios/packages/dalian-2024.yaml");
  ASSERT_TRUE(programme);
  EXPECT_THAT(measures, testing::IsSupersetOf(*programme));
  // So each measure changes something: its row differs from that without it.
  EXPECT_EQ(fingerprints.size(), rows.size()) << "two rows took the same trajectory";
}

TEST(FingerprintFile, ReadsWhatItWrites) {
  const std::string path = testing::TempDir() + "golden.csv";
  ASSERT_TRUE(write_golden(path, read_golden(csv)));
  const auto rows = read_golden(path);
  ASSERT_EQ(rows.size(), read_golden(csv).size());
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(rows[i].row(), read_golden(csv)[i].row());
}

// A row tells apart what it should: another seed, another number, another measure.
TEST(FingerprintFile, AnotherSeedIsAnotherTrajectory) {
  const Golden row{"scenarios/small/one_berth.yaml", {}, {}, "1", "30 d", "", ""};
  Golden other = row;
  other.seed = "2";
  const auto one = run_golden(row, PORTFLOW_SOURCE_DIR);
  const auto two = run_golden(other, PORTFLOW_SOURCE_DIR);
  ASSERT_TRUE(one && two);
  EXPECT_NE(one->fingerprint, two->fingerprint);
}

}  // namespace
}  // namespace portflow::tests

// What `portflow verify` prints: good rows for what is right, and reasons for what is not.
#include "analysis/verify.hpp"

#include <gtest/gtest.h>

namespace portflow::analysis {
namespace {

/// M/M/1, load 0.5 and one small scenario.
VerifyOptions small() {
  VerifyOptions options;
  options.oracles = {oracles().at(1)};
  options.folder = PORTFLOW_SOURCE_DIR "/tests/oracle";
  options.scenarios = {PORTFLOW_SOURCE_DIR "/scenarios/small/tiny_port.yaml"};
  options.threads = 2;
  return options;
}

TEST(Verify, GivesARowForEveryClaimAndNumberOfThreads) {
  VerifyOptions options = small();
  std::size_t told = 0;
  double done = 0;
  options.on_row = [&](const VerifyRow&, double share) {
    ++told;
    EXPECT_GE(share, done);
    done = share;
  };
  const auto rows = verify(options);
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 4u + 5u);
  EXPECT_EQ(told, rows->size());
  EXPECT_EQ(done, 1);
  for (const VerifyRow& row : *rows) {
    EXPECT_TRUE(row.holds) << row.subject << ": " << row.what << ": " << row.found;
    EXPECT_EQ(row.why, "");
  }
  EXPECT_EQ(rows->front().subject, "M/M/1, load 0.5");
  EXPECT_EQ(rows->front().what, "resource.shop.server.wait");
  EXPECT_EQ(rows->front().expected, "5");
  EXPECT_EQ(rows->back().what, "fingerprint on 8 threads");
  EXPECT_EQ(rows->back().found, rows->back().expected);
}

TEST(Verify, SaysWhyAClaimFails) {
  VerifyOptions options = small();
  options.scenarios.clear();
  options.oracles[0].replications = 2;
  options.oracles[0].settings.emplace_back("horizon.to=2024-01-08");
  options.oracles[0].claims = {{"resource.shop.server.utilisation", 0.6},
                               {"resource.shop.server.wait", 5}};
  const auto rows = verify(options);
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 2u);
  EXPECT_FALSE((*rows)[0].holds);
  EXPECT_FALSE((*rows)[1].holds);
  EXPECT_NE((*rows)[1].why.find("the interval says too little"), std::string::npos);
}

TEST(Verify, MissingFilesAreFaults) {
  VerifyOptions options = small();
  options.folder = "nowhere";
  EXPECT_FALSE(verify(options));
}

}  // namespace
}  // namespace portflow::analysis

// Every file of tests/study/broken is refused with exactly the words of its .expected sibling.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "analysis/study/study.hpp"
#include "spec/broken_files.hpp"

namespace portflow::study {
namespace {

namespace fs = std::filesystem;

constexpr const char* folder = "tests/study/broken";

struct Broken : test::BrokenFile {
  Broken() : BrokenFile(folder) {}
};

TEST_P(Broken, IsRefusedInTheseWords) {
  const auto read = read_study(file());
  const std::string complaints = read ? "" : test::text_of(read.error().errors);
  ASSERT_FALSE(expected().empty()) << complaints;
  EXPECT_EQ(complaints, expected());
}

INSTANTIATE_TEST_SUITE_P(Study, Broken, testing::ValuesIn(test::yaml_stems(folder)),
                         [](const auto& each) { return each.param; });

TEST(BrokenStudies, AreMany) {
  EXPECT_GE(test::yaml_stems(folder).size(), 40u);
}

const std::string good = PORTFLOW_SOURCE_DIR "/tests/study/study.yaml";

TEST(Study, KeepsTheTypesOfItsFactors) {
  const auto study = read_study(good);
  ASSERT_TRUE(study) << study.error().errors.front().text();
  ASSERT_EQ(study->factors.size(), 4u);
  EXPECT_EQ(study->factors[0].text_at(0), "off");
  EXPECT_EQ(study->factors[0].text_at(1), "on");
  EXPECT_EQ(study->factors[1].text_at(0), "1");
  EXPECT_EQ(study->factors[1].text_at(0.5), "2");
  EXPECT_EQ(study->factors[1].text_at(1), "3");
  EXPECT_EQ(study->factors[2].text_at(0.25), "11 h");
  EXPECT_EQ(study->factors[3].text_at(0.4), "fifo");
  EXPECT_EQ(study->factors[3].text_at(0.6), "priority");
  EXPECT_EQ(study->base.seed, 7u);
  EXPECT_EQ(points_of(*study).size(), 16u) << "two levels each";
  run::Request request = study->base;
  for (const Factor& factor : study->factors) factor.apply(1, request);
  EXPECT_THAT(request.measures, testing::ElementsAre("m01"));
  EXPECT_THAT(request.settings,
              testing::ElementsAre("facilities.quay.resources.berth.servers=3",
                                   "demand.ships.arrivals.every.exponential=14 h",
                                   "facilities.quay.resources.berth.discipline=priority"));
  EXPECT_TRUE(run::prepare(request));
}

TEST(Study, EveryStudyOfTheScenariosIsGood) {
  for (const auto& entry : fs::directory_iterator{PORTFLOW_SOURCE_DIR "/scenarios/sweeps"}) {
    const auto study = read_study(entry.path().string());
    EXPECT_TRUE(study) << study.error().errors.front().text();
  }
}

}  // namespace
}  // namespace portflow::study

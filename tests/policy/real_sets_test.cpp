// Sets of the 35 measures of Dalian, on the year in which they begin: no order matters, all go
// together, and who contradicts one of them is told where both stand.
#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "policy/port.hpp"
#include "policy/same.hpp"
#include "run/measures.hpp"

namespace portflow::policy_test {
namespace {

using policy::Measure;

const std::string scenarios = PORTFLOW_SOURCE_DIR "/scenarios/";

std::vector<Measure> all_of_dalian() {
  auto measures = run::all_measures(scenarios + "measures");
  if (!measures) throw std::runtime_error(text_of(measures.error()));
  return *measures;
}

spec::Node dalian(const char* scenario) {
  auto port = io::load(scenarios + "dalian/" + scenario);
  if (!port) throw std::runtime_error(text_of(port.error()));
  return port->root;
}

TEST(RealSets, MeanTheSameInAnyOrder) {
  const spec::Node port = dalian("2024.yaml");
  const std::vector<Measure> all = all_of_dalian();
  ASSERT_EQ(all.size(), 35u);
  std::mt19937 random(20240531);  // its sequence is fixed by the standard
  for (const std::size_t size : {2u, 3u, 5u, 9u, 17u, 35u}) {
    std::vector<Measure> some = all;
    std::ranges::shuffle(some, random);
    some.resize(size);
    const auto expected = policy::compile(port, some);
    ASSERT_TRUE(expected) << text_of(expected.error());
    for (int round = 0; round < 2; ++round) {
      std::ranges::shuffle(some, random);
      const auto again = policy::compile(port, some);
      ASSERT_TRUE(again) << text_of(again.error());
      expect_same(*expected, *again);
    }
  }
}

TEST(RealSets, NameBothFilesAndLinesWhereTwoContradictEachOther) {
  const spec::Node port = dalian("demo.yaml");
  auto measures = run::load_measures(scenarios + "dalian/demo.yaml", {"m03"});
  ASSERT_TRUE(measures);
  measures->push_back(effect("z", "procedures.import_lot.steps.sample.when.chance.aeo, set: 1 %",
                             "starts: 2024-06-01\n"));
  for (int round = 0; round < 2; ++round) {
    const auto refused = policy::compile(port, *measures);
    ASSERT_FALSE(refused);
    EXPECT_THAT(text_of(refused.error()),
                testing::AllOf(testing::HasSubstr("z.yaml:4:5"),
                               testing::HasSubstr("`z` sets this to 1 %, but `m03` sets it to 3 %"),
                               testing::ContainsRegex("m03_aeo_sampling.yaml:[0-9]+")));
    std::ranges::reverse(*measures);
  }
}

/// The two parts of one measure that are adopted by different shares are told apart.
TEST(RealSets, HaveOneAdoptionForEachPartThatSomeFollow) {
  const spec::Node port = dalian("2024.yaml");
  const auto all = policy::compile(port, all_of_dalian());
  ASSERT_TRUE(all) << text_of(all.error());
  std::vector<std::string> parts;
  for (const auto& rule : all->adoptions) parts.push_back(rule.part);
  EXPECT_THAT(parts, testing::IsSupersetOf({"m02.c", "m04", "m26.a"}));
  EXPECT_GT(all->epochs.size(), 1u) << "the year is cut where measures begin";
}

}  // namespace
}  // namespace portflow::policy_test

// Sets of the 35 measures of Dalian, on the year in which they begin: no order matters, all go
// together, and who contradicts one of them is told where both stand.
#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <random>
#include <regex>

#include "policy/port.hpp"
#include "policy/same.hpp"
#include "run/measures.hpp"
#include "spec/number.hpp"

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
  ASSERT_GE(all.size(), 35u);
  std::mt19937 random(20240531);  // its sequence is fixed by the standard
  for (const std::size_t size : {std::size_t{2}, std::size_t{3}, std::size_t{5}, std::size_t{9},
                                 std::size_t{17}, all.size()}) {
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
  measures->push_back(effect("z", "procedures.import_lot.steps.sample.when.chance.no.aeo, set: 1 %",
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

// Who reads that two measures act on the same thing reads it in the file of either.
TEST(RealSets, OverlapBothWays) {
  const std::vector<Measure> all = all_of_dalian();
  std::size_t pairs = 0;
  for (const Measure& one : all) {
    for (const std::string& id : one.overlaps) {
      const auto other = std::ranges::find(all, id, &Measure::id);
      ASSERT_NE(other, all.end()) << one.id << " overlaps " << id;
      EXPECT_THAT(other->overlaps, testing::Contains(one.id)) << id;
      ++pairs;
    }
  }
  EXPECT_GE(pairs, 2 * 7u);
}

// What a measure costs besides stands among its promises, which the demonstration puts to the test.
TEST(RealSets, PromiseTheirHiddenCosts) {
  const std::vector<Measure> all = all_of_dalian();
  const std::map<std::string, std::pair<const char*, const char*>> costs{
      {"m03", {"violations_missed.aeo", "up"}}, {"m15", {"book_overclaims", "up"}},
      {"m17", {"berth_blocked_stay", "up"}},    {"m18", {"cars_unsafe", "up"}},
      {"m21", {"gate_outage", "up"}},           {"m25", {"innocent_stops", "down"}},
      {"m30", {"lab_missed_violations", "up"}}, {"m31", {"violations_missed", "up"}},
      {"m32", {"errors_made", "up"}},
  };
  for (const auto& [id, cost] : costs) {
    const auto found = std::ranges::find(all, id, &Measure::id);
    ASSERT_NE(found, all.end()) << id;
    EXPECT_THAT(found->expect, testing::Contains(testing::Pair(cost.first, cost.second))) << id;
  }
}

TEST(RealSets, SayWhatWasInTheBaseline) {
  for (const Measure& one : all_of_dalian()) {
    EXPECT_THAT(one.settled, testing::HasSubstr("baseline")) << one.id;
  }
}

// Results stand in docs/measures.md, which is made anew with the port; a figure in a file grows
// old.
TEST(RealSets, QuoteNoIntervalOfAResult) {
  for (const Measure& one : all_of_dalian()) {
    EXPECT_FALSE(std::regex_search(one.settled, std::regex("[-+][0-9.]+ to [-+]?[0-9]"))) << one.id;
  }
}

// Who reads the folder finds each file in its table, under its id and with the days its parts
// begin.
TEST(RealSets, StandInTheTableOfTheirFolder) {
  std::ifstream file(scenarios + "measures/README.md");
  std::map<std::string, std::string> rows;
  for (std::string line; std::getline(file, line);) {
    if (!std::regex_search(line, std::regex("^[|] m[0-9]+ "))) continue;
    EXPECT_TRUE(rows.emplace(line.substr(2, 3), line).second) << line;
  }
  EXPECT_GE(rows.size(), 35u);  // the programme; a further file needs no row
  const std::vector<Measure> all = all_of_dalian();
  for (const auto& [id, row] : rows) {
    const auto one = std::ranges::find(all, id, &Measure::id);
    ASSERT_NE(one, all.end()) << row;
    for (const policy::Part& part : one->parts) {
      ASSERT_TRUE(part.starts) << id;
      EXPECT_THAT(row, testing::HasSubstr(to_text(*part.starts).substr(0, 10)))
          << id << " " << part.name;
    }
  }
}

// Each number that nobody has measured says where it may lie, but for all, none, a rank, and a few.
TEST(RealSets, SayTheRangeOfWhatIsAssumed) {
  for (const Measure& one : all_of_dalian()) {
    for (const policy::Part& part : one.parts) {
      const spec::Node* node = &one.node;
      if (!part.name.empty()) node = node->find("parts")->find(part.name);
      for (std::size_t i = 0; i < part.effects.size(); ++i) {
        const policy::Effect& effect = part.effects[i];
        const auto& from = effect.value.provenance;
        ASSERT_TRUE(from && from->confidence && !from->source.empty()) << effect.path_text;
        if (*from->confidence == spec::Confidence::sourced || !effect.value.is_scalar()) continue;
        const auto number = spec::split_number(effect.value.text);
        if (!number || number->unit.empty() || number->unit == "s") continue;
        if (number->value == 0 || number->value == 100) continue;
        EXPECT_NE(node->find("effects")->items[i].find("range"), nullptr)
            << one.id << " " << effect.path_text;
      }
    }
  }
}

}  // namespace
}  // namespace portflow::policy_test

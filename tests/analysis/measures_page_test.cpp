// docs/measures.md says what the files of the measures and the committed results say, and the
// results were made with the numbers that stand in the files. `make measures` makes both anew.
#include "analysis/measures_page.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

#include "run/measures.hpp"

namespace portflow::analysis {
namespace {

const std::string docs = PORTFLOW_SOURCE_DIR "/docs/";

std::vector<policy::Measure> all_of_dalian() {
  auto measures = run::all_measures(PORTFLOW_SOURCE_DIR "/scenarios/measures");
  if (!measures) throw std::runtime_error(measures.error().errors.front().text());
  return *measures;
}

std::vector<Demonstration> results() {
  auto all = read_demonstrations(docs + "measures.json");
  if (!all) throw std::runtime_error(all.error().errors.front().text());
  return *all;
}

TEST(MeasuresPage, IsWhatFilesAndResultsSay) {
  std::ifstream file(docs + "measures.md");
  const std::string page{std::istreambuf_iterator<char>{file}, {}};
  EXPECT_EQ(page, measures_page(all_of_dalian(), results(), "measures.json"));
}

TEST(MeasuresPage, RestsOnResultsOfTheseVeryMeasures) {
  const auto found = results();
  const auto measures = all_of_dalian();
  EXPECT_GE(found.size(), measures.size());
  for (const policy::Measure& measure : measures) {
    SCOPED_TRACE(measure.id);
    const auto one = std::ranges::find(found, measure.id, &Demonstration::measure);
    if (one == found.end()) continue;
    EXPECT_EQ(one->edits, edits_of(measure)) << "measured with other numbers; run `portflow "
                                                "measures effects ID --into docs/measures.json`";
    std::vector<std::string> kpis, promised;
    for (const Effect& effect : one->effects) kpis.push_back(effect.kpi + " " + effect.promise);
    for (const auto& [kpi, promise] : measure.expect) promised.push_back(kpi + " " + promise);
    EXPECT_THAT(kpis, testing::UnorderedElementsAreArray(promised));
    ASSERT_EQ(one->stages.size(), measure.shown.size());
    bool acts = false;  // one that only flags entities shows in what they do elsewhere
    for (std::size_t i = 0; i < one->stages.size(); ++i) {
      EXPECT_EQ(one->stages[i].scenario, measure.shown[i].on);
      EXPECT_EQ(one->stages[i].parts, measure.shown[i].parts);
      EXPECT_EQ(one->stages[i].replications, measure.shown[i].replications);
      acts |= one->stages[i].base_fingerprint != one->stages[i].policy_fingerprint;
    }
    EXPECT_TRUE(acts);
    for (const Untouched& kpi : one->untouched) EXPECT_EQ(kpi.different, 0u) << kpi.kpi;
  }
}

TEST(MeasuresPage, SurvivesItsFile) {
  const auto all = results();
  const std::string path = testing::TempDir() + "measures-results.json";
  std::ofstream(path) << to_json(all);
  const auto again = read_demonstrations(path);
  ASSERT_TRUE(again);
  EXPECT_EQ(to_json(*again), to_json(all));
  std::ofstream(path) << "[{\"measure\": \"m01\"}]";
  EXPECT_FALSE(read_demonstrations(path));
  std::remove(path.c_str());
}

TEST(Evidence, CountsEachEditOnce) {
  policy::Measure measure;
  policy::Part& part = measure.parts.emplace_back();
  using spec::Confidence;
  for (const Confidence one : {Confidence::sourced, Confidence::assumption, Confidence::proxy}) {
    part.effects.emplace_back().value.provenance = spec::Provenance{"x", one, ""};
  }
  part.effects.emplace_back();
  EXPECT_EQ(evidence_text(evidence_of(measure)),
            "1 of 4 sourced, 1 proxy, 1 assumed, 1 unsupported");
}

}  // namespace
}  // namespace portflow::analysis

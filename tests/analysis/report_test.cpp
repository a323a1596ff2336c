// The page: well-formed, escaped, self-contained, and true to what was found.
#include "analysis/report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "analysis/report_sections.hpp"
#include "analysis/well_formed.hpp"

namespace portflow::analysis {
namespace {

using analysis_test::fault_in;
using analysis_test::text_of_elements;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr Tongue english{Language::en};

kpi::Figure figure(double value, const trace::Label& title) {
  kpi::Figure result;
  result.name = "wait";
  result.kind = "span";
  result.statistic = "mean";
  result.unit = "min";
  result.target = 30;
  result.title = title;
  result.definition = {"从排队到查验", "From queue to counter"};
  result.value = value;
  result.restricted = value;
  result.count = 7;
  for (int day = 0; day < 4; ++day) {
    result.curve.push_back({midnight({2025, 6, 1}) + std::chrono::hours{24 * day}, value + day});
  }
  return result;
}

Comparison made_by_hand(const trace::Label& title = {"候检时间", "Wait"}) {
  std::vector<PairedRun> runs;
  for (const double noise : {0.0, 0.5, 1.0, 1.5}) {
    PairedRun run{
        {figure(1500 + noise, title)}, {figure(1000 + 2 * noise, title)}, {{7, 6}}, {}, {}};
    run.census.compared = 7;
    run.census.different = 6;
    runs.push_back(std::move(run));
  }
  Comparison comparison;
  comparison.scenario = "hand-made";
  comparison.title = {"手工算例", "Made by hand"};
  comparison.measures = {{.id = "m07",
                          .title = {"三十分钟", "Thirty minutes"},
                          .in_base = false,
                          .in_policy = true,
                          .expect = {{"wait", "down"}},
                          .unchanged = {}}};
  comparison.engine = "0.1.0";
  comparison.replications = 4;
  comparison.from = comparison.cohort_from = midnight({2025, 6, 1});
  comparison.to = comparison.until = midnight({2025, 6, 5});
  combine(runs, comparison);
  return comparison;
}

TEST(Report, IsWellFormedInBothLanguages) {
  for (const Language language : {Language::en, Language::zh}) {
    EXPECT_EQ(fault_in(report(made_by_hand(), language)), "");
  }
}

TEST(Report, HoldsBothLanguagesAndOpensInOne) {
  const std::string page = report(made_by_hand(), Language::zh);
  EXPECT_THAT(page, HasSubstr(report_in(made_by_hand(), Language::zh)));
  EXPECT_THAT(page, HasSubstr(report_in(made_by_hand(), Language::en)));
  EXPECT_THAT(page, HasSubstr("id=\"zh\" class=\"choice\" checked=\"checked\""));
  EXPECT_THAT(page, Not(HasSubstr("id=\"en\" class=\"choice\" checked")));
}

TEST(Report, WellFormednessTestSeesFaults) {
  EXPECT_NE(fault_in("<!DOCTYPE html>\n<p><b></p></b>"), "");
  EXPECT_NE(fault_in("<!DOCTYPE html>\n<p>a & b</p>"), "");
  EXPECT_NE(fault_in("<!DOCTYPE html>\n<p class=x></p>"), "");
  EXPECT_NE(fault_in("<!DOCTYPE html>\n<p>"), "");
}

TEST(Report, LoadsAndRunsNothing) {
  std::string page = report(made_by_hand(), Language::en);
  const std::string space = "xmlns=\"http://www.w3.org/1999/xhtml\"";
  page.erase(page.find(space), space.size());
  for (const char* word : {"http", "<script", "src=", "url(", "@import", "<link"}) {
    EXPECT_THAT(page, Not(HasSubstr(word)));
  }
}

TEST(Report, EscapesWhatComesFromFiles) {
  const std::string evil = "<script>alert('&\"')</script>";
  Comparison comparison = made_by_hand({evil, evil});
  comparison.title = {evil, evil};
  comparison.scenario = comparison.engine = evil;
  comparison.measures.front().title = {evil, evil};
  comparison.census.movers.push_back({.name = evil, .role = evil});
  for (Pair& pair : comparison.kpis) {
    pair.base.heading.definition = {evil, evil};
    pair.base.heading.unit = evil;
  }
  const std::string page = report(comparison, Language::en);
  EXPECT_EQ(fault_in(page), "");
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(&#39;&amp;&quot;&#39;)"));
}

TEST(Report, WritesNumbersWithTrueMinusAndGroups) {
  EXPECT_EQ(fixed_text(-1234567.891, 1), "\u22121,234,567.9");
  EXPECT_EQ(signed_text(0.25, 2), "+0.25");
  EXPECT_EQ(signed_text(-0.0001, 2), "0.00");
  EXPECT_EQ(fixed_text(0, 4), "0");
  EXPECT_EQ(count_text(999), "999");
  EXPECT_EQ(count_text(1000), "1,000");
  EXPECT_EQ(decimals_for(36.39, 4), 2);
  EXPECT_EQ(decimals_for(123456, 3), 0);
  EXPECT_EQ(unit_text("h", Tongue{Language::zh}), " 小时");
  EXPECT_EQ(difference_unit_text("%", english), " points");
}

TEST(Report, SaysWhatIsBetterAndByHowMuch) {
  const std::string page = report(made_by_hand(), Language::en);
  // Differences -500, -499.5, -499, -498.5: mean -499.25.
  EXPECT_THAT(page, HasSubstr("clearly better on 1 of 1 indicators, clearly worse on 0"));
  EXPECT_THAT(page, HasSubstr("\u2212499 min"));
  EXPECT_THAT(page, HasSubstr("\u25bc better"));
  EXPECT_THAT(page, HasSubstr("borne out"));
}

TEST(Report, OneReplicationClaimsNothing) {
  Comparison comparison;
  PairedRun run{{figure(2, {})}, {figure(1, {})}, {{7, 6}}, {}, {}};
  run.census.different = 6;
  combine({run}, comparison);
  comparison.replications = 1;
  const std::string page = report(comparison, Language::en);
  EXPECT_THAT(page, HasSubstr("One replication alone cannot tell"));
  EXPECT_THAT(page, Not(HasSubstr("\u25bc better")));
}

TEST(Report, SaysOfInstitutionalMeasuresThatTheyAreNoForecast) {
  Comparison comparison = made_by_hand();
  EXPECT_THAT(report(comparison, Language::en), Not(HasSubstr("not forecast")));
  comparison.measures.front().institutional = true;
  EXPECT_THAT(report(comparison, Language::en), HasSubstr("(scenario, not forecast)"));
  EXPECT_THAT(report(comparison, Language::zh), HasSubstr("情景，非预测"));
}

TEST(Report, ChineseHeadingsHoldNoEnglish) {
  const std::string page = "<!DOCTYPE html>\n" + report_in(made_by_hand(), Language::zh);
  for (const char* element : {"h1", "h2", "h3", "th", "summary"}) {
    for (const char letter : text_of_elements(page, element)) {
      const bool latin = (letter >= 'a' && letter <= 'z') || (letter >= 'C' && letter <= 'Z');
      // A and B name the arms; m07 is the measure's own id.
      EXPECT_FALSE(latin && letter != 'm') << element << ": " << text_of_elements(page, element);
      if (latin && letter != 'm') return;
    }
  }
}

TEST(Report, OfAScenarioWithItselfFindsNoDifference) {
  run::Request request;
  request.scenario = PORTFLOW_SOURCE_DIR "/scenarios/small/one_berth.yaml";
  request.until = "30 d";
  const auto prepared = run::prepare(request);
  ASSERT_TRUE(prepared) << prepared.error().errors.front().text();
  CompareOptions options;
  options.replications = 2;
  const auto comparison = compare(**prepared, **prepared, options);
  ASSERT_TRUE(comparison);
  ASSERT_GT(comparison->census.compared, 20u);
  const std::string count = count_text(comparison->census.compared);
  std::string en = "No difference in any of ", zh = count;
  en += count;
  en += " entities.";
  zh += " 个实体中无一有差异。";
  EXPECT_THAT(report(*comparison, Language::en), HasSubstr(en));
  EXPECT_THAT(report(*comparison, Language::zh), HasSubstr(zh));
}

TEST(Report, FileHoldsThePageOrTheFaultNamesIt) {
  const Comparison comparison = made_by_hand();
  const std::string path = PORTFLOW_BINARY_DIR "/report_test.html";
  ASSERT_TRUE(write_report(comparison, path, Language::zh));
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  EXPECT_EQ(text.str(), report(comparison, Language::zh));
  const auto failed = write_report(comparison, PORTFLOW_BINARY_DIR "/no/such/r.html", Language::en);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, Failure::disk);
}

TEST(Report, ShowsWhatToMeasureFirstWhereSomebodyLooked) {
  Comparison comparison = made_by_hand();
  EXPECT_THAT(report(comparison, Language::en), Not(HasSubstr("least supported numbers")));
  comparison.weakest = {{"parameters.a<b.value", "8 h", "proxy", "wait", 6.02}};
  const std::string page = report(comparison, Language::en);
  EXPECT_EQ(fault_in(page), "");
  EXPECT_THAT(page, HasSubstr("The least supported numbers that matter most"));
  EXPECT_THAT(
      page,
      HasSubstr("<code>parameters.a&lt;b.value</code></td><td class=\"l\"><code>8 h</code></td>"
                "<td class=\"l\">proxy</td><td class=\"l\"><code>wait</code></td>"
                "<td>+6.02\u00a0%</td>"));
}

}  // namespace
}  // namespace portflow::analysis

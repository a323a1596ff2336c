// Published figures against runs whose answers are known.
#include "analysis/calibration/validation.hpp"

#include <gmock/gmock.h>

#include "analysis/calibration/wording.hpp"
#include "run/support.hpp"

namespace portflow::calibration {
namespace {

using run_test::Scratch;
using testing::HasSubstr;

/// An M/M/1 queue of load 0.8: 40 h in port, of which 32 h waiting; 876 calls a year.
std::string port(const Scratch& scratch, const std::string& rows) {
  return scratch.write("port.yaml",
                       "portflow: 1\nextends: " + run_test::scenario("small/one_berth.yaml") +
                           "\nsources: {theory: {title: queueing theory}}\n"
                           "published:\n" +
                           rows);
}

const std::string rows =
    "  wait: {of: berth_wait, unit: h, value: 32 h, range: [16 h, 64 h], how: result, source: "
    "theory, "
    "confidence: sourced}\n"
    "  calls: {of: count(procedure.call.time), per: year, unit: \"1\", value: 876, range: [780, "
    "970], "
    "how: set, source: theory, confidence: derived}\n"
    "  served: {of: time_in_port - berth_wait, unit: h, at_least: 9 h, how: result, held_out: "
    "true, "
    "source: theory, confidence: proxy, because: {en: the service takes 8 h}}\n"
    "  longest: {of: max(berth_wait) / 24, unit: d, at_least: 1 d, how: result, source: theory}\n";

Validation validated(const Scratch& scratch, std::uint32_t replications) {
  run::Request request;
  request.scenario = port(scratch, rows);
  analysis::RunMany many;
  many.replications = replications;
  many.threads = 2;
  auto result = validate(*run_test::prepare(request), request.scenario, many);
  EXPECT_TRUE(result) << run_test::text_of(result.error());
  return std::move(*result);
}

TEST(Validation, WorksOutEveryFigureForEachReplication) {
  const Scratch scratch("validation");
  const Validation validation = validated(scratch, 8);
  ASSERT_EQ(validation.rows.size(), 4u);
  const Checked& wait = validation.rows[0];
  EXPECT_EQ(wait.standing, Standing::in_range);
  ASSERT_EQ(wait.values.size(), 8u);
  ASSERT_TRUE(wait.interval);
  EXPECT_LT(wait.interval->low, 32);
  EXPECT_GT(wait.interval->high, 32);
  const Checked& calls = validation.rows[1];
  EXPECT_NEAR(*calls.found, 876, 60) << "counted over 175 days, told for 365";
  const Checked& served = validation.rows[2];
  EXPECT_NEAR(*served.found, 8, 0.4);
  EXPECT_EQ(served.standing, Standing::out);
}

TEST(Validation, OfAMaximumTellsTheRangeOfTheRuns) {
  const Scratch scratch("validation");
  const Checked longest = validated(scratch, 3).rows[3];
  ASSERT_TRUE(longest.interval);
  EXPECT_EQ(longest.interval->low, *std::ranges::min(longest.values));
  EXPECT_EQ(longest.interval->high, *std::ranges::max(longest.values));
}

TEST(Validation, PutsHeldOutRowsApartAndSaysWhatMisses) {
  const Scratch scratch("validation");
  const Validation validation = validated(scratch, 2);
  EXPECT_EQ(grid_of(validation, false).rows.size(), 3u);
  EXPECT_EQ(grid_of(validation, true).rows.size(), 1u);
  const std::string text = markdown_of(validation);
  EXPECT_THAT(text, HasSubstr("Held out, so nothing was tuned to these:\n\n| # | figure |"));
  EXPECT_THAT(text, HasSubstr("- Misses: **served**: the service takes 8 h\n"));
  EXPECT_THAT(text, HasSubstr("| at least 9 h | proxy |"));
  EXPECT_THAT(text, HasSubstr("| 32 h (16 to 64) | sourced |"));
}

TEST(Validation, OfAScenarioThatPublishesNothingIsRefused) {
  run::Request request;
  request.scenario = run_test::scenario("small/one_berth.yaml");
  const auto result = validate(*run_test::prepare(request), "one_berth.yaml", {});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().errors.front().text(),
            "one_berth.yaml: publishes no figures to hold its runs against; a block `published` "
            "lists them");
}

TEST(Wording, GroupsThousandsAndKeepsFourDigits) {
  EXPECT_EQ(number_text(4'978'312.4), "4,978,000");
  EXPECT_EQ(number_text(999.96), "1,000");
  EXPECT_EQ(number_text(1'000.4), "1,000");
  EXPECT_EQ(number_text(-12'345), "-12,350");
  EXPECT_EQ(number_text(0.57123), "0.5712");
  EXPECT_EQ(number_text(std::nullopt), "-");
}

TEST(Wording, ReplacesOneBlockOfAPage) {
  const std::string page =
      "# Page\n<!-- portflow x a.yaml -->\nold\n<!-- end -->\nbetween\n<!-- portflow x b.yaml "
      "-->\nother\n<!-- end -->\n";
  const auto changed = with_block(page, "page.md", "portflow x b.yaml", "new\n");
  ASSERT_TRUE(changed);
  EXPECT_EQ(
      *changed,
      "# Page\n<!-- portflow x a.yaml -->\nold\n<!-- end -->\nbetween\n<!-- portflow x b.yaml "
      "-->\n\nnew\n\n<!-- end -->\n");
  EXPECT_EQ(*with_block(*changed, "page.md", "portflow x b.yaml", "new\n"), *changed);
  const auto refused = with_block(page, "page.md", "portflow x c.yaml", "new\n");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().errors.front().text(),
            "page.md: has no block from a line `<!-- portflow x c.yaml -->` to a line `<!-- end "
            "-->`; write both where the result belongs");
}

}  // namespace
}  // namespace portflow::calibration

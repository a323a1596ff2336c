// docs/validation.md is what the commands that it names write: wholly for a cheap scenario, and for
// the others as far as no run is needed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "analysis/calibration/problem.hpp"
#include "analysis/calibration/unmeasured.hpp"
#include "analysis/calibration/wording.hpp"
#include "analysis/weakest.hpp"
#include "cli/shell.hpp"
#include "run/run.hpp"

namespace portflow {
namespace {

namespace fs = std::filesystem;
using test::portflow;
using test::Said;
using testing::HasSubstr;

const std::string page_file = PORTFLOW_SOURCE_DIR "/docs/validation.md";

/// What stands in the page under each command.
std::map<std::string, std::string> blocks() {
  static const std::regex mark("<!-- portflow ([^\n]*) -->");
  std::istringstream lines(test::text_of(page_file));
  std::map<std::string, std::string> found;
  std::string* open = nullptr;
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (std::regex_match(line, match, mark)) {
      open = &found[match[1].str()];
    } else if (line == "<!-- end -->") {
      open = nullptr;
    } else if (open != nullptr) {
      *open += line + "\n";
    }
  }
  return found;
}

std::size_t rows_in(const std::string& block) {
  static const std::regex row(R"(^\| (\d*) \| )");
  std::istringstream lines(block);
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line);)
    count += std::regex_search(line, row) ? 1u : 0u;
  return count;
}

TEST(ValidationPage, NamesEveryPublishedFigureAsTheScenarioDoes) {
  std::size_t scenarios = 0;
  for (const auto& [command, block] : blocks()) {
    if (!command.starts_with("validate ")) continue;
    ++scenarios;
    const bool held_out = command.ends_with(" --held-out");
    run::Request request;
    request.scenario =
        PORTFLOW_SOURCE_DIR "/" + command.substr(9, command.size() - 9 - (held_out ? 11 : 0));
    const auto prepared = run::prepare(request);
    ASSERT_TRUE(prepared) << command << "\n" << prepared.error().errors.front().text();
    std::size_t rows = 0;
    for (const spec::Published& row : (*prepared)->scenario().published) {
      if (held_out && !row.held_out) continue;
      ++rows;
      EXPECT_THAT(block,
                  HasSubstr("| " + row.title.en + " | " + calibration::published_text(row) + " | "))
          << command << ": " << row.name << "; run `make validation`";
    }
    EXPECT_EQ(rows_in(block), rows) << command << "; run `make validation`";
  }
  EXPECT_GE(scenarios, 4u);
}

TEST(ValidationPage, IsWhatTheCommandWrites) {
  const std::string copy = test::scratch("validation.md");
  fs::copy_file(page_file, copy);
  const Said said =
      portflow("validate scenarios/yingkou/2023.yaml --replications 3 --quiet --into " + copy);
  EXPECT_EQ(said.code, 0) << said.err;
  EXPECT_EQ(test::text_of(copy), test::text_of(page_file)) << "run `make validation`";
}

/// The cells of a Markdown table's row, trimmed.
std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream parts(line);
  for (std::string cell; std::getline(parts, cell, '|');) {
    const auto from = cell.find_first_not_of(' ');
    cells.push_back(from == std::string::npos
                        ? std::string()
                        : cell.substr(from, cell.find_last_not_of(' ') - from + 1));
  }
  return cells;
}

/// The checks that a baseline of 2023 should pass are numbered 1 to 6 and are not held out.
TEST(ValidationPage, HasEveryNumberedCheckOf2023InItsRange) {
  std::istringstream lines(blocks().at("validate scenarios/dalian/2023.yaml"));
  std::set<std::string> checks, misses;
  for (std::string line; std::getline(lines, line);) {
    const auto cells = cells_of(line);
    if (cells.size() != 9 || cells[1].empty() || cells[1] == "#" || cells[1] == "---") continue;
    checks.insert(cells[1]);
    if (!cells[8].starts_with("yes")) misses.insert(cells[2]);
  }
  EXPECT_EQ(checks, (std::set<std::string>{"1", "2", "3", "4", "5", "6"}));
  EXPECT_EQ(misses, std::set<std::string>{});
}

/// It takes minutes to run, so a test asks that the committed result is one of this problem: every
/// target within its tolerance, and an overlay with what was found.
TEST(ValidationPage, HasACalibrationThatCameToItsEnd) {
  const auto problem =
      calibration::read_problem(PORTFLOW_SOURCE_DIR "/scenarios/dalian/calibration/2023.yaml");
  ASSERT_TRUE(problem) << problem.error().errors.front().text();
  EXPECT_EQ(problem->parameters.size(), 4u);
  EXPECT_EQ(problem->targets.size(), 4u);
  const std::string block = blocks().at("calibrate scenarios/dalian/calibration/2023.yaml");
  EXPECT_THAT(block, HasSubstr("every target is within its tolerance"));
  const std::string overlay =
      test::text_of(PORTFLOW_SOURCE_DIR "/scenarios/dalian/calibration/2023_found.yaml");
  std::istringstream lines(block);
  std::size_t found = 0, within = 0;
  for (std::string line; std::getline(lines, line);) {
    const auto cells = cells_of(line);
    for (const auto& parameter : problem->parameters) {
      if (cells.size() != 6 || cells[1] != parameter.name) continue;
      ++found;
      EXPECT_THAT(overlay, HasSubstr(cells[5])) << "the overlay is of another run";
    }
    within += cells.size() == 6 && cells[5] == "yes" ? 1u : 0u;
  }
  EXPECT_EQ(found, problem->parameters.size());
  EXPECT_EQ(within, problem->targets.size());
  run::Request request;
  request.scenario = PORTFLOW_SOURCE_DIR "/scenarios/dalian/calibration/2023_found.yaml";
  EXPECT_TRUE(run::prepare(request));
}

TEST(Validate, AsksForABlockToWriteInto) {
  const std::string page = test::scratch("page.md");
  std::ofstream(page) << "# No block\n";
  const Said said =
      portflow("validate scenarios/yingkou/2023.yaml --until 8d --quiet --into " + page);
  EXPECT_EQ(said.code, 2);
  EXPECT_THAT(said.err, HasSubstr("has no block from a line `<!-- portflow validate "
                                  "scenarios/yingkou/2023.yaml -->` to a line `<!-- end -->`"));
}

TEST(Calibrate, ExitsWithALimitWhenTheBudgetIsSpent) {
  const std::string file = test::scratch("short.yaml");
  std::ofstream(file)
      << "portflow: 1\nname: short\nscenario: " PORTFLOW_SOURCE_DIR
         "/scenarios/small/one_berth.yaml\nevaluations: 2\n"
         "parameters: {service: {set: "
         "procedures.call.steps.moor.takes.exponential, bounds: [4 h, 9 h]}}\n"
         "targets: {wait: {of: berth_wait, unit: h, wanted: 12 h, tolerance: 0.001 h}}\n";
  const Said said = portflow("calibrate " + file);
  EXPECT_EQ(said.code, 4);
  EXPECT_THAT(said.out, HasSubstr("the budget is spent"));
}

TEST(Sensitivity, OfTheReportIsOfNumbersThatStandInTheScenario) {
  const auto numbers = analysis::read_weakest(
      PORTFLOW_SOURCE_DIR "/scenarios/dalian/calibration/weakest.json", 10'000);
  const auto known =
      calibration::unmeasured(PORTFLOW_SOURCE_DIR "/scenarios/dalian/2023_week.yaml");
  ASSERT_TRUE(numbers && known);
  std::map<std::string, std::string> values;
  for (const analysis::WeakNumber& one : *known) values[one.field] = one.value;
  EXPECT_GT(numbers->size(), 300U);
  for (const analysis::WeakNumber& one : *numbers) {
    ASSERT_TRUE(values.contains(one.field)) << one.field;
    EXPECT_EQ(one.value, values[one.field]) << one.field;
  }
}

TEST(Sensitivity, TellsWhatMattersMost) {
  const Said said =
      portflow("sensitivity scenarios/small/one_berth.yaml --kpi berth_wait --by 1 --threads 2");
  EXPECT_EQ(said.code, 0) << said.err;
  EXPECT_THAT(said.out, HasSubstr("procedures.call.steps.moor.takes"));
  const Said refused = portflow("sensitivity scenarios/small/one_berth.yaml --kpi bert_wait");
  EXPECT_EQ(refused.code, 2);
  EXPECT_THAT(refused.err, HasSubstr("did you mean `berth_wait`"));
}

}  // namespace
}  // namespace portflow

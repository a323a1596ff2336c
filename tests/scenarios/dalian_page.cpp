// docs/reference/dalian.md names every part of Dalian, and every KPI that it names exists.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "run/run.hpp"
#include "scenarios/small_runs.hpp"

namespace portflow::scenario_test {
namespace {

std::string page() {
  std::ifstream file(PORTFLOW_SOURCE_DIR "/docs/reference/dalian.md");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The words in backticks of each table row's last cell.
std::set<std::string> read_by(const std::string& text) {
  static const std::regex row(R"(^\|.*\|([^|]*)\|$)"), word("`([a-z0-9_]+)`");
  std::istringstream lines(text);
  std::set<std::string> found;
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (!std::regex_match(line, match, row)) continue;
    const std::string cell = match[1];
    for (std::sregex_iterator at(cell.begin(), cell.end(), word), end; at != end; ++at)
      found.insert((*at)[1]);
  }
  return found;
}

TEST(DalianPage, NamesEveryPart) {
  const std::string text = page();
  // Evidence, definitions and the ground that all stand on are no objects.
  const std::set<std::string> others{
      "core", "kpis", "network", "published", "published_whole", "sources", "sources_authorities"};
  for (const auto& entry : std::filesystem::directory_iterator(scenarios() + "dalian/parts")) {
    const std::string name = entry.path().stem().string();
    if (others.contains(name)) continue;
    const std::string word = name.starts_with("liners_") ? "liners_*" : name;
    EXPECT_THAT(text, testing::HasSubstr("`" + word + "`")) << entry.path();
  }
}

TEST(DalianPage, NamesKpisThatExist) {
  run::Request request;
  request.scenario = scenarios() + "dalian/2023.yaml";
  const auto prepared = run::prepare(request);
  ASSERT_TRUE(prepared);
  std::set<std::string> known;
  for (const auto& kpi : (*prepared)->scenario().kpis) known.insert(kpi.name);
  const std::set<std::string> named = read_by(page());
  EXPECT_GT(named.size(), 60u);
  for (const std::string& name : named) EXPECT_TRUE(known.contains(name)) << name;
}

/// The viewer shows the first six in this order; a part that comes before kpis.yaml would push them
/// off.
TEST(DalianKpis, TilesAreItsFirstSix) {
  for (const char* name : {"dalian/demo.yaml", "dalian/2023.yaml", "dalian/whole_demo.yaml"}) {
    run::Request request;
    request.scenario = scenarios() + name;
    const auto prepared = run::prepare(request);
    ASSERT_TRUE(prepared);
    std::vector<std::string> first;
    for (const auto& kpi : (*prepared)->scenario().kpis) first.push_back(kpi.name);
    first.resize(6);
    EXPECT_THAT(first, testing::ElementsAre("import_clearance_time", "vessel_time_in_port",
                                            "truck_time", "transit_hold",
                                            "border_wait_share_over_30min", "sea_rail_share"))
        << name;
  }
}

}  // namespace
}  // namespace portflow::scenario_test

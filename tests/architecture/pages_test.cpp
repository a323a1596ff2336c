// What is written beside the sources can be found: links lead somewhere, decisions have an index.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <filesystem>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "architecture/rules.hpp"

namespace portflow::architecture {
namespace {

namespace fs = std::filesystem;

const fs::path root{PORTFLOW_SOURCE_DIR};

std::vector<fs::path> pages() {
  std::vector<fs::path> found{root / "README.md", root / "CHANGELOG.md"};
  for (const char* const folder : {"docs", "scenarios", "tests"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      if (entry.path().extension() == ".md") found.push_back(entry.path());
    }
  }
  return found;
}

/// Where the links of `text` lead to, without the place within the page.
std::vector<std::string> links(const std::string& text) {
  static const std::regex link{R"(\]\(([^)\s#]+)(#[^)\s]*)?\))"};
  std::vector<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), link), end; at != end; ++at) {
    found.push_back((*at)[1].str());
  }
  return found;
}

TEST(Pages, LinkToWhatIsThere) {
  std::vector<std::string> dead;
  std::size_t seen = 0;
  for (const fs::path& page : pages()) {
    for (const std::string& link : links(contents(page))) {
      if (link.find("://") != std::string::npos) continue;
      ++seen;
      if (fs::exists(page.parent_path() / link)) continue;
      dead.push_back(fmt::format("{}: {}", page.lexically_relative(root).string(), link));
    }
  }
  EXPECT_GT(seen, 100U) << "the links were not found";
  EXPECT_THAT(dead, testing::IsEmpty());
}

TEST(Decisions, StandInTheIndexInOrder) {
  const fs::path folder = root / "docs/decisions";
  std::set<std::string> decisions;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().filename() != "README.md") decisions.insert(entry.path().filename().string());
  }
  EXPECT_THAT(links(contents(folder / "README.md")), testing::ElementsAreArray(decisions));
}

}  // namespace
}  // namespace portflow::architecture

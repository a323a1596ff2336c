// What README.md and the pages on traces say the program prints is what it prints.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "cli/page.hpp"
#include "cli/shell.hpp"

namespace portflow {
namespace {

namespace fs = std::filesystem;

TEST(Readme, ExamplesPrintWhatItSays) {
  const std::vector<test::Example> examples =
      test::examples_of(test::text_of(PORTFLOW_SOURCE_DIR "/README.md"));
  ASSERT_GE(examples.size(), 4u);
  for (const test::Example& example : examples) {
    const test::Said said = test::portflow(example.command);
    EXPECT_EQ(test::without_seconds(said.out + said.err), test::without_seconds(example.output))
        << "$ portflow " << example.command;
  }
}

class Page : public testing::TestWithParam<std::string> {};

// After a change that was meant, run this test with PORTFLOW_WRITE_DOCS=1 to bring the page up.
TEST_P(Page, ExamplesPrintWhatItSays) {
  const std::string path = PORTFLOW_SOURCE_DIR "/docs/" + GetParam();
  std::string page = test::text_of(path);
  const fs::path folder = fs::path(test::scratch("page")).parent_path();
  if (!fs::exists(folder / "scenarios")) {
    fs::create_directory_symlink(PORTFLOW_SOURCE_DIR "/scenarios", folder / "scenarios");
  }
  const auto commands = test::preparations_of(page);
  EXPECT_FALSE(commands.empty());
  for (const std::string& command : commands) {
    const test::Said said = test::portflow_in(folder, command + " --quiet --force");
    ASSERT_EQ(said.code, 0) << command << "\n" << said.err;
  }
  const auto examples = test::examples_of(page);
  EXPECT_FALSE(examples.empty());
  for (const test::Example& example : examples) {
    const test::Said said = test::portflow_in(folder, example.command);
    const std::string printed = said.out + said.err;
    if (test::says(example.output, printed)) continue;
    if (std::getenv("PORTFLOW_WRITE_DOCS") == nullptr) {
      EXPECT_EQ(printed, example.output) << "$ portflow " << example.command;
      continue;
    }
    const std::string command = "$ portflow " + example.command + "\n";
    page.replace(page.find(command) + command.size(), example.output.size(), printed);
    std::ofstream(path) << page;
  }
  fs::remove_all(folder);
}

INSTANTIATE_TEST_SUITE_P(OnTraces, Page,
                         testing::Values("why.md", "reference/trace.md", "report.md"),
                         [](const auto& page) { return "Page" + std::to_string(page.index); });

}  // namespace
}  // namespace portflow

// The file as others see it: h5py, h5dump, and the page that describes it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>

#include "random_rows.hpp"
#include "trace/column.hpp"

namespace portflow::trace {
namespace {

std::string output_of(const std::string& command) {
  std::string text;
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return {};
  char line[4096];
  while (std::fgets(line, sizeof line, pipe) != nullptr) text += line;
  if (::pclose(pipe) != 0) text += "(failed)";
  return text;
}

/// The lines that sums.py must print for the rows of one table: sums of what stands in the rows.
template <class Row>
void add_sums(const Layout& layout, const std::vector<Row>& rows, std::string& text) {
  for (const Column& column : layout.columns) {
    std::uint64_t sum = 0;
    for (const Row& row : rows) {
      std::uint64_t value = 0;
      std::memcpy(&value, reinterpret_cast<const std::byte*>(&row) + column.offset,
                  row_size_of(column));
      sum += value;
    }
    text += layout.path.substr(1) + "/" + column.name + " " + std::to_string(rows.size()) + " " +
            std::to_string(sum) + " " + (column.unit.empty() ? "-" : column.unit) + "\n";
  }
}

/// The line for one member of rows that are stored otherwise.
template <class Row, class T>
void add_sum(const char* name, const std::vector<Row>& rows, T Row::* member, std::string& text,
             const char* unit) {
  std::uint64_t sum = 0;
  for (const Row& row : rows) {
    std::uint64_t value = 0;
    std::memcpy(&value, &(row.*member), sizeof(T));
    sum += value;
  }
  text += std::string(name) + " " + std::to_string(rows.size()) + " " + std::to_string(sum) + " " +
          unit + "\n";
}

TEST(OtherTools, H5pyReadsTheSameNumbers) {
  const Folder folder;
  const Schema schema = small_schema();
  const Batch batch = RandomRows(20).batch(20'000, 2, schema);
  ASSERT_EQ(write_trace(folder.file("a.h5"), schema, batch), "");
  const std::string seen = output_of(
      "/usr/bin/python3 " PORTFLOW_SOURCE_DIR "/tests/trace/sums.py " + folder.file("a.h5"));
  std::string expected =
      "format portflow-trace 4\nseed 18364758544493064720 0123456789abcdef\n"
      "steps import.berth import.discharge import.inspect import.gate\n";
  add_sum("born/after", batch.born, &Born::at, expected, "ms");
  add_sum("born/entity", batch.born, &Born::entity, expected, "-");
  add_sum("born/parent", batch.born, &Born::parent, expected, "-");
  add_sum("born/ordinal", batch.born, &Born::ordinal, expected, "count");
  add_sum("born/role", batch.born, &Born::role, expected, "code");
  add_sum("marks/at", batch.marks, &MarkSet::at, expected, "-");
  add_sum("marks/entity", batch.marks, &MarkSet::entity, expected, "-");
  add_sum("marks/mark", batch.marks, &MarkSet::mark, expected, "code");
  add_sum("marks/is_void", batch.marks, &MarkSet::is_void, expected, "flag");
  add_sums(layout_of(Table::steps), batch.steps, expected);
  add_sums(layout_of(Table::ended), batch.ended, expected);
  add_sum("paths/at", batch.paths, &PathPart::at, expected, "-");
  add_sum("paths/begin", batch.paths, &PathPart::begin, expected, "-");
  add_sum("paths/end", batch.paths, &PathPart::end, expected, "-");
  add_sum("paths/entity", batch.paths, &PathPart::entity, expected, "-");
  add_sum("paths/owner", batch.paths, &PathPart::owner, expected, "-");
  add_sum("paths/holder", batch.paths, &PathPart::holder, expected, "-");
  add_sum("paths/step", batch.paths, &PathPart::step, expected, "code");
  add_sum("paths/resource", batch.paths, &PathPart::resource, expected, "code");
  add_sum("paths/cause", batch.paths, &PathPart::cause, expected, "code");
  add_sums(layout_of(Table::moves), batch.moves, expected);
  add_sums(layout_of(Table::levels), batch.levels, expected);
  add_sums(layout_of(Table::ledger), batch.ledger, expected);
  std::istringstream lines(expected);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_NE(seen.find(line + "\n"), std::string::npos) << line << "\nis not in\n" << seen;
  }
  const auto liners = std::ranges::count(batch.born, std::uint16_t{0}, &Born::role);
  EXPECT_NE(seen.find("entities/liners/teu " + std::to_string(liners) + " "), std::string::npos);
  EXPECT_NE(seen.find("entities/liners.lots.boxes/weight "), std::string::npos);
}

TEST(OtherTools, H5dumpShowsTheLayout) {
  const Folder folder;
  ASSERT_EQ(write_trace(folder.file("a.h5"), small_schema(), {}), "");
  const std::string seen = output_of("h5dump -H " + folder.file("a.h5"));
  EXPECT_EQ(seen.find("(failed)"), std::string::npos);
  EXPECT_NE(seen.find("DATASET \"wait\""), std::string::npos);
}

std::string reference_page() {
  std::ostringstream page;
  page << std::ifstream(PORTFLOW_SOURCE_DIR "/docs/reference/trace.md").rdbuf();
  return page.str();
}

/// What stands in the page between the first ```kind and the ``` after it.
std::string block_of(const std::string& page, const std::string& kind) {
  const std::string fence = "```" + kind + "\n";
  const std::size_t from = page.find(fence);
  if (from == std::string::npos) return {};
  const std::size_t begin = from + fence.size();
  return page.substr(begin, page.find("```", begin) - begin);
}

TEST(Reference, ExamplePrintsWhatThePageSays) {
  const Folder folder;
  const Batch batch = RandomRows(1).batch(20'000, 30, small_schema());
  ASSERT_EQ(write_trace(folder.file("a.h5"), small_schema(), batch), "");
  const std::string page = reference_page();
  std::ofstream(folder.file("example.py")) << block_of(page, "python");
  EXPECT_EQ(output_of("cd " + folder.file("") + " && /usr/bin/python3 example.py"),
            block_of(page, "text"));
}

std::string row_of(const std::string& path, const Column& column) {
  std::string meaning = column.definition;
  if (column.codes != Codes::none && column.codes != Codes::causes) {
    meaning += "; index into `" + dictionary_of(column.codes) + "`";
  }
  if (column.codes == Codes::causes) meaning += "; index into the attribute `categories`";
  return "| `" + path + "/" + column.name + "` | " + std::string(name_of(column.cell)) + " | " +
         column.unit + " | " + meaning + " |\n";
}

/// The tables of docs/reference/trace.md, as the code has them.
std::string reference() {
  const char* levels[] = {"kpi, stages, full", "stages, full", "full"};
  std::string text;
  const auto add = [&](const Layout& layout, const std::string& path) {
    text += "\n### `" + path + "`\n\n" + layout.definition +
            ". Level: " + levels[static_cast<std::size_t>(layout.least)] +
            ".\n\n| column | type | unit | meaning |\n|---|---|---|---|\n";
    for (const Column& column : layout.columns) text += row_of(path, column);
  };
  RoleInfo role;
  role.name = "R";
  role.attributes = {{"A", "its unit", {}}, {"C", "", {"category"}}};
  add(layout_of(role), "/entities/R");
  for (std::size_t i = 0; i < table_count; ++i) {
    const Layout& layout = layout_of(static_cast<Table>(i));
    add(layout, layout.path);
  }
  return text + "\n";
}

// After a change of columns run this test with PORTFLOW_WRITE_DOCS=1 to bring the page up.
TEST(Reference, IsWhatTheCodeSays) {
  const std::string path = PORTFLOW_SOURCE_DIR "/docs/reference/trace.md";
  const std::string text = reference_page();
  const std::string begin = "<!-- columns begin -->\n", end = "<!-- columns end -->";
  const std::size_t from = text.find(begin), to = text.find(end);
  ASSERT_NE(from, std::string::npos);
  ASSERT_NE(to, std::string::npos);
  const std::string stored = text.substr(from + begin.size(), to - from - begin.size());
  if (std::getenv("PORTFLOW_WRITE_DOCS") != nullptr) {
    std::ofstream(path) << text.substr(0, from + begin.size()) << reference() << text.substr(to);
  } else {
    EXPECT_EQ(stored, reference());
  }
}

}  // namespace
}  // namespace portflow::trace

// The KPIs of a run in its trace: what the page says of them, and which curves are among them.
#include "analysis/kpi_tables.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace portflow::analysis {
namespace {

using Numbers = std::vector<double>;
using Counts = std::vector<std::uint64_t>;

const trace::SheetColumn& column(const trace::SheetTable& table, std::string_view name) {
  for (const trace::SheetColumn& one : table.columns) {
    if (one.name == name) return one;
  }
  throw std::out_of_range(std::string(name));
}

template <class Values>
Values values(const trace::SheetTable& table, std::string_view name) {
  return std::get<Values>(column(table, name).values);
}

std::vector<kpi::Figure> two_figures() {
  std::vector<kpi::Figure> figures(3);
  figures[0].name = "calls";
  figures[0].kind = "count";
  figures[0].value = 7;
  figures[1].name = "dwell";
  figures[1].kind = "span";
  figures[1].value = figures[1].mean = 1.5;
  figures[1].unfinished = 2;
  figures[1].curve = {{SimTime{}, 1.25}, {SimTime{} + Days{1}, 1.75}};
  figures[2].name = "resource.quay.berth.queue_length";
  figures[2].kind = "level";
  figures[2].curve = {{SimTime{}, 3}};
  return figures;
}

TEST(KpiTables, HaveARowAFigureAndADay) {
  const auto tables = kpi_tables(two_figures());
  ASSERT_EQ(tables.size(), 2U);
  EXPECT_EQ(values<std::vector<std::string>>(tables[0], "name")[1], "dwell");
  EXPECT_EQ(values<Numbers>(tables[0], "value")[0], 7);
  EXPECT_TRUE(std::isnan(values<Numbers>(tables[0], "mean")[0]));
  EXPECT_EQ(values<Counts>(tables[0], "unfinished"), (Counts{0, 2, 0}));
  EXPECT_EQ(values<Counts>(tables[1], "kpi"), (Counts{1, 1})) << "queues stand in /levels";
  EXPECT_EQ(values<std::vector<std::int64_t>>(tables[1], "at"),
            (std::vector<std::int64_t>{0, 86'400'000}));
  EXPECT_EQ(values<Numbers>(tables[1], "value"), (Numbers{1.25, 1.75}));
}

std::string type_of(const trace::SheetColumn& one) {
  constexpr std::array<const char*, 4> names{"float64", "int64", "uint64", "text"};
  return names[one.values.index()];
}

std::string reference() {
  std::string text;
  for (const trace::SheetTable& table : kpi_tables({})) {
    text += "\n### `" + table.path + "`\n\n" + table.definition +
            ".\n\n| column | type | unit | meaning |\n|---|---|---|---|\n";
    for (const trace::SheetColumn& one : table.columns) {
      text += "| `" + table.path + "/" + one.name + "` | " + type_of(one) + " | " + one.unit +
              " | " + one.definition + " |\n";
    }
  }
  return text + "\n";
}

// After a change of columns run this test with PORTFLOW_WRITE_DOCS=1 to bring the page up.
TEST(KpiTables, AreWhatThePageSays) {
  const std::string path = PORTFLOW_SOURCE_DIR "/docs/reference/trace.md";
  std::ostringstream page;
  page << std::ifstream(path).rdbuf();
  const std::string text = page.str();
  const std::string begin = "<!-- results begin -->\n", end = "<!-- results end -->";
  const std::size_t from = text.find(begin), to = text.find(end);
  ASSERT_NE(from, std::string::npos);
  ASSERT_NE(to, std::string::npos);
  if (std::getenv("PORTFLOW_WRITE_DOCS") != nullptr) {
    std::ofstream(path) << text.substr(0, from + begin.size()) << reference() << text.substr(to);
  } else {
    EXPECT_EQ(text.substr(from + begin.size(), to - from - begin.size()), reference());
  }
}

}  // namespace
}  // namespace portflow::analysis

// A trace as CSV: the day worked out by hand, sums, quoting, and files that are there already.
#include "analysis/export_csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "analysis/csv_file.hpp"
#include "analysis/traced.hpp"
#include "procedure/by_hand.hpp"

namespace portflow::analysis {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>{file}, {}};
}

/// Rows without the heading; good for files without quotes.
std::vector<std::vector<std::string>> rows_of(const fs::path& path) {
  std::istringstream lines(text_of(path));
  std::vector<std::vector<std::string>> rows;
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    auto& row = rows.emplace_back();
    std::istringstream fields(line + ",");
    for (std::string field; std::getline(fields, field, ',');) row.push_back(field);
  }
  return rows;
}

/// An instant with its milliseconds.
SimTime instant(const std::string& text) {
  return *parse_time(text.substr(0, 19)) + Duration{std::stoi(text.substr(20))};
}

class ExportCsv : public testing::Test {
 public:
  ExportCsv()
      : folder(fs::path(PORTFLOW_BINARY_DIR) / "scratch" / ("csv-" + std::to_string(::getpid()))) {
    fs::remove_all(folder);
  }
  ~ExportCsv() override { fs::remove_all(folder); }

 protected:
  [[nodiscard]] fs::path file(const std::string& name) const { return folder / (name + ".csv"); }

  fs::path folder;
};

TEST_F(ExportCsv, TheDayByHand) {
  const auto trace = test::Traced::of_text(procedure_test::by_hand);
  const auto exported = export_csv(*trace->record(), folder.string(), false);
  ASSERT_TRUE(exported.has_value());
  EXPECT_EQ(exported->files.size(), 7u);
  EXPECT_TRUE(exported->left_out.empty());
  EXPECT_THAT(
      text_of(file("entities")),
      HasSubstr("ships-1/lots-1/boxes-3,ships-1/lots-1,ships/lots/boxes,box,box,,2024-01-01 "
                "16:00:00.000\n"));
  const std::string stages = text_of(file("stages"));
  EXPECT_THAT(stages,
              testing::StartsWith("entity,role,step,resource,ready [UTC+08:00],start [UTC+08:00],"
                                  "end [UTC+08:00],wait [s],service [s]\n"));
  EXPECT_THAT(stages, HasSubstr("ships-1/lots-1,ships/lots,lot.look,customs.officer,2024-01-01 "
                                "17:00:00.000,2024-01-02 08:30:00.000,2024-01-02 "
                                "09:00:00.000,55800.000,1800.000\n"));
  const std::string causes = text_of(file("causes"));
  EXPECT_THAT(causes, HasSubstr("ships-1/lots-1,ships/lots,2024-01-01 16:00:00.000,2024-01-02 "
                                "09:00:00.000,closed,53400.000\n"));
  EXPECT_EQ(rows_of(file("stages")).size(), 12u);
  // The officer waits for the lot from 08:30 to 09:00: two quarters in full use.
  EXPECT_THAT(text_of(file("resources")),
              HasSubstr("customs.officer,,2024-01-02 08:30:00.000,2024-01-02 08:45:00.000,1,1,0,"));
}

TEST_F(ExportCsv, HasEveryRowAndCausesThatAddUp) {
  const test::Traced trace("scenarios/small/tiny_port.yaml");
  const auto record = trace.record();
  const auto exported = export_csv(*record, folder.string(), false);
  ASSERT_TRUE(exported.has_value());
  std::map<std::string, std::uint64_t> rows;
  for (const auto& one : exported->files) rows[fs::path(one.path).stem().string()] = one.rows;
  const std::map<std::string, std::string> of{
      {"born", "entities"}, {"steps", "stages"}, {"moves", "movements"}, {"levels", "resources"}};
  for (const trace::Reader::Table& table : record->reader().tables()) {
    const auto name = of.find(table.name);
    if (name == of.end()) continue;
    EXPECT_EQ(rows[name->second], table.rows) << table.name;
  }
  EXPECT_EQ(rows_of(file("stages")).size(), rows["stages"]);
  std::map<std::string, std::int64_t> sums;
  std::map<std::string, std::int64_t> lives;
  for (const auto& row : rows_of(file("causes"))) {
    sums[row[0]] += std::llround(std::stod(row[5]) * 1000);
    lives[row[0]] = (instant(row[3]) - instant(row[2])).count();
  }
  EXPECT_GT(sums.size(), 1000u);
  EXPECT_EQ(sums, lives);
}

TEST_F(ExportCsv, DoesNotReplaceUnasked) {
  const test::Traced full("scenarios/small/one_berth.yaml");
  const test::Traced kpi("scenarios/small/one_berth.yaml", trace::Detail::kpi, {}, 2);
  ASSERT_TRUE(export_csv(*full.record(), folder.string(), false).has_value());
  const std::string before = text_of(file("entities"));
  const auto refused = export_csv(*kpi.record(), folder.string(), false);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, Failure::disk);
  EXPECT_THAT(refused.error().errors.front().message, HasSubstr("--force"));
  EXPECT_EQ(text_of(file("entities")), before);
  // What the new trace does not hold does not stay behind.
  const auto forced = export_csv(*kpi.record(), folder.string(), true);
  ASSERT_TRUE(forced.has_value());
  EXPECT_EQ(forced->left_out, (std::vector<std::string>{"stages", "movements"}));
  EXPECT_FALSE(fs::exists(file("stages")));
  EXPECT_NE(text_of(file("entities")), before);
  for (const auto& entry : fs::directory_iterator(folder)) {
    EXPECT_EQ(entry.path().extension(), ".csv");
  }
}

TEST_F(ExportCsv, AFileInPlaceOfTheFolderIsADiskFault) {
  fs::create_directories(folder.parent_path());
  std::ofstream(folder) << "no folder";
  const test::Traced trace("scenarios/small/one_berth.yaml", trace::Detail::kpi);
  const auto refused = export_csv(*trace.record(), folder.string(), true);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, Failure::disk);
  EXPECT_EQ(text_of(folder), "no folder");
}

TEST_F(ExportCsv, FieldsAreQuotedWhereTheyMustBe) {
  fs::create_directories(folder);
  {
    CsvFile csv(file("a").string(), {"plain", "a, b"});
    csv.text("say \"no\"").text("two\nlines").end_row();
    csv.seconds(Duration{-1'005}).time(SimTime{Duration{500}}).end_row();
    csv.nothing().real(0.1).end_row();
    ASSERT_TRUE(csv.finish().has_value());
    EXPECT_FALSE(fs::exists(file("a")));
    ASSERT_TRUE(csv.keep().has_value());
    EXPECT_EQ(csv.rows(), 3u);
  }
  EXPECT_EQ(text_of(file("a")),
            "plain,\"a, b\"\n\"say \"\"no\"\"\",\"two\nlines\"\n-1.005,1970-01-01 00:00:00.500\n"
            ",0.1\n");
  CsvFile full("/dev/full/never", {"a"});
  EXPECT_EQ(full.finish().error().kind, Failure::disk);
}

}  // namespace
}  // namespace portflow::analysis

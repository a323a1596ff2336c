// A table of results as HDF5, and the same bytes whenever it is written.
#include "trace/sheet.hpp"

#include <gtest/gtest.h>
#include <hdf5.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace portflow::trace {
namespace {

namespace fs = std::filesystem;

std::string scratch(const std::string& name) {
  return (fs::temp_directory_path() / ("portflow-sheet-" + std::to_string(getpid()) + name))
      .string();
}

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>{file}, {}};
}

const std::vector<SheetColumn> columns{{"value", "h", "time", std::vector<double>{1.5, -2}},
                                       {"count", "1", "entities", std::vector<std::uint64_t>{7, 8}},
                                       {"kpi", "", "name", std::vector<std::string>{"a", "时间"}}};

TEST(Sheet, IsADatasetAColumn) {
  const std::string path = scratch("a.h5");
  ASSERT_TRUE(write_sheet(path, {{"format", "portflow-results"}}, columns));
  EXPECT_FALSE(fs::exists(path + ".partial"));
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  ASSERT_GE(file, 0);
  const hid_t set = H5Dopen2(file, "value", H5P_DEFAULT);
  std::array<double, 2> values{};
  EXPECT_GE(H5Dread(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), 0);
  EXPECT_EQ(values, (std::array<double, 2>{1.5, -2}));
  EXPECT_GT(H5Aexists(set, "unit"), 0);
  EXPECT_GT(H5Lexists(file, "kpi", H5P_DEFAULT), 0);
  EXPECT_GT(H5Aexists(file, "format"), 0);
  H5Dclose(set);
  H5Fclose(file);
  fs::remove(path);
}

TEST(Sheet, EqualTablesAreEqualBytes) {
  const std::string a = scratch("b.h5"), b = scratch("c.h5");
  ASSERT_TRUE(write_sheet(a, {}, columns));
  usleep(1'100'000);
  ASSERT_TRUE(write_sheet(b, {}, columns));
  EXPECT_EQ(bytes_of(a), bytes_of(b));
  EXPECT_GT(bytes_of(a).size(), 500u);
  fs::remove(a);
  fs::remove(b);
}

TEST(Sheet, AFolderThatIsNotThereIsADiskFault) {
  const auto written = write_sheet("/nowhere/at/all.h5", {}, columns);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, Failure::disk);
}

}  // namespace
}  // namespace portflow::trace

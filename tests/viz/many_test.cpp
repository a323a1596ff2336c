// The program on a trace of ten million movements: what it takes to search in it and to choose.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "trace/writer.hpp"

namespace portflow::viz {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::uint64_t most = 10'000'000;
constexpr std::int64_t bound_mib = 512;

trace::Schema schema_of() {
  trace::Schema schema;
  schema.scenario_name = "many";
  schema.roles = {{.name = "ships",
                   .type = "ship",
                   .procedure = "",
                   .flow = "export",
                   .mode = "ship",
                   .attributes = {}},
                  {.name = "ships/boxes",
                   .type = "box",
                   .procedure = "",
                   .flow = "import",
                   .mode = "truck",
                   .attributes = {}}};
  schema.routes = {
      {.name = "a > b (road)", .mode = "road", .longitudes = {121, 122}, .latitudes = {39, 39}},
      {.name = "b > c (sea)", .mode = "sea", .longitudes = {122, 123}, .latitudes = {39, 39}}};
  schema.from = schema.cohort_from = SimTime(hours(460'000));
  schema.to = schema.until = schema.from + hours(24 * 365);
  return schema;
}

/// One in a hundred is a ship of two days; the others are her boxes, of 40 minutes.
void write(const std::string& path) {
  const trace::Schema schema = schema_of();
  auto writer =
      trace::Writer::open(path, schema, trace::Detail::stages, true, {.wall = hours(1)}).value();
  trace::Batch batch;
  std::vector<trace::Ended> sailing;
  const Duration gap = (schema.to - schema.from - hours(72)) / static_cast<std::int64_t>(most);
  for (std::uint64_t i = 0; i < most; ++i) {
    const bool ship = i % 100 == 0;
    const auto role = static_cast<std::uint16_t>(ship ? 0 : 1);
    // Numbers spread over all 64 bits, as hashes are.
    const auto id = [](std::uint64_t number) { return (number + 1) * 0x9e3779b97f4a7c15ull; };
    const SimTime at = schema.from + gap * static_cast<std::int64_t>(i);
    const SimTime end = at + (ship ? Duration(hours(48)) : Duration(minutes(40)));
    const trace::EntityId parent = ship ? trace::no_entity : id(i - i % 100);
    const auto ordinal = static_cast<std::uint32_t>(ship ? i / 100 + 1 : i % 100);
    batch.born.push_back({at, id(i), parent, ordinal, role});
    batch.moves.push_back({at, at, end, id(i), static_cast<std::uint16_t>(1 - role), role});
    sailing.push_back({.at = end, .end = end, .created = at, .entity = id(i), .role = role});
    sailing.back().ticks_by_cause[static_cast<std::size_t>(Cause::travel)] = (end - at).count();
    if (batch.born.size() < 50'000) continue;
    const auto over = std::stable_partition(sailing.begin(), sailing.end(),
                                            [&](const auto& row) { return row.at >= at; });
    batch.ended.assign(over, sailing.end());
    sailing.erase(over, sailing.end());
    std::stable_sort(batch.ended.begin(), batch.ended.end(),
                     [](const auto& a, const auto& b) { return a.at < b.at; });
    writer->consume(batch);
    batch.clear();
  }
  ASSERT_TRUE(writer->finish("0000000000000a11", most, schema.until));
}

/// The most memory that the program ever had [MiB]; -1 where it failed.
std::int64_t peak_of(std::vector<std::string> arguments) {
  std::string program = PORTFLOW_BINARY_DIR "/bin/portflow-view";
  std::vector<char*> argv{program.data()};
  for (std::string& one : arguments) argv.push_back(one.data());
  argv.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    execv(argv[0], argv.data());
    _exit(127);
  }
  int status = 0;
  rusage used{};
  if (wait4(child, &status, 0, &used) != child || status != 0) return -1;
  return used.ru_maxrss / 1024;
}

TEST(Many, TenMillionAreSearchedAndComparedWithinTheBound) {
  const std::string own = PORTFLOW_BINARY_DIR "/viz_many_" + std::to_string(getpid());
  const std::string path = own + ".h5";
  const std::string picture = own + ".png";
  write(path);
  const std::int64_t chosen =
      peak_of({path, "--select", "ships-50000/boxes-7", "--screenshot", picture});
  EXPECT_GT(chosen, 0) << "it failed";
  EXPECT_LE(chosen, bound_mib);
  EXPECT_TRUE(std::filesystem::exists(picture));
  const std::int64_t both = peak_of({path, path, "--screenshot", picture});
  EXPECT_GT(both, 0) << "it failed";
  EXPECT_LE(both, bound_mib);
  // Where there is no room for what is sorted, that is said, and not that nobody has the name.
  const std::string told = own + ".txt";
  const std::string nowhere = "TMPDIR=/proc " PORTFLOW_BINARY_DIR "/bin/portflow-view " + path +
                              " --select ships-50000/boxes-7 --screenshot " + picture + " 2> " +
                              told;
  EXPECT_EQ(WEXITSTATUS(std::system(nowhere.c_str())), 5);
  std::stringstream words;
  words << std::ifstream(told).rdbuf();
  EXPECT_NE(words.str().find("cannot make a scratch file in"), std::string::npos) << words.str();
  for (const std::string& file : {path, picture, told}) std::remove(file.c_str());
}

}  // namespace
}  // namespace portflow::viz

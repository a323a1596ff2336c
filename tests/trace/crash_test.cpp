// Killed at any moment: what the file holds is a consistent cut, and not far behind.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include "random_rows.hpp"
#include "trace/reader.hpp"
#include "trace/recover.hpp"

namespace portflow::trace {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int days = 400;
constexpr milliseconds wall{50};

/// A day's rows: many steps, few of everything else, and a role that is born once a month.
Batch day_of(int day, const Schema& schema) {
  const SimTime from = midnight({2024, 6, 1}) + Days{day};
  Batch batch = RandomRows(static_cast<std::uint64_t>(day) + 1).batch(60, 1, schema, from);
  Batch steps = RandomRows(static_cast<std::uint64_t>(day) + 5000).batch(4000, 1, schema, from);
  batch.steps = std::move(steps.steps);
  // The walk of random stamps may run past the day; rows come sealed day by day.
  const auto clip = [last = from + Days{1} - Duration{1}](auto& rows) {
    for (auto& row : rows) row.at = std::min(row.at, last);
  };
  clip(batch.born), clip(batch.marks), clip(batch.steps), clip(batch.ended);
  clip(batch.paths), clip(batch.moves), clip(batch.levels), clip(batch.ledger);
  for (std::size_t i = 0, value = 0; i < batch.born.size(); ++i) {
    const std::size_t width = schema.roles[batch.born[i].role].attributes.size();
    if (batch.born[i].role == 0 && day % 30 != 0) {
      batch.attributes.erase(batch.attributes.begin() + static_cast<std::ptrdiff_t>(value),
                             batch.attributes.begin() + static_cast<std::ptrdiff_t>(value + width));
      batch.born[i].role = 1;  // has no attributes
      continue;
    }
    value += width;
  }
  batch.sealed = from + Days{1};
  return batch;
}

[[noreturn]] void write_days(const std::string& path, int pipe, milliseconds pause) {
  const Schema schema = small_schema();
  auto writer = Writer::open(path, schema, Detail::full, false, {.wall = wall});
  if (!writer) ::_exit(2);
  for (int day = 0; day < days; ++day) {
    (*writer)->consume(day_of(day, schema));
    if (::write(pipe, &day, sizeof day) != sizeof day) ::_exit(3);
    std::this_thread::sleep_for(pause);
  }
  const auto done = (*writer)->finish("0123456789abcdef", 1, midnight({2025, 7, 6}));
  ::_exit(done ? 0 : 4);
}

/// A process that writes a trace day by day.
class Recording {
 public:
  Recording(const std::string& path, milliseconds pause) {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe(ends.data()), 0);
    child_ = ::fork();
    if (child_ == 0) write_days(path, ends[1], pause);
    ::close(ends[1]);
    pipe_ = ends[0];
  }
  ~Recording() {
    kill();
    ::close(pipe_);
  }
  Recording(const Recording&) = delete;
  Recording& operator=(const Recording&) = delete;

  void kill() {
    if (child_ <= 0) return;
    ::kill(child_, SIGKILL);
    ::waitpid(std::exchange(child_, -1), &status_, 0);
  }
  [[nodiscard]] bool was_killed() const { return WIFSIGNALED(status_); }
  /// Returns once that day was handed to the writer; false where the process ended before.
  bool wait_for(int wanted) const {
    int day = -1;
    while (day < wanted && ::read(pipe_, &day, sizeof day) == sizeof day) {
    }
    return day >= wanted;
  }

 private:
  pid_t child_{-1};
  int pipe_{-1};
  int status_{0};
};

/// The first `count` days, as they were recorded.
Batch days_until(SimTime sealed, const Schema& schema) {
  Keep keep;
  for (int day = 0; midnight({2024, 6, 1}) + Days{day} < sealed; ++day) {
    keep.consume(day_of(day, schema));
  }
  return std::move(keep.whole);
}

/// Opens, reads all, and compares with what was recorded. \returns up to when it reaches.
SimTime expect_consistent(const std::string& path, const Schema& schema) {
  const auto reader = Reader::open(path);
  EXPECT_TRUE(reader) << first_message(reader.error());
  if (!reader) return SimTime::min();
  EXPECT_TRUE((*reader)->losses().empty()) << (*reader)->losses().front();
  const auto sealed = (*reader)->sealed();
  EXPECT_TRUE(sealed);
  const auto all = (*reader)->all();
  EXPECT_TRUE(all) << first_message(all.error());
  if (!all || !sealed) return SimTime::min();
  EXPECT_EQ(difference(days_until(*sealed, schema), *all), "") << to_text(*sealed);
  Keep keep;
  EXPECT_TRUE((*reader)->replay(keep));
  EXPECT_EQ(difference(*all, keep.whole), "");
  return *sealed;
}

TEST(Killed, AtAnyMomentAllTablesEndAtOneInstant) {
  const Schema schema = small_schema();
  std::mt19937 random(20240601);
  const auto below = [&](int most) { return std::uniform_int_distribution<int>(0, most)(random); };
  int saved = 0;
  for (int round = 0; round < 10; ++round) {
    const Folder folder;
    const std::string path = folder.file("a.h5");
    Recording recording(path, milliseconds(round % 4));
    ASSERT_TRUE(recording.wait_for(below(days / 5)));
    std::this_thread::sleep_for(std::chrono::microseconds(below(100'000)));
    recording.kill();
    if (!recording.was_killed()) continue;
    if (expect_consistent(path + ".partial", schema) > midnight({2024, 6, 1})) ++saved;
  }
  EXPECT_GT(saved, 3) << "most kills come after the first checkpoint";
}

/// However slowly a run goes on, what it has told is safe up to a simulated day, and soon.
TEST(Killed, NothingOlderThanADayAndAMomentIsLost) {
  const Schema schema = small_schema();
  const Folder folder;
  const std::string path = folder.file("a.h5");
  Recording recording(path, std::chrono::seconds(600));
  ASSERT_TRUE(recording.wait_for(0));
  const auto told = steady_clock::now();
  SimTime sealed = SimTime::min();
  while (sealed < midnight({2024, 6, 2}) && steady_clock::now() < told + std::chrono::seconds(30)) {
    std::this_thread::sleep_for(milliseconds(10));
    if (const auto reader = Reader::open(path + ".partial")) sealed = *(*reader)->sealed();
  }
  recording.kill();
  EXPECT_EQ(sealed, midnight({2024, 6, 2}));
  // Ten seconds, where it asked for a twentieth of one: machines of tests are busy.
  EXPECT_LT(steady_clock::now() - told, std::chrono::seconds(10));
  EXPECT_EQ(expect_consistent(path + ".partial", schema), sealed);
}

/// What `recover` writes is whole: other tools open it without a word, and it holds the same.
TEST(Recover, MakesAWholeFileOfWhatAKillLeft) {
  const Schema schema = small_schema();
  const Folder folder;
  const std::string path = folder.file("a.h5"), out = folder.file("b.h5");
  Recording recording(path, milliseconds(5));
  ASSERT_TRUE(recording.wait_for(100));
  std::this_thread::sleep_for(milliseconds(200));
  const auto early = recover(path + ".partial", out, false);
  ASSERT_FALSE(early);
  EXPECT_NE(first_message(early.error()).find("a run is still writing this trace"),
            std::string::npos)
      << first_message(early.error());
  recording.kill();
  ASSERT_TRUE(recording.was_killed());
  const auto saved = recover(path + ".partial", out, false);
  ASSERT_TRUE(saved) << first_message(saved.error());
  EXPECT_TRUE(saved->losses.empty());
  EXPECT_EQ(expect_consistent(out, schema), saved->sealed);
  EXPECT_EQ((*Reader::open(out))->schema().until, saved->sealed);
  const std::string sums = "/usr/bin/python3 " PORTFLOW_SOURCE_DIR "/tests/trace/sums.py " + out;
  EXPECT_EQ(std::system((sums + " > /dev/null").c_str()), 0);
  const auto itself = recover(path + ".partial", path, true);
  ASSERT_FALSE(itself);
  EXPECT_NE(first_message(itself.error()).find("over what it is made from"), std::string::npos);
  const auto again = recover(path + ".partial", out, false);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, Failure::disk);
  EXPECT_NE(first_message(again.error()).find("exists already; --force"), std::string::npos);
}

TEST(Recover, RefusesWhatThereIsNothingToRecoverFrom) {
  const Folder folder;
  const auto refusal = [&](const std::string& name) {
    const auto done = recover(folder.file(name), folder.file("out.h5"), false);
    return done ? "" : first_message(done.error());
  };
  EXPECT_NE(refusal("none").find("No such file"), std::string::npos);
  std::ofstream(folder.file("text")) << "name: two berths\n";
  EXPECT_NE(refusal("text").find("not an HDF5 file"), std::string::npos);
  ASSERT_EQ(write_trace(folder.file("a.h5"), small_schema(), {}), "");
  EXPECT_NE(refusal("a.h5").find("nothing to recover"), std::string::npos);
  // Not a moment was simulated.
  ASSERT_TRUE(Writer::open(folder.file("b.h5"), small_schema(), Detail::kpi, false));
  EXPECT_NE(refusal("b.h5.partial").find("nothing was saved"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(folder.file("out.h5")));
}

/// One reader stays open while the next opens: each sees the file as it is at its own opening.
TEST(Live, AReaderFollowsARunInProgress) {
  const Schema schema = small_schema();
  const Folder folder;
  const std::string path = folder.file("a.h5");
  Recording recording(path, milliseconds(10));
  const auto partial = path + ".partial";
  const auto patience = steady_clock::now() + std::chrono::seconds(60);
  std::vector<SimTime> seen;
  while (seen.size() < 4 && steady_clock::now() < patience) {
    std::this_thread::sleep_for(milliseconds(20));
    const auto reader = Reader::open(partial);
    if (!reader) continue;  // not made yet
    const auto sealed = (*reader)->sealed();
    ASSERT_TRUE(sealed);
    if (*sealed == SimTime::min() || (!seen.empty() && *sealed == seen.back())) continue;
    if (!seen.empty()) {
      EXPECT_GT(*sealed, seen.back());
    }
    seen.push_back(expect_consistent(partial, schema));
  }
  EXPECT_EQ(seen.size(), 4U) << "the file did not grow while it was written";
}

TEST(Live, ADatasetOpenedEarlyShowsWhatCameLaterToH5py) {
  const Folder folder;
  const std::string path = folder.file("a.h5");
  Recording recording(path, milliseconds(10));
  const std::string follow = "timeout 60 /usr/bin/python3 " PORTFLOW_SOURCE_DIR
                             "/tests/trace/follow.py " +
                             path + ".partial";
  EXPECT_EQ(std::system(follow.c_str()), 0);
}

TEST(Claimed, AFileThatIsBeingWrittenIsNotOverwritten) {
  const Folder folder;
  const std::string path = folder.file("a.h5");
  auto first = Writer::open(path, small_schema(), Detail::kpi, false);
  ASSERT_TRUE(first) << first_message(first.error());
  const auto second = Writer::open(path, small_schema(), Detail::kpi, true);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, Failure::disk);
  EXPECT_NE(first_message(second.error()).find("a run is still writing it"), std::string::npos)
      << first_message(second.error());
  EXPECT_TRUE((*first)->finish("0123456789abcdef", 1, SimTime{}));
}

}  // namespace
}  // namespace portflow::trace

// Files that go away, or out of reach, while they are being written.
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "random_rows.hpp"
#include "trace/reader.hpp"

namespace portflow::trace {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

/// A trace of which a first day is safe.
std::unique_ptr<Writer> started(const std::string& path) {
  auto writer = Writer::open(path, small_schema(), Detail::full, false, {.wall = milliseconds(20)});
  EXPECT_TRUE(writer) << first_message(writer.error());
  Batch day = RandomRows(1).batch(100, 1, small_schema());
  day.sealed = midnight({2024, 6, 2});
  (*writer)->consume(day);
  // For a checkpoint; one process cannot both write and read a file, so there is no asking.
  std::this_thread::sleep_for(milliseconds(1000));
  return std::move(*writer);
}

/// Waits until the writer has noticed that it cannot go on.
bool notices(Writer& writer) {
  for (int patience = 0; patience < 600; ++patience) {
    Batch day = RandomRows(2).batch(10, 1, small_schema(), midnight({2024, 6, 5}) + Days{patience});
    day.sealed = day.levels.back().at + Days{1};
    writer.consume(day);
    std::this_thread::sleep_for(milliseconds(20));
    if (writer.failed()) return true;
  }
  return false;
}

std::string end_of(Writer& writer) {
  const auto done = writer.finish("0123456789abcdef", 1, SimTime{});
  if (done) return "";
  EXPECT_EQ(done.error().kind, Failure::disk);
  return first_message(done.error());
}

TEST(Lost, AFileThatVanishedIsNoticedWhileTheRunGoesOn) {
  const Folder folder;
  const auto writer = started(folder.file("a.h5"));
  fs::remove(folder.file("a.h5.partial"));
  EXPECT_TRUE(notices(*writer));
  const std::string why = end_of(*writer);
  EXPECT_NE(why.find("the file vanished while it was being written: No such file"),
            std::string::npos)
      << why;
  EXPECT_FALSE(fs::exists(folder.file("a.h5")));
}

TEST(Lost, AFileInItsPlaceIsLeftAlone) {
  const Folder folder;
  const auto writer = started(folder.file("a.h5"));
  fs::rename(folder.file("a.h5.partial"), folder.file("moved"));
  std::ofstream(folder.file("a.h5.partial")) << "mine";
  EXPECT_TRUE(notices(*writer));
  const std::string why = end_of(*writer);
  EXPECT_NE(why.find("another file took the place"), std::string::npos) << why;
  EXPECT_EQ(fs::file_size(folder.file("a.h5.partial")), 4U);
  // What was moved away is still a trace.
  const auto reader = Reader::open(folder.file("moved"));
  ASSERT_TRUE(reader) << first_message(reader.error());
  const auto rows = (*reader)->all();
  ASSERT_TRUE(rows);
  EXPECT_FALSE(rows->steps.empty());
}

TEST(Lost, WithoutPermissionToRenameTheRowsStayReadable) {
  const Folder folder;
  const std::string locked = folder.file("locked");
  fs::create_directory(locked);
  const auto writer = started(locked + "/a.h5");
  using fs::perms;
  fs::permissions(locked, perms::owner_read | perms::owner_exec | perms::group_read |
                              perms::group_exec | perms::others_read | perms::others_exec);
  std::string why;
  if (::geteuid() == 0) {
    // Root may write anywhere; so the rest is done as somebody who may not.
    fs::permissions(folder.file(""), fs::perms::all);
    fs::permissions(locked + "/a.h5.partial", fs::perms::all);
    ASSERT_EQ(::seteuid(65534), 0);
    why = end_of(*writer);
    ASSERT_EQ(::seteuid(0), 0);
  } else {
    why = end_of(*writer);
  }
  EXPECT_NE(why.find("cannot rename the trace: Permission denied"), std::string::npos) << why;
  EXPECT_NE(why.find("what was written until then stays in"), std::string::npos) << why;
  const auto reader = Reader::open(locked + "/a.h5.partial");
  ASSERT_TRUE(reader) << first_message(reader.error());
  const auto rows = (*reader)->all();
  ASSERT_TRUE(rows) << first_message(rows.error());
  EXPECT_FALSE(rows->steps.empty());
  fs::permissions(locked, fs::perms::all);
}

}  // namespace
}  // namespace portflow::trace

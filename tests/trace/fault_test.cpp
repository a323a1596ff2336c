// Files that cannot be written, and files that are not what they should be.
#include <gtest/gtest.h>
#include <hdf5.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "random_rows.hpp"
#include "trace/reader.hpp"

namespace portflow::trace {
namespace {

using testing::internal::CaptureStderr;
using testing::internal::GetCapturedStderr;

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void put_bytes(const std::string& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

/// Opens and reads everything there is; \returns the fault's text, or nothing.
std::string read_fault(const std::string& path, Batch* rows = nullptr) {
  const auto reader = Reader::open(path);
  if (!reader) return first_message(reader.error());
  Keep keep;
  const auto replayed = (*reader)->replay(keep);
  auto all = (*reader)->all();
  EXPECT_EQ(replayed.has_value(), all.has_value()) << "both roads meet the same damage";
  if (!all) return first_message(all.error());
  if (rows != nullptr) *rows = std::move(*all);
  return {};
}

TEST(WriterFault, KeepsATraceThatExists) {
  const Folder folder;
  ASSERT_EQ(write_trace(folder.file("a.h5"), small_schema(), {}), "");
  const auto second = Writer::open(folder.file("a.h5"), small_schema(), Detail::kpi, false);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, Failure::disk);
  EXPECT_NE(first_message(second.error()).find("exists already; --force"), std::string::npos);
  Batch batch;
  batch.marks.push_back({SimTime{}, 1, 2, 0});
  EXPECT_EQ(write_trace(folder.file("a.h5"), small_schema(), batch, Detail::kpi, true), "");
  Batch back;
  EXPECT_EQ(read_fault(folder.file("a.h5"), &back), "");
  EXPECT_EQ(back.marks.size(), 1U);
}

TEST(WriterFault, KeepsWhatAnUnfinishedRunLeft) {
  const Folder folder;
  {
    auto lost = Writer::open(folder.file("a.h5"), small_schema(), Detail::kpi, false);
  }
  EXPECT_FALSE(std::filesystem::exists(folder.file("a.h5")));
  const auto second = Writer::open(folder.file("a.h5"), small_schema(), Detail::kpi, false);
  ASSERT_FALSE(second);
  EXPECT_NE(first_message(second.error()).find("did not finish"), std::string::npos);
  EXPECT_EQ(write_trace(folder.file("a.h5"), small_schema(), {}, Detail::kpi, true), "");
}

TEST(WriterFault, SaysWhyItCannotCreate) {
  const Folder folder;
  put_bytes(folder.file("plain"), "x");
  for (const auto& [path, why] : std::map<std::string, std::string>{
           {folder.file("missing/a.h5"), "No such file or directory"},
           {folder.file("plain/a.h5"), "Not a directory"},
           {"/proc/a.h5", "cannot create the trace"}}) {
    const auto writer = Writer::open(path, small_schema(), Detail::full, false);
    ASSERT_FALSE(writer) << path;
    EXPECT_EQ(writer.error().kind, Failure::disk);
    EXPECT_NE(first_message(writer.error()).find(why), std::string::npos)
        << first_message(writer.error());
  }
}

/// Whoever runs the tests, for a while without the powers of root, who may write anywhere.
class AsNobody {
 public:
  AsNobody() {
    if (root_) {
      EXPECT_EQ(::seteuid(65534), 0);
    }
  }
  ~AsNobody() {
    if (root_) {
      EXPECT_EQ(::seteuid(0), 0);
    }
  }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;

 private:
  bool root_{::geteuid() == 0};
};

TEST(WriterFault, RefusesAFolderWithoutPermission) {
  const Folder folder;
  const std::string locked = folder.file("locked");
  std::filesystem::create_directory(locked);
  std::filesystem::permissions(
      locked, std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  const AsNobody nobody;
  const auto writer = Writer::open(locked + "/a.h5", small_schema(), Detail::full, false);
  ASSERT_FALSE(writer);
  EXPECT_NE(first_message(writer.error()).find("Permission denied"), std::string::npos)
      << first_message(writer.error());
}

TEST(WriterFault, NamesACodeWithoutAName) {
  const Folder folder;
  Batch batch;
  batch.marks.push_back({SimTime{}, 1, 3, 0});
  const std::string why = write_trace(folder.file("a.h5"), small_schema(), batch);
  EXPECT_NE(why.find("/marks/mark was given code 3, but there are 3 names"), std::string::npos)
      << why;
  EXPECT_FALSE(std::filesystem::exists(folder.file("a.h5")));
}

TEST(WriterFault, WhoBearsItselfIsAFault) {
  const Folder folder;
  Batch batch;
  batch.born.push_back({SimTime{}, 7, 7, 1, 1});
  const std::string why = write_trace(folder.file("a.h5"), small_schema(), batch);
  EXPECT_NE(why.find("entity 1 bears itself"), std::string::npos) << why;
  EXPECT_FALSE(std::filesystem::exists(folder.file("a.h5")));
}

TEST(WriterFault, ClashingAttributeNamesAreAFault) {
  const Folder folder;
  Schema schema = small_schema();
  schema.roles[0].attributes.push_back(schema.roles[0].attributes.front());
  const auto writer = Writer::open(folder.file("a.h5"), schema, Detail::full, false);
  ASSERT_FALSE(writer);
  EXPECT_NE(first_message(writer.error()).find("/entities/liners/teu"), std::string::npos)
      << first_message(writer.error());
  EXPECT_FALSE(std::filesystem::exists(folder.file("a.h5.partial")));
}

/// Writes until no more than `limit` bytes fit into a file. Runs in a process of its own.
[[noreturn]] void fill_disk(const std::string& path, rlim_t limit) {
  ::signal(SIGXFSZ, SIG_IGN);
  const rlimit room{limit, limit};
  ::setrlimit(RLIMIT_FSIZE, &room);
  auto writer = Writer::open(path, small_schema(), Detail::full, false);
  if (!writer) ::_exit(2);
  RandomRows random(8);
  SimTime from = midnight({2024, 6, 1});
  for (int day = 0; day < 8; ++day, from += Days{1}) {
    (*writer)->consume(random.batch(17'000, 1, small_schema(), from));
    if (day == 2) std::this_thread::sleep_for(std::chrono::milliseconds(1500));
  }
  const auto done = (*writer)->finish("00", 1, from);
  if (done) ::_exit(3);
  const std::string message = first_message(done.error());
  ::write(STDERR_FILENO, message.data(), message.size());
  writer->reset();
  ::_exit(done.error().kind == Failure::disk ? 5 : 4);
}

TEST(WriterFault, FullDiskIsAFaultAndWhatWasFlushedIsReadable) {
  const Folder folder;
  EXPECT_EXIT(fill_disk(folder.file("a.h5"), 24'000'000), testing::ExitedWithCode(5),
              "File too large.*; what was written until then stays in .*a.h5.partial");
  EXPECT_FALSE(std::filesystem::exists(folder.file("a.h5")));
  Batch back;
  EXPECT_EQ(read_fault(folder.file("a.h5.partial"), &back), "");
  EXPECT_GE(back.steps.size(), 32768U);
  const auto reader = Reader::open(folder.file("a.h5.partial"));
  ASSERT_TRUE(reader);
  EXPECT_TRUE((*reader)->schema().fingerprint.empty());
}

TEST(Killed, WhatWasFlushedIsReadable) {
  const Folder folder;
  const std::string path = folder.file("a.h5");
  const Batch batch = RandomRows(9).batch(70'000, 3, small_schema());
  const pid_t child = ::fork();
  if (child == 0) {
    auto writer = Writer::open(path, small_schema(), Detail::full, false);
    (*writer)->consume(batch);
    std::this_thread::sleep_for(std::chrono::seconds(60));
    ::_exit(0);
  }
  Batch live, left;
  for (int patience = 0; patience < 300 && live.steps.empty(); ++patience) {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    if (!Reader::open(path + ".partial")) continue;  // not made yet
    EXPECT_EQ(read_fault(path + ".partial", &live), "") << "while it is being written";
  }
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_EQ(read_fault(path + ".partial", &left), "") << "after the kill";
  EXPECT_GE(left.steps.size(), batch.steps.size() / 16384 * 16384);
  EXPECT_EQ(difference(live, left), "");
  for (std::size_t i = 0; i < left.steps.size(); ++i) {
    ASSERT_EQ(tied(left.steps[i]), tied(batch.steps[i]));
  }
}

TEST(ReaderFault, ForeignFiles) {
  const Folder folder;
  EXPECT_NE(read_fault(folder.file("none.h5")).find("No such file"), std::string::npos);
  EXPECT_EQ(Reader::open(folder.file("none.h5")).error().kind, Failure::disk);
  EXPECT_NE(read_fault(std::filesystem::temp_directory_path().string()).find("not a file"),
            std::string::npos);
  put_bytes(folder.file("empty.h5"), "");
  put_bytes(folder.file("text.h5"), "name: two berths\n");
  for (const char* name : {"empty.h5", "text.h5"}) {
    EXPECT_NE(read_fault(folder.file(name)).find("not an HDF5 file"), std::string::npos);
    EXPECT_EQ(Reader::open(folder.file(name)).error().kind, Failure::input);
  }
  const hid_t file =
      H5Fcreate(folder.file("other.h5").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  H5Fclose(file);
  EXPECT_NE(read_fault(folder.file("other.h5")).find("not a trace of portflow"), std::string::npos);
}

TEST(ReaderFault, AnotherSchema) {
  const Folder folder;
  ASSERT_EQ(write_trace(folder.file("a.h5"), small_schema(), {}), "");
  for (const std::int64_t other : {schema_version - 1, schema_version + 1}) {
    const hid_t file = H5Fopen(folder.file("a.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    const hid_t version = H5Aopen(file, "schema_version", H5P_DEFAULT);
    H5Awrite(version, H5T_NATIVE_INT64, &other);
    H5Aclose(version);
    H5Fclose(file);
    EXPECT_NE(
        read_fault(folder.file("a.h5"))
            .find("has schema version " + std::to_string(other) + ", this portflow reads version " +
                  std::to_string(schema_version) + "; run the scenario again"),
        std::string::npos)
        << read_fault(folder.file("a.h5"));
  }
}

TEST(ReaderFault, TruncatedFilesNeverCrash) {
  const Folder folder;
  const Schema schema = small_schema();
  const Batch batch = RandomRows(10).batch(20'000, 2, schema);
  ASSERT_EQ(write_trace(folder.file("a.h5"), schema, batch), "");
  const std::string whole = bytes_of(folder.file("a.h5"));
  CaptureStderr();
  std::size_t faults = 0;
  const std::size_t cuts = 120;
  for (std::size_t cut = 0; cut < cuts; ++cut) {
    const std::size_t size = cut < 60 ? cut * 997 : whole.size() * cut / cuts;
    put_bytes(folder.file("cut.h5"), std::string_view(whole).substr(0, size));
    const std::string fault = read_fault(folder.file("cut.h5"));
    faults += fault.empty() ? 0U : 1U;
  }
  EXPECT_EQ(GetCapturedStderr(), "") << "HDF5 must not print its error stack";
  EXPECT_EQ(faults, cuts);
}

TEST(ReaderFault, DamagedFilesNeverCrash) {
  const Folder folder;
  const Schema schema = small_schema();
  const Batch batch = RandomRows(11).batch(400, 2, schema);
  ASSERT_EQ(write_trace(folder.file("a.h5"), schema, batch), "");
  const std::string whole = bytes_of(folder.file("a.h5"));
  RandomRows random(12);
  CaptureStderr();
  std::size_t faults = 0;
  for (int round = 0; round < 400; ++round) {
    std::string broken = whole;
    for (std::int64_t k = random.below(6); k >= 0; --k) {
      const auto at =
          static_cast<std::size_t>(random.below(static_cast<std::int64_t>(broken.size())));
      const auto length = static_cast<std::size_t>(1 + random.below(round % 3 == 0 ? 4000 : 4));
      for (std::size_t i = at; i < std::min(at + length, broken.size()); ++i) {
        broken[i] = static_cast<char>(random.below(256));
      }
    }
    put_bytes(folder.file("broken.h5"), broken);
    faults += read_fault(folder.file("broken.h5")).empty() ? 0U : 1U;
  }
  EXPECT_EQ(GetCapturedStderr(), "");
  EXPECT_GT(faults, 100U) << "checksums notice most damage";
}

TEST(ReaderFault, DamagedChunkIsNamed) {
  const Folder folder;
  const Schema schema = small_schema();
  const Batch batch = RandomRows(13).batch(30'000, 2, schema);
  ASSERT_EQ(write_trace(folder.file("a.h5"), schema, batch), "");
  const hid_t file = H5Fopen(folder.file("a.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  const hid_t set = H5Dopen2(file, "/steps/wait", H5P_DEFAULT);
  const hsize_t offset = 16384;
  const std::string junk(5000, 'j');
  H5Dwrite_chunk(set, H5P_DEFAULT, 0, &offset, junk.size(), junk.data());
  H5Dclose(set);
  H5Fclose(file);
  EXPECT_NE(read_fault(folder.file("a.h5"))
                .find("damaged: rows 16384 and on of /steps/wait cannot be unpacked"),
            std::string::npos)
      << read_fault(folder.file("a.h5"));
}

TEST(Reader, ReadsWhatH5repackMadeOfATrace) {
  const Folder folder;
  const Schema schema = small_schema();
  const Batch batch = RandomRows(14).batch(30'000, 2, schema);
  ASSERT_EQ(write_trace(folder.file("a.h5"), schema, batch), "");
  for (const char* options : {"-f NONE -l CHUNK=5000", "-f GZIP=6", "-f NONE -l CONTI"}) {
    const std::string command =
        "h5repack " + std::string(options) + " " + folder.file("a.h5") + " " + folder.file("b.h5");
    ASSERT_EQ(std::system(command.c_str()), 0);
    Batch back;
    EXPECT_EQ(read_fault(folder.file("b.h5"), &back), "") << options;
    EXPECT_EQ(difference(batch, back), "") << options;
  }
}

}  // namespace
}  // namespace portflow::trace

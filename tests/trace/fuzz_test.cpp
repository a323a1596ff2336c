// A corpus of broken traces: whatever a file holds, reading it ends with rows or with a reason, in
// bounded memory and time.
#include <gtest/gtest.h>
#include <hdf5.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstring>
#include <fstream>

#include "random_rows.hpp"
#include "trace/reader.hpp"
#include "trace/recover.hpp"

namespace portflow::trace {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool can_limit_memory = false;  // sanitizers map terabytes
#else
constexpr bool can_limit_memory = true;
#endif
constexpr rlim_t most_memory = rlim_t{1} << 30U;
constexpr unsigned most_seconds = 300;

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Breaks a file in one of many ways, the same for a seed.
std::string broken(std::string bytes, std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto below = [&](std::size_t most) {
    return std::uniform_int_distribution<std::size_t>(0, most - 1)(random);
  };
  // Half of the damage goes to where structure is denser than rows: the beginning.
  const auto place = [&] {
    return below(2) == 0 ? below(std::min<std::size_t>(bytes.size(), 40'000)) : below(bytes.size());
  };
  switch (seed % 6) {
    case 0:  // flipped bits
    case 1:
      for (std::size_t n = 1 + below(16); n > 0; --n) {
        const std::size_t at = place();
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
      }
      break;
    case 2:  // cut short
      bytes.resize(below(bytes.size()));
      break;
    case 3: {  // a block of zeros or ones, as a bad sector leaves
      const std::size_t at = place();
      const std::size_t length = std::min<std::size_t>(bytes.size() - at, 1 + below(4096));
      std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), length,
                  below(2) == 0 ? '\0' : '\xff');
      break;
    }
    case 4: {  // a block from elsewhere in the file
      const std::size_t length = 1 + below(std::min<std::size_t>(bytes.size() / 2, 8192));
      const std::size_t from = below(bytes.size() - length);
      const std::size_t to = below(bytes.size() - length);
      std::copy_n(std::string(bytes).begin() + static_cast<std::ptrdiff_t>(from), length,
                  bytes.begin() + static_cast<std::ptrdiff_t>(to));
      break;
    }
    default:  // sizes and addresses made absurd
      for (std::size_t n = 1 + below(4); n > 0; --n) {
        const std::size_t at = std::min(place(), bytes.size() - 8);
        const std::array<std::uint64_t, 4> absurd{~0ULL, 1ULL << 62U, 1ULL << 40U, 0};
        std::memcpy(bytes.data() + at, &absurd[below(absurd.size())], 8);
      }
  }
  return bytes;
}

/// Everything that a reader is for. Whatever comes out is fine, so long as it comes.
void read_all(const std::string& path, const std::string& out) {
  if (const auto reader = Reader::open(path)) {
    Keep keep;
    static_cast<void>((*reader)->replay(keep));
    static_cast<void>((*reader)->all());
    static_cast<void>((*reader)->level_tiles());
    static_cast<void>((*reader)->lane_tiles());
    for (const int day : {0, 1, 5}) {
      static_cast<void>((*reader)->state(midnight({2024, 6, 1}) + Days{day} + Duration{1}));
    }
  }
  static_cast<void>(recover(path, out, true));
}

/// Reads broken versions of `whole` in a process with little memory. \returns what befell it.
std::string fate_of(const Folder& folder, const std::string& whole, std::uint32_t first,
                    std::uint32_t last) {
  const std::string at = folder.file("at");
  const pid_t child = ::fork();
  if (child == 0) {
    if (can_limit_memory) {
      const rlimit limit{most_memory, most_memory};
      ::setrlimit(RLIMIT_AS, &limit);
    }
    ::alarm(most_seconds);
    for (std::uint32_t seed = first; seed < last; ++seed) {
      std::ofstream(at) << seed;
      const std::string bytes = broken(whole, seed);
      std::ofstream(folder.file("broken.h5"), std::ios::binary)
          .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
      read_all(folder.file("broken.h5"), folder.file("out.h5"));
    }
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  return "seed " + bytes_of(at) +
         (WIFSIGNALED(status) ? " ended by signal " + std::to_string(WTERMSIG(status))
                              : " ended with " + std::to_string(WEXITSTATUS(status)));
}

class Broken : public testing::TestWithParam<std::uint32_t> {};

TEST_P(Broken, TracesAreReadOrRefused) {
  const Folder folder;
  const Schema schema = small_schema();
  const Batch batch = RandomRows(21).batch(300, 6, schema);
  ASSERT_EQ(write_trace(folder.file("a.h5"), schema, batch), "");
  EXPECT_EQ(
      fate_of(folder, bytes_of(folder.file("a.h5")), 200 * GetParam(), 200 * GetParam() + 200), "");
}

TEST_P(Broken, UnfinishedTracesAreReadOrRefused) {
  const Folder folder;
  {
    // Closed without an end, as by a run that failed.
    auto writer = Writer::open(folder.file("a.h5"), small_schema(), Detail::full, false);
    ASSERT_TRUE(writer);
    Batch batch = RandomRows(22).batch(300, 6, small_schema());
    batch.sealed = midnight({2024, 6, 9});
    (*writer)->consume(batch);
  }
  EXPECT_EQ(fate_of(folder, bytes_of(folder.file("a.h5.partial")), 100'000 + 100 * GetParam(),
                    100'100 + 100 * GetParam()),
            "");
}

INSTANTIATE_TEST_SUITE_P(Seeds, Broken, testing::Range<std::uint32_t>(0, 4));

/// Columns whose extents claim more than the disks of the world hold.
TEST(Absurd, ExtentsAreRefused) {
  const Folder folder;
  const Batch batch = RandomRows(23).batch(300, 2, small_schema());
  ASSERT_EQ(write_trace(folder.file("a.h5"), small_schema(), batch), "");
  const hid_t file = H5Fopen(folder.file("a.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  const hsize_t extent = hsize_t{1} << 60U;
  for (const char* column : {"steps", "later", "further", "mark", "is_void"}) {
    const hid_t set = H5Dopen2(file, (std::string("/marks/") + column).c_str(), H5P_DEFAULT);
    ASSERT_GE(H5Dset_extent(set, &extent), 0);
    H5Dclose(set);
  }
  H5Fclose(file);
  const auto reader = Reader::open(folder.file("a.h5"));
  ASSERT_FALSE(reader);
  EXPECT_NE(first_message(reader.error()).find("damaged: /marks/steps misses chunks"),
            std::string::npos)
      << first_message(reader.error());
}

}  // namespace
}  // namespace portflow::trace

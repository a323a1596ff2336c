#include "viz/scratch.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <utility>

namespace portflow::viz {
namespace {

tl::unexpected<Fault> trouble(const std::string& doing) {
  return fail(Failure::disk, doing + ": " + std::strerror(errno));
}

}  // namespace

Result<Scratch> Scratch::make() {
  std::error_code problem;
  std::filesystem::path folder = std::filesystem::temp_directory_path(problem);
  if (problem) folder = "/tmp";
  std::string name = (folder / "portflow-view-XXXXXX").string();
  const int file = ::mkstemp(name.data());
  if (file < 0) return trouble("cannot make a scratch file in " + folder.string());
  ::unlink(name.c_str());
  return Scratch(file);
}

Scratch& Scratch::operator=(Scratch&& other) noexcept {
  std::swap(file_, other.file_);
  std::swap(bytes_, other.bytes_);
  return *this;
}

Scratch::~Scratch() {
  if (file_ != none) ::close(file_);
}

Result<void> Scratch::append(const void* from, std::size_t bytes) {
  const auto* at = static_cast<const char*>(from);
  while (bytes > 0) {
    const ssize_t done = ::pwrite(file_, at, bytes, static_cast<off_t>(bytes_));
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return trouble("cannot write the scratch file");
    at += done;
    bytes -= static_cast<std::size_t>(done);
    bytes_ += static_cast<std::uint64_t>(done);
  }
  return {};
}

Result<void> Scratch::read(std::uint64_t at, void* to, std::size_t bytes) const {
  auto* into = static_cast<char*>(to);
  while (bytes > 0) {
    const ssize_t done = ::pread(file_, into, bytes, static_cast<off_t>(at));
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return trouble("cannot read the scratch file");
    at += static_cast<std::uint64_t>(done);
    into += done;
    bytes -= static_cast<std::size_t>(done);
  }
  return {};
}

}  // namespace portflow::viz

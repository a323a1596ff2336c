#include "trace/claim.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "trace/hdf5_handle.hpp"

namespace portflow::trace {
namespace {

/// A lock of the open file, not of the process, over the whole of it. HDF5 has locks of its own,
/// of another kind, which readers hold too.
bool lock(int file, int command, short kind, bool& taken) {
  struct flock range{};
  range.l_type = kind;
  range.l_whence = SEEK_SET;
  if (::fcntl(file, command, &range) != 0) return false;
  taken = range.l_type != F_UNLCK;
  return true;
}

bool is_locked(int file) {
  bool taken = false;
  return lock(file, F_OFD_GETLK, F_WRLCK, taken) && taken;
}

}  // namespace

Claim::Claim(std::string path)
    : path_(std::move(path)), file_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666)) {
  if (file_ < 0) {
    throw FileError(Failure::disk, "cannot create the trace: " + std::string(std::strerror(errno)));
  }
  struct stat info{};
  if (::fstat(file_, &info) == 0) {
    device_ = info.st_dev;
    inode_ = info.st_ino;
  }
  if (is_locked(file_)) {
    ::close(file_);
    throw FileError(Failure::disk, "'" + path_ + "' is in use: a run is still writing it");
  }
}

Claim::~Claim() {
  ::close(file_);
}

void Claim::hold() const {
  bool taken = false;
  lock(file_, F_OFD_SETLK, F_WRLCK, taken);
}

void Claim::check() const {
  struct stat info{};
  if (::stat(path_.c_str(), &info) != 0) {
    const bool gone = errno == ENOENT || errno == ENOTDIR;
    const char* what = gone ? "the file vanished while it was being written: "
                            : "the file cannot be reached any more: ";
    throw FileError(Failure::disk, what + std::string(std::strerror(errno)));
  }
  if (info.st_dev != device_ || info.st_ino != inode_) {
    throw FileError(Failure::disk, "another file took the place of the one being written");
  }
}

bool is_claimed(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool taken = is_locked(file);
  ::close(file);
  return taken;
}

}  // namespace portflow::trace

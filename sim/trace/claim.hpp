/// \file claim.hpp
/// A file that a run is writing: no other run may write it, and it must stay where it is.
#pragma once

#include <sys/types.h>

#include <string>

namespace portflow::trace {

class Claim {
 public:
  /// Opens the file, and makes it where there is none.
  /// \throws FileError (disk) in plain words, also where another process has it in use
  explicit Claim(std::string path);
  ~Claim();
  Claim(const Claim&) = delete;
  Claim& operator=(const Claim&) = delete;

  /// From now on others see that it is being written, until this object or its process goes.
  void hold() const;

  /// \throws FileError (disk) where the file was removed or another one put into its place:
  ///         what is written then goes nowhere
  void check() const;

 private:
  std::string path_;
  int file_;
  dev_t device_{0};
  ino_t inode_{0};
};

/// Whether a run is still writing the file. Where the file system knows no locks, never.
[[nodiscard]] bool is_claimed(const std::string& path);

}  // namespace portflow::trace

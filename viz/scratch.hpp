/// \file scratch.hpp
/// A file without a name for what is too large for memory; gone when nobody holds it any more.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/error.hpp"

namespace portflow::viz {

class Scratch {
 public:
  /// In $TMPDIR, or /tmp. \returns a disk fault where no file can be made there
  [[nodiscard]] static Result<Scratch> make();
  Scratch(Scratch&& other) noexcept : file_(other.file_), bytes_(other.bytes_) {
    other.file_ = none;
  }
  Scratch& operator=(Scratch&& other) noexcept;
  ~Scratch();

  /// Writes behind what is there. \returns a disk fault where there is no room
  [[nodiscard]] Result<void> append(const void* from, std::size_t bytes);
  /// Any thread may read, while nobody writes. \returns a disk fault where it fails
  [[nodiscard]] Result<void> read(std::uint64_t at, void* to, std::size_t bytes) const;
  [[nodiscard]] std::uint64_t bytes() const noexcept { return bytes_; }

 private:
  static constexpr int none = -1;
  explicit Scratch(int file) : file_(file) {}
  int file_;
  std::uint64_t bytes_{0};
};

}  // namespace portflow::viz

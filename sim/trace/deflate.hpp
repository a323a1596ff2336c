/// \file deflate.hpp
/// Packs a column of a run of rows into bytes that HDF5's own shuffle and deflate filters read,
/// and back.
///
/// Shuffle puts the first bytes of all values first, then all second bytes and so on, so that the
/// high bytes of times and codes, which hardly change, stand together. Each such plane is then
/// compressed by itself (planes.hpp), in zlib's format (RFC 1950).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "trace/planes.hpp"

struct libdeflate_decompressor;

namespace portflow::trace {

/// Rows per chunk of every column.
inline constexpr std::size_t chunk_rows = 16384;

/// The values of a column, one after the other.
struct Strip {
  const std::byte* first{nullptr};
  std::size_t count{0};  ///< <= chunk_rows; a shorter chunk is filled up with zeros
  std::size_t size{0};   ///< bytes of a value: 1, 2, 4 or 8
};

/// The bytes of a chunk as they go into the file.
class Packed {
 public:
  std::uint32_t skipped_filters{0};  ///< HDF5 filter mask: 0, or 3 for values stored plain

  [[nodiscard]] std::span<const std::byte> bytes() const noexcept {
    return std::span(room_).first(used_);
  }
  /// Appends a byte that whoever inflates does not look at.
  void lengthen();

 private:
  friend class Packer;
  std::vector<std::byte> room_;  ///< never shrinks: to clear it costs as much as to fill it
  std::size_t used_{0};
};

/// Compresses chunks; one per thread.
class Packer {
 public:
  /// Packs `strip` into `to`. Stores the values plain when deflating would not pay, or when
  /// `plain` asks for it.
  void pack(const Strip& strip, bool plain, Packed& to);

 private:
  /// Deflates the strip into to.room_. \returns how many bytes; 0 where that does not pay.
  std::size_t deflate(const Strip& strip, Packed& to);

  PlaneCoder coder_;
  std::vector<std::uint8_t> plane_;
};

/// Restores chunks; one per thread.
class Unpacker {
 public:
  Unpacker();
  ~Unpacker();
  Unpacker(const Unpacker&) = delete;
  Unpacker& operator=(const Unpacker&) = delete;

  /// Restores the first `count` values of a chunk, one every `stride` bytes from `first` on.
  /// \returns false where the bytes are damaged.
  [[nodiscard]] bool unpack(std::span<const std::byte> bytes, std::uint32_t skipped_filters,
                            std::size_t size, std::size_t count, std::byte* first,
                            std::size_t stride);

 private:
  libdeflate_decompressor* engine_;
  std::vector<std::byte> shuffled_;
};

}  // namespace portflow::trace

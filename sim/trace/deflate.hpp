/// \file deflate.hpp
/// Packs one column of a run of rows into the bytes that HDF5's own shuffle and deflate filters
/// would have made, several times faster, and back.
///
/// Shuffle puts the first bytes of all values first, then all second bytes and so on, so that
/// the high bytes of times and codes, which hardly change, stand together. The bytes are then
/// compressed to zlib's format (RFC 1950) by libdeflate at its level 1. Planes of bytes with
/// which a chunk begins and which are mere noise (the low bytes of times) go as stored blocks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

struct libdeflate_compressor;
struct libdeflate_decompressor;

namespace portflow::trace {

/// Rows per chunk of every column.
inline constexpr std::size_t chunk_rows = 16384;

/// Where the values of a column lie in memory: one every `stride` bytes.
struct Strip {
  const std::byte* first{nullptr};
  std::size_t count{0};   ///< <= chunk_rows; a shorter chunk is filled up with zeros
  std::size_t stride{0};  ///< bytes from one value to the next
  std::size_t size{0};    ///< bytes of a value: 1, 2, 4 or 8
};

/// The bytes of a chunk as they go into the file.
struct Packed {
  std::vector<std::byte> bytes;
  std::uint32_t skipped_filters{0};  ///< HDF5 filter mask: 0, or 3 for values stored plain
};

/// Compresses chunks; one per thread.
class Packer {
 public:
  Packer();
  ~Packer();
  Packer(Packer&&) noexcept;
  Packer& operator=(Packer&&) = delete;

  /// Packs `strip` into `to`. Stores the values plain when deflating would not pay, or when
  /// `plain` asks for it.
  void pack(const Strip& strip, bool plain, Packed& to);

 private:
  /// Deflates shuffled_. \returns false where that does not pay.
  bool deflate(std::vector<std::byte>& to);

  libdeflate_compressor* engine_;
  std::vector<std::byte> shuffled_;
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

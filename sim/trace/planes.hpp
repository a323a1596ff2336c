/// \file planes.hpp
/// Writes shuffled columns in the deflate format (RFC 1951), one plane of bytes after the other.
///
/// A plane holds one byte of every value of a chunk. Three sorts occur, and each has its own way:
///
///     one byte all over       a run, whose bytes are not even looked at
///     mere noise              a stored block
///     anything else           Huffman codes, and runs of the byte before
///
/// Other matches are not looked for: in single columns there are few, and to look for them is what
/// a general compressor spends its time on. Any inflater reads what comes out.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace portflow::trace {

/// Makes one stream of blocks at a time; keeps its memory.
class PlaneCoder {
 public:
  /// Begins a stream. \param room  where it goes; \param most  bytes that it may take there
  void begin(std::byte* room, std::size_t most);
  /// Adds a plane. \returns false where there is no room, which spoils the stream.
  [[nodiscard]] bool add(std::span<const std::uint8_t> plane);
  /// Adds a plane, or the rest of one, that is `byte` all over. \pre count > 0
  void add_run(std::uint8_t byte, std::size_t count);
  /// Ends the stream. \returns its bytes, 0 where there is no room
  [[nodiscard]] std::size_t end();

 private:
  static constexpr std::size_t symbols = 286;  ///< literals, end of block, lengths
  static constexpr std::size_t kinds = 515;    ///< of tokens: literals, and 256 + length of a run

  void take(std::span<const std::uint8_t> plane);
  [[nodiscard]] std::uint16_t* room_for(std::size_t count);
  [[nodiscard]] bool close_block(bool last);
  [[nodiscard]] bool store(std::span<const std::uint8_t> plane, bool last);
  void count_symbols(std::array<std::uint32_t, symbols>& counts) const;
  void put_codes(std::span<const std::uint8_t> lengths);
  void put_tokens(std::span<const std::uint8_t> lengths);

  void put(std::uint64_t bits, unsigned count);
  void flush();

  std::vector<std::uint16_t> tokens_;  ///< room for them
  std::size_t count_{0};               ///< how many there are
  std::byte* begin_{nullptr};
  std::byte* at_{nullptr};
  std::byte* end_{nullptr};
  std::uint64_t bits_{0};
  unsigned held_{0};  ///< how many of bits_ count
};

}  // namespace portflow::trace

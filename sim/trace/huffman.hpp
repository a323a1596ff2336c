/// \file huffman.hpp
/// Lengths and codes of a prefix code, as deflate wants them (RFC 1951, 3.2.2).
#pragma once

#include <cstdint>
#include <span>

namespace portflow::trace {

/// Sets `lengths` to those of a Huffman code for `counts`, none above `most`; 0 where the count is.
/// \pre at least two counts are positive, and 2^most is no less than how many are
void code_lengths(std::span<const std::uint32_t> counts, unsigned most,
                  std::span<std::uint8_t> lengths);

/// Sets `codes` to the codes of these lengths, their bits in the order in which they are written.
void codes_of(std::span<const std::uint8_t> lengths, std::span<std::uint16_t> codes);

}  // namespace portflow::trace

/// \file shuffle.hpp
/// Single bytes of many values side by side, as HDF5's shuffle filter puts them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace portflow::trace {

/// Byte `which` (0 the lowest) of each of `count` little-endian values of `size` bytes.
/// \param to  has room for them
void byte_plane(const std::byte* values, std::size_t size, std::size_t count, std::size_t which,
                std::uint8_t* to);

/// The bits in which any of the values differs from the first. \param size  1, 2, 4 or 8 bytes
[[nodiscard]] std::uint64_t varying_bits(const std::byte* values, std::size_t size,
                                         std::size_t count);

/// The first value, widened.
[[nodiscard]] std::uint64_t first_value(const std::byte* values, std::size_t size);

}  // namespace portflow::trace

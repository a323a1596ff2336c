/// \file allocations.hpp
/// How often this test program has asked for memory so far.
#pragma once

#include <cstdint>

namespace portflow::kernel {

/// Counts every call of operator new, by any thread. Not under sanitizers, which have their own.
[[nodiscard]] std::uint64_t allocations() noexcept;

/// Of these, how many may share a cache line with something else (core/own_lines.hpp).
[[nodiscard]] std::uint64_t narrow_allocations() noexcept;

}  // namespace portflow::kernel

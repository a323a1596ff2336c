/// \file fingerprint.hpp
/// A 64-bit fingerprint of what a run did: equal bytes, equal fingerprint.
///
/// Each process chains what it does, in its own order, over stable names (never internal
/// ids). The chains are combined in the order of the processes' names; a process that did
/// nothing leaves no trace, so an unused resource changes no fingerprint.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>

#include "core/hash.hpp"

namespace portflow {

/// A hash chain that knows whether anything was ever chained.
class Fingerprint {
 public:
  void add(std::uint64_t value) noexcept {
    hash_ = chain(hash_, value);
    ++length_;
  }
  [[nodiscard]] std::uint64_t value() const noexcept { return hash_; }
  [[nodiscard]] std::uint64_t length() const noexcept { return length_; }

 private:
  std::uint64_t hash_{0};
  std::uint64_t length_{0};
};

/// Combines the chains of named parts, in name order; empty chains count for nothing.
[[nodiscard]] std::uint64_t combine(std::span<const std::pair<std::string, Fingerprint>> parts);

/// 16 hexadecimal digits.
[[nodiscard]] std::string to_hex(std::uint64_t fingerprint);

}  // namespace portflow

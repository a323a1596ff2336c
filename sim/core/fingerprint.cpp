#include "core/fingerprint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace portflow {

std::uint64_t combine(std::span<const std::pair<std::string, Fingerprint>> parts) {
  std::vector<const std::pair<std::string, Fingerprint>*> used;
  for (const auto& part : parts) {
    if (part.second.length() != 0) used.push_back(&part);
  }
  std::ranges::sort(used, {}, [](const auto* part) -> const std::string& { return part->first; });
  std::uint64_t hash = 0;
  for (const auto* part : used) {
    hash = chain(hash, hash_of(part->first));
    hash = chain(hash, part->second.value());
    hash = chain(hash, part->second.length());
  }
  return hash;
}

std::string to_hex(std::uint64_t fingerprint) {
  return fmt::format("{:016x}", fingerprint);
}

}  // namespace portflow

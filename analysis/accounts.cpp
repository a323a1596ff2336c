// Numbers are written seven bits a byte, lowest first; the top bit says that more follow.
#include "analysis/accounts.hpp"

namespace portflow::analysis {
namespace {

void write(std::vector<std::uint8_t>& bytes, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) bytes.push_back(static_cast<std::uint8_t>(value | 0x80));
  bytes.push_back(static_cast<std::uint8_t>(value));
}

std::uint64_t read(const std::vector<std::uint8_t>& bytes, std::size_t& at) {
  std::uint64_t value = 0;
  for (unsigned shift = 0;; shift += 7) {
    const std::uint64_t byte = bytes[at++];
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
}

}  // namespace

void Accounts::keep(trace::EntityId entity, std::span<const TimeAt> parts) {
  starts_.emplace(entity, bytes_.size());
  write(bytes_, parts.size());
  for (const TimeAt& part : parts) {
    write(bytes_, part.step);
    write(bytes_, static_cast<std::uint64_t>(part.cause));
    write(bytes_, static_cast<std::uint64_t>(part.ms));
  }
}

std::vector<TimeAt> Accounts::find(trace::EntityId entity) const {
  const auto start = starts_.find(entity);
  if (start == starts_.end()) return {};
  std::size_t at = start->second;
  std::vector<TimeAt> parts(read(bytes_, at));
  for (TimeAt& part : parts) {
    part.step = static_cast<std::uint16_t>(read(bytes_, at));
    part.cause = static_cast<Cause>(read(bytes_, at));
    part.ms = static_cast<std::int64_t>(read(bytes_, at));
  }
  return parts;
}

}  // namespace portflow::analysis

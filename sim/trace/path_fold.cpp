#include "trace/path_fold.hpp"

#include <algorithm>
#include <bit>
#include <string>

#include "trace/hdf5_handle.hpp"

namespace portflow::trace {
namespace {

constexpr std::size_t places = std::size_t{1} << 16U;

std::uint64_t ticks(SimTime at) {
  return static_cast<std::uint64_t>(at.time_since_epoch().count());
}

/// Chains a segment to the hash of what follows it. Odd factors and turns, as in core/hash.hpp,
/// but without its full mixing of each word, which would cost as much as the rest.
std::uint64_t chained(std::uint64_t rest, const PathPart& part) {
  constexpr std::uint64_t odd = 0x9e3779b97f4a7c15ULL;
  const std::uint64_t codes = std::uint64_t{part.step} << 32U |
                              std::uint64_t{part.resource} << 16U |
                              static_cast<std::uint64_t>(part.cause);
  std::uint64_t hash = (rest ^ part.owner) * odd;
  hash = (std::rotl(hash, 29) ^ part.holder) * odd;
  hash = (std::rotl(hash, 29) ^ ticks(part.begin)) * odd;
  hash = (std::rotl(hash, 29) ^ ticks(part.end)) * odd;
  return mix(std::rotl(hash, 29) ^ codes);
}

}  // namespace

PathFold::PathFold() : places_(places) {}

const PathFold::Place* PathFold::shared(const PathPart& part, std::uint64_t hash) const {
  // Nobody else's path came along steps of its own.
  if (part.owner == part.entity) return nullptr;
  const Place& place = places_[hash % places];
  const bool fits = place.length > 0 && place.hash == hash && rows_ - place.deepest <= most_back &&
                    place.row < rows_;
  return fits ? &place : nullptr;
}

/// \param path  of one entity, latest segment first
void PathFold::fold(std::span<const PathPart> path) {
  hashes_.resize(path.size());
  std::uint64_t hash = 0;
  for (std::size_t i = path.size(); i-- > 0;) {
    hashes_[i] = hash = chained(hash, path[i]);
    __builtin_prefetch(&places_[hash % places]);
  }
  const Place* tail = nullptr;
  std::size_t own = 0;
  for (; own < path.size(); ++own) {
    tail = shared(path[own], hashes_[own]);
    if (tail != nullptr) break;
    const PathPart& part = path[own];
    segments_.push_back({Duration{static_cast<std::int64_t>(ticks(part.end) - ticks(part.begin))},
                         0, 0, part.step, part.resource, part.cause});
    owners_.push_back(part.owner);
    holders_.push_back(part.holder);
  }
  if (own > most_back) {
    throw FileError(Failure::limit, "a path of a trace can have at most " +
                                        std::to_string(most_back) + " segments");
  }
  PathHead head{static_cast<std::uint32_t>(own), 0};
  std::uint64_t deepest = rows_ + own;
  std::uint32_t length = 0;
  if (tail != nullptr) {
    head.back = static_cast<std::uint32_t>(rows_ - tail->row);
    deepest = tail->deepest;
    length = tail->length;
  }
  heads_.push_back(head);
  for (std::size_t i = own; i-- > 0 && length < most_shared;) {
    ++length;
    const std::uint64_t row = rows_ + i;
    deepest = std::min(deepest, row);
    if (path[i].owner != path[i].entity)
      places_[hashes_[i] % places] = {hashes_[i], row, deepest, length};
  }
  rows_ += own;
}

void PathFold::take(std::span<const Ended> ended, std::span<const std::uint32_t> numbers,
                    std::span<const PathPart> parts, Numbering& numbering) {
  heads_.clear();
  segments_.clear();
  owners_.clear();
  holders_.clear();
  std::size_t next = 0;
  for (const Ended& one : ended) {
    const std::size_t first = next;
    SimTime end = one.end;
    while (next < parts.size() && parts[next].entity == one.entity && parts[next].at == one.at &&
           parts[next].end == end) {
      end = parts[next++].begin;
    }
    fold(parts.subspan(first, next - first));
  }
  if (next < parts.size()) {
    throw FileError(Failure::bug, "a segment of a path does not belong to the end of its entity");
  }
  numbers_.resize(segments_.size());
  numbering.number(owners_.data(), sizeof(EntityId), owners_.size(), numbers_);
  std::size_t row = 0;
  for (std::size_t k = 0; k < heads_.size(); ++k) {
    std::uint32_t before = numbers[k];
    for (const std::size_t last = row + heads_[k].own; row < last; ++row) {
      segments_[row].onto = folded(before - numbers_[row]);
      before = numbers_[row];
    }
  }
  numbering.number(holders_.data(), sizeof(EntityId), holders_.size(), numbers_);
  for (row = 0; row < segments_.size(); ++row) segments_[row].holder = numbers_[row];
}

}  // namespace portflow::trace

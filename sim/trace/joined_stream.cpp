#include "trace/joined_stream.hpp"

#include <string>

#include "trace/hdf5_handle.hpp"
#include "trace/identities.hpp"

namespace portflow::trace {
namespace {

std::uint64_t ticks(SimTime at) {
  return static_cast<std::uint64_t>(at.time_since_epoch().count());
}

SimTime instant(std::uint64_t ticks) {
  return SimTime{Duration{static_cast<std::int64_t>(ticks)}};
}

[[noreturn]] void damaged(const std::string& what) {
  throw FileError(Failure::input, "damaged: " + what);
}

}  // namespace

bool BirthSource::next(std::vector<Born>& rows, Unpacker& unpacker) {
  rows.clear();
  const std::uint64_t all = births_.rows();
  for (; row_ < all && rows.size() < chunk_rows; ++row_) {
    const StoredBirth& birth = births_.at(row_, unpacker);
    const std::uint32_t parent = birth.back == 0 ? 0 : birth.number - birth.back;
    rows.push_back({birth.at, named(birth.number, *identities_, "/born"),
                    named(parent, *identities_, "/born"), birth.ordinal, birth.role});
  }
  return !rows.empty();
}

bool MarkSource::next(std::vector<MarkSet>& rows, Unpacker& unpacker) {
  rows.clear();
  const std::uint64_t all = marks_.rows();
  while (row_ < all && rows.size() < chunk_rows) {
    const StoredMark& mark = marks_.at(row_, unpacker);
    if (mark.steps > 0) {
      if (mark.steps > steps_.rows()) {
        damaged("/marks refers to step " + std::to_string(mark.steps) + " of " +
                std::to_string(steps_.rows()));
      }
      on_ = steps_.at(mark.steps - std::uint64_t{1}, unpacker);
    } else if (row_ % chunk_rows == 0) {
      on_ = {};
    }
    const SimTime at = instant(ticks(on_.at) + static_cast<std::uint64_t>(mark.later));
    const EntityId entity = named(on_.number + mark.further, *identities_, "/marks");
    rows.push_back({at, entity, mark.mark, mark.is_void});
    if (mark.steps == 0) on_.at = at;
    ++row_;
  }
  return !rows.empty();
}

void PathSource::keep_own(const PathHead& head, std::uint32_t number, Unpacker& unpacker) {
  if (head.own > segments_.rows() - row_ || head.own > most_back) {
    damaged("/path_heads counts more segments than /paths holds");
  }
  const std::uint64_t first = row_;
  if (head.back > first || head.back > most_back) damaged("/path_heads leads too far back");
  std::uint32_t owner = number;
  for (const std::uint64_t last = first + head.own; row_ < last; ++row_) {
    const StoredSegment& stored = segments_.at(row_, unpacker);
    owner -= unfolded(stored.onto);
    kept_[row_ % kept_.size()] = {stored.lasts,
                                  named(owner, *identities_, "/paths"),
                                  named(stored.holder, *identities_, "/paths"),
                                  row_ + 2,
                                  stored.step,
                                  stored.resource,
                                  stored.cause};
  }
  if (head.own > 0) {
    kept_[(row_ - 1) % kept_.size()].next = head.back == 0 ? 0 : first - head.back + 1;
  }
}

void PathSource::tell(const PathHead& head, const EndKey& end, std::vector<PathPart>& rows) const {
  const EntityId entity = named(end.number, *identities_, "/ended");
  const std::uint64_t first = row_ - head.own;
  std::uint64_t next = head.own > 0 ? first + 1 : head.back > 0 ? first - head.back + 1 : 0;
  std::uint64_t until = ticks(end.end);
  std::uint32_t shared = 0;
  while (next != 0) {
    const std::uint64_t row = next - 1;
    if (row < first && (++shared > most_shared || first - row > most_back)) {
      damaged("a path in /paths goes on and on");
    }
    const Kept& part = kept_[row % kept_.size()];
    const std::uint64_t begin = until - static_cast<std::uint64_t>(part.lasts.count());
    rows.push_back({end.at, instant(begin), instant(until), entity, part.owner, part.holder,
                    part.step, part.resource, part.cause});
    until = begin;
    next = part.next;
  }
}

bool PathSource::next(std::vector<PathPart>& rows, Unpacker& unpacker) {
  rows.clear();
  const std::uint64_t all = heads_.rows();
  if (path_ < all && kept_.empty()) kept_.resize(2 * most_back);
  while (path_ < all && rows.size() < chunk_rows) {
    if (path_ >= ends_.rows()) damaged("/path_heads has more rows than /ended");
    const PathHead& head = heads_.at(path_, unpacker);
    const EndKey& end = ends_.at(path_, unpacker);
    keep_own(head, end.number, unpacker);
    if (path_ >= told_from_) tell(head, end, rows);
    ++path_;
  }
  return !rows.empty();
}

}  // namespace portflow::trace

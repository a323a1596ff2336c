#include "analysis/path.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "core/fingerprint.hpp"

namespace portflow::analysis {
namespace {

bool say_the_same(const trace::PathPart& a, const trace::PathPart& b) {
  return a.cause == b.cause && a.owner == b.owner && a.holder == b.holder && a.step == b.step &&
         a.resource == b.resource;
}

tl::unexpected<Fault> damaged(trace::EntityId entity, std::string_view what) {
  return fail(Failure::input, fmt::format("damaged: the path of {} {}", to_hex(entity), what));
}

}  // namespace

std::int64_t total_of(const CauseSums& sums) noexcept {
  return std::accumulate(sums.begin(), sums.end(), std::int64_t{0});
}

CauseSums sums_of(std::span<const trace::PathPart> parts) noexcept {
  CauseSums sums{};
  for (const trace::PathPart& part : parts) {
    sums[static_cast<std::size_t>(part.cause)] += (part.end - part.begin).count();
  }
  return sums;
}

Result<std::vector<trace::PathPart>> path_of(const trace::Ended& ended,
                                             std::span<const trace::PathPart> recorded) {
  std::vector<trace::PathPart> path;
  SimTime reached = ended.created;
  for (std::size_t i = recorded.size(); i-- > 0;) {
    const trace::PathPart& part = recorded[i];
    if (part.begin != reached || part.end < part.begin) {
      return damaged(ended.entity, "has a gap at " + to_text(reached));
    }
    reached = part.end;
    if (!path.empty() && say_the_same(path.back(), part)) {
      path.back().end = part.end;
    } else {
      path.push_back(part);
    }
  }
  if (reached != ended.end) return damaged(ended.entity, "ends at " + to_text(reached));
  if (sums_of(path) != ended.ticks_by_cause) {
    return damaged(ended.entity, "and its causes do not agree");
  }
  return path;
}

Duration within(const trace::PathPart& part, SimTime from, SimTime to) noexcept {
  if (to < from) return -within(part, to, from);
  return std::max(std::min(part.end, to) - std::max(part.begin, from), Duration::zero());
}

CauseSums sums_within(std::span<const trace::PathPart> path, SimTime from, SimTime to) noexcept {
  CauseSums sums{};
  for (const trace::PathPart& part : path) {
    sums[static_cast<std::size_t>(part.cause)] += within(part, from, to).count();
  }
  return sums;
}

}  // namespace portflow::analysis

/// \file source_info.hpp
/// A source, compiled: whom it bears, where, and how long ahead it must begin.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/random.hpp"
#include "core/time.hpp"
#include "spec/demand.hpp"

namespace portflow::procedure {

struct SourceInfo {
  std::string name;
  std::uint64_t name_hash{0};
  std::uint16_t role{0};
  std::uint16_t site{0};
  bool at_once{false};  ///< needs no preparing: no members, and nobody elsewhere hears of its birth
  Duration reach{1};    ///< the longest least time from here to another process
  Duration ahead{1};    ///< groups are begun this long before their birth, and ready `reach` before
  std::vector<const spec::Source*> by_epoch;
  std::vector<bool> there;  ///< by epoch: a measure may bring a source, or end with it
  Point gap_point{}, late_point{}, thin_point{}, quota_point{};
  Point first_service{};  ///< what those of an `at_once` source are likely to draw first, or {}
  bool growth{false};     ///< the extra stream
};

}  // namespace portflow::procedure

/// \file resources.hpp
/// `resource.<facility>.<resource>.wait | utilisation | queue_length`, from Level rows.
#pragma once

#include <cstdint>
#include <vector>

#include "kpi/figure.hpp"
#include "trace/rows.hpp"
#include "trace/schema.hpp"

namespace portflow::kpi {

/// Adds up Level rows whose interval lies in [cohort_from, to]; all sums are of integers.
class ResourceFold {
 public:
  ResourceFold(const trace::Schema& schema, bool curves);
  void add(const trace::Level& level);
  void finish(std::vector<Figure>& figures);

 private:
  struct Sums {
    std::int64_t span{0}, busy{0}, queued{0}, capacity{0}, waited{0};
    std::uint64_t started{0};
    std::uint32_t queue_max{0}, queue_last{0};
    std::vector<CurvePoint> queue;  ///< mean queue of each interval, the whole record long
  };

  const trace::Schema& schema_;
  bool curves_;
  std::vector<Sums> sums_;
};

}  // namespace portflow::kpi

/// \file procedures.hpp
/// `procedure.<name>.time` and `cause.<procedure>.<cause>`, from births and ends alone.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/cause.hpp"
#include "kpi/figure.hpp"
#include "kpi/summary.hpp"
#include "kpi/times.hpp"
#include "trace/rows.hpp"
#include "trace/schema.hpp"

namespace portflow::kpi {

/// Times and causes of the cohort by procedure. Causes are means over entities that ended, so
/// the ten of a procedure add up to its mean time.
class ProcedureFold {
 public:
  ProcedureFold(const trace::Schema& schema, Keep keep);
  void add(const trace::Born& born);
  void add(const trace::Ended& ended);
  void finish(std::vector<Figure>& figures);

 private:
  struct Sums {
    std::string name;
    std::uint64_t born{0};
    Times times;
    std::array<std::int64_t, cause_count> causes{};
    std::vector<EntityValue> entities;
    DailyMeans daily;
  };

  [[nodiscard]] Sums* of(std::uint16_t role, SimTime created);
  void keep(Sums& sums, const trace::Ended& ended) const;

  SimTime cohort_from_, cohort_to_;
  Keep keep_;
  std::vector<Sums> sums_;
  std::vector<std::size_t> of_role_;
};

}  // namespace portflow::kpi

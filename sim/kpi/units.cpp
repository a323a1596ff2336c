#include "kpi/units.hpp"

#include "core/quantity.hpp"
#include "core/unit.hpp"

namespace portflow::kpi {

double milliseconds_in(std::string_view unit) noexcept {
  if (unit == "s") return 1000.0;
  if (unit == "min") return 60'000.0;
  if (unit == "h") return 3'600'000.0;
  if (unit == "d") return 86'400'000.0;
  if (unit == "w") return 604'800'000.0;
  return 1.0;
}

double share_in(std::string_view unit) noexcept {
  return unit == "%" ? 100.0 : 1.0;
}

double ledger_parts_in(std::string_view unit) noexcept {
  const auto known = find_unit(unit);
  return known ? known->factor * ledger_parts(known->dimension) : 1.0;
}

double factor(std::string_view recorded, std::string_view unit) noexcept {
  if (recorded == unit) return 1.0;
  const auto known = find_unit(unit);
  if (!known || recorded != base_unit(known->dimension)) return 1.0;
  return 1.0 / known->factor;
}

}  // namespace portflow::kpi

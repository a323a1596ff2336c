/// \file units.hpp
/// How many base units of the record make one unit of a KPI.
#pragma once

#include <string_view>

namespace portflow::kpi {

/// Milliseconds in `unit` (ms, s, min, h, d, w); 1 for any other word.
[[nodiscard]] double milliseconds_in(std::string_view unit) noexcept;

/// What a share of 1 reads in `unit`: 100 for %, else 1.
[[nodiscard]] double share_in(std::string_view unit) noexcept;

/// Parts of a ledger (core/quantity.hpp) in one `unit`: 100 of CNY, 3,600,000 of h, a milliard of
/// an event.
[[nodiscard]] double ledger_parts_in(std::string_view unit) noexcept;

/// What one unit of the record (`recorded`, a base unit such as fen) is in `unit`: 0.01 from fen
/// to CNY, 1 where the two are equal or unrelated.
[[nodiscard]] double factor(std::string_view recorded, std::string_view unit) noexcept;

}  // namespace portflow::kpi

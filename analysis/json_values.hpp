/// \file json_values.hpp
/// Single values as the JSON of `why` writes them.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "core/quantity.hpp"
#include "kpi/units.hpp"

namespace portflow::analysis {

/// null for the empty text.
[[nodiscard]] inline nlohmann::ordered_json text_or_null(const std::string& text) {
  return text.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(text);
}

/// What a ledger booked, in `unit`.
[[nodiscard]] inline double amount_in(const std::string& unit, LedgerParts amount) {
  return static_cast<double>(amount.count) / kpi::ledger_parts_in(unit);
}

}  // namespace portflow::analysis

/// \file definition.hpp
/// A KPI as data: which entities, from which mark to which, in which unit, better which way.
///
/// Definitions travel as JSON inside the trace (trace::Schema::kpi_definitions), so a trace
/// gives its KPIs without the scenario that made it. The kinds of fold stand in
/// catalogue.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/time.hpp"
#include "trace/schema.hpp"

namespace portflow::kpi {

/// Which direction is an improvement.
enum class Better : std::uint8_t { lower, higher, neither };

[[nodiscard]] std::string_view name_of(Better better) noexcept;

/// By what a time release study breaks a span down; all empty: there is none.
struct ReleaseStudy {
  std::string mode{}, goods{}, trader{};  ///< birth attributes with categories
  std::vector<std::string> channel{};     ///< marks: an entity belongs to the first that it has
  [[nodiscard]] bool asked() const noexcept {
    return !mode.empty() || !goods.empty() || !trader.empty() || !channel.empty();
  }
  friend bool operator==(const ReleaseStudy&, const ReleaseStudy&) = default;
};

/// One KPI as a fold over records. Empty text means: not asked for.
struct Definition {
  std::string name{};
  std::string kind{"span"};  ///< span, share, count, unfinished, ledger or outage
  std::string of{};          ///< entity type: box, lot, ...; outage: a resource, `gate.lane`
  std::string where{};       ///< condition on birth attributes (`lot.credit`), `flow`, `role`
  std::string from{}, to{};  ///< span, share: `created`, `done` or a mark
  std::string marked{};      ///< share, count: entities with this mark set
  Duration over{0};          ///< share: of spans longer than this
  std::string weight{};      ///< share, count: number attribute to weigh by
  std::string book{};        ///< ledger: `risks`; empty: costs
  std::vector<std::string> items{};  ///< ledger: what was booked as these alone; empty: as any
  std::string payer{}, payee{};      ///< ledger of costs: those alone; empty: anybody
  std::string bearer{};              ///< ledger of risks: likewise
  std::string statistic{"mean"};     ///< span: mean, p50, p90, p95 or max; ledger: mean or sum
  std::string unit{"1"};             ///< ms, s, min, h, d, %, TEU, CNY, 1, ...
  Better better{Better::lower};
  std::optional<double> target{};  ///< in `unit`
  std::vector<std::string> by{};   ///< groups: one more KPI `name.category` per category
  ReleaseStudy release_study{};    ///< span: what the report breaks it down by
  trace::Label title{}, definition{};
  friend bool operator==(const Definition&, const Definition&) = default;
};

/// One JSON array; fields at their defaults are left out.
[[nodiscard]] std::string to_json(std::span<const Definition> definitions);

/// Reads to_json() back; empty text gives no definitions.
/// \returns an input fault for what is no such array.
[[nodiscard]] Result<std::vector<Definition>> from_json(std::string_view text);

}  // namespace portflow::kpi

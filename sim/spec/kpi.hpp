/// \file kpi.hpp
/// A KPI as written: a fold over records, defined once for every place that shows it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/condition.hpp"
#include "core/error.hpp"
#include "spec/ledger.hpp"
#include "spec/value.hpp"

namespace portflow::spec {

/// By what a time release study breaks a span down; empty text: not asked for. As
/// `release_study: {mode: by_rail, channel: [sampled, selected], goods: kind, trader: credit}`.
struct ReleaseStudy {
  std::string mode, goods, trader;   ///< birth attributes with categories
  std::vector<std::string> channel;  ///< marks: an entity belongs to the first that it has
};

/// `import_clearance_time: {span: {of: box, where: flow == import, from: landed, to: released},
///   unit: h, better: lower, target: 53 h, by: [lot.credit], title: {zh: .., en: ..}}`
struct Kpi {
  enum class Kind : std::uint8_t { span, share, count, unfinished, ledger, outage };
  enum class Better : std::uint8_t { lower, higher, neither };
  std::string name;
  Kind kind{Kind::span};
  std::string of;                  ///< entity type; outage: `facility.resource`
  Condition where;                 ///< on birth attributes (and `flow`, `role`)
  std::string from, to;            ///< span, share: `created`, `done` or a mark
  std::string marked;              ///< share, count: entities with this mark (set, not void)
  Duration over{};                 ///< share: of spans longer than this
  std::string weight;              ///< share, count: number attribute to weigh by (teu)
  Ledger book{Ledger::costs};      ///< ledger: which
  std::vector<std::string> items;  ///< ledger: these alone; empty: all of it
  std::string payer, payee;        ///< ledger of costs: those alone; empty: anybody
  std::string bearer;              ///< ledger of risks: likewise
  std::string statistic{"mean"};   ///< span: mean, p50, p90, p95 or max; ledger: mean or sum
  std::string unit;                ///< min, h, d, %, TEU, 1
  Better better{Better::lower};
  std::optional<double> target;               ///< in `unit`
  std::vector<std::string> by;                ///< groups: one further KPI `name.value` per category
  std::optional<ReleaseStudy> release_study;  ///< spans that are means
  Label title, definition;
  Place place;
};

}  // namespace portflow::spec

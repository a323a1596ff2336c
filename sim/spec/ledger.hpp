/// \file ledger.hpp
/// What a step books at its end, money or risk: one line of a ledger.
///
/// `costs: [{item: thc, amount: 1155 CNY, payer: trader, payee: terminal}]`
/// `risks: [{item: missed_violation, amount: {by: credit, aeo: 0.2 %, ordinary: 1 %}, bearer:
/// state}]`
///
/// `since: landed, per: 1 d` makes an amount one for each day since the entity's own mark, as
/// storage is charged and fruit is lost; nothing is booked where the mark was never set.
///
/// A risk is an expectation, so it is booked whether or not anything befalls: a number of events,
/// or what is lost in money or in time. Money and risk never add up, nor do risks of different
/// units. Why, and what is rounded how: docs/decisions/0029-ledger-of-risks.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/error.hpp"
#include "core/unit.hpp"
#include "spec/value.hpp"

namespace portflow::spec {

/// The ledgers that steps write; those of hours are made of accounts, not of lines.
enum class Ledger : std::uint8_t { costs, risks };

/// Its key in a step, and in a KPI.
[[nodiscard]] constexpr const char* name_of(Ledger ledger) noexcept {
  return ledger == Ledger::costs ? "costs" : "risks";
}

/// Booked when its step ends, where `when` holds. All lines of an item are alike in ledger, unit
/// and parties.
struct Line {
  Ledger ledger{Ledger::costs};
  std::string item;
  std::string unit{"CNY"};   ///< risks: `1` (events), `CNY` or a unit of time
  Amount amount;             ///< in base units; with `of`: which share of that, or how often
  std::optional<Amount> of;  ///< an attribute, measured in `unit`
  std::string since;         ///< a mark: the amount is for each ...
  Duration per{};            ///< ... of the time since it was set
  std::string payer, payee;  ///< costs
  std::string bearer;        ///< risks: whom it would befall
  When when;
  Place place;

  /// What the amount measures. \pre the unit is known
  [[nodiscard]] Dimension measures() const { return find_unit(unit)->dimension; }
  /// Whether it may stand under the same item as `other`.
  [[nodiscard]] bool like(const Line& other) const {
    return ledger == other.ledger && unit == other.unit && payer == other.payer &&
           payee == other.payee && bearer == other.bearer;
  }
  friend bool operator==(const Line& a, const Line& b) {
    return a.item == b.item && a.like(b) && a.amount == b.amount && a.of == b.of &&
           a.since == b.since && a.per == b.per && a.when == b.when;
  }
};

}  // namespace portflow::spec

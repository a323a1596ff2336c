#include "cli/why_booked_text.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "cli/table.hpp"
#include "cli/why_words.hpp"
#include "core/unit.hpp"

namespace portflow::cli {
namespace {

constexpr const char* heading = "\nBooked on it, over its whole life:\n";

/// `1,155.00 CNY`, `-04:00:00`, `0.0003 expected`: exact, since parts are whole.
std::string amount_text(const std::string& unit, LedgerParts amount) {
  const auto known = find_unit(unit);
  const Dimension dimension = known ? known->dimension : Dimension::plain;
  if (dimension == Dimension::time) return to_text(Duration{amount.count});
  if (dimension == Dimension::money) {
    const auto fen = static_cast<std::uint64_t>(std::abs(amount.count));
    return fmt::format("{}{}.{:02} CNY", amount.count < 0 ? "-" : "", grouped(fen / 100),
                       fen % 100);
  }
  return fmt::format("{:.9g} expected",
                     static_cast<double>(amount.count) / ledger_parts(dimension));
}

/// `+150.00 CNY`, `0` for none.
std::string difference_text(const analysis::BookedShift& shift) {
  const LedgerParts difference = shift.b.value_or(LedgerParts{}) - shift.a.value_or(LedgerParts{});
  if (difference == LedgerParts{}) return "0";
  return (difference > LedgerParts{} ? "+" : "") + amount_text(shift.unit, difference);
}

std::string amount_or_dash(const std::string& unit, const std::optional<LedgerParts>& amount) {
  return amount ? amount_text(unit, *amount) : "-";
}

/// Who pays whom, or who bears it.
std::string parties_text(const trace::LedgerItem& item) {
  if (!item.payer.empty() || !item.payee.empty()) {
    return fmt::format("{} pays {}", item.payer.empty() ? "-" : item.payer,
                       item.payee.empty() ? "-" : item.payee);
  }
  return item.bearer.empty() ? "-" : "borne by " + item.bearer;
}

}  // namespace

std::string booked_text(const analysis::Record& record, const analysis::Story& story) {
  if (story.booked.empty()) return {};
  Table table;
  table.heading = {"at", "ledger", "item", "amount", "who"};
  table.left = 3;
  table.words_last = true;
  for (const trace::Booked& row : story.booked) {
    const trace::LedgerItem& item = record.schema().items[row.item];
    table.rows.push_back({to_text(shown(row.at)), item.ledger, item.name,
                          amount_text(item.unit, row.amount), parties_text(item)});
  }
  return heading + table.text();
}

std::string booked_text(const analysis::Versus& versus) {
  if (versus.booked.empty()) return {};
  Table table;
  table.heading = {"ledger", "item", "A", "B", "B - A"};
  table.left = 2;
  for (const analysis::BookedShift& shift : versus.booked) {
    table.rows.push_back({shift.ledger, shift.item, amount_or_dash(shift.unit, shift.a),
                          amount_or_dash(shift.unit, shift.b), difference_text(shift)});
  }
  return heading + table.text();
}

}  // namespace portflow::cli

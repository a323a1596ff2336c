// The lines that steps book: costs and risks, which share all but who is named and the unit.
#include "spec/binders.hpp"

namespace portflow::spec {
namespace {

constexpr Number money{Dimension::money, -1e14, 1e14};
const std::vector<std::string> risk_units{"1", "CNY", "ms", "s", "min", "h", "d"};

/// What one line may book in `unit`; a risk is nothing that one is paid for.
Number amount_in(const Line& line) {
  if (line.ledger == Ledger::costs) return money;
  switch (line.measures()) {
    case Dimension::money:
      return {Dimension::money, 0, money.most};
    case Dimension::time:
      return duration();
    default:
      return share(0, 100);  // events, and `0.2 %` of one
  }
}

/// For which of the time since when an amount is.
void read_since(Fields& fields, const Spot& spot, Line& line) {
  constexpr Number a_while{
      .dimension = Dimension::time, .most = static_cast<double>(century.count()), .above = true};
  const auto since = [](const Node& node, const Spot& at, Line& out) {
    read::name(node, at, out.since);
    if (!out.since.empty()) at.mention(Mention::What::earlier, out.since, node.place);
  };
  const bool marked = fields.optional("since", line, since);
  const bool timed = fields.optional("per", line.per, read::number(a_while));
  if (marked != timed) {
    spot.complain(line.place, marked ? "`since` needs `per`, the time that the amount is for"
                                     : "`per` needs `since`, the mark from which time counts");
  }
}

/// The attribute that an amount is a share of.
void read_of(const Node& node, const Spot& spot, Line& line) {
  if (!check_kind(node, Node::Kind::scalar, spot)) return;
  if (!is_dotted_name(node.text)) {
    return spot.complain(node.place, "expected the name of an attribute");
  }
  line.of.emplace().attribute = node.text;
  spot.mention_number(node.text, node.place, line.measures());
}

void read_line(Node& node, const Spot& spot, Line& line) {
  line.place = node.place;
  Fields fields{node, spot};
  fields.required("item", line.item, read::name);
  if (line.ledger == Ledger::risks) {
    fields.defaulted("unit", Node::scalar("1"), line.unit, read::WordReader{risk_units});
  }
  // Of a unit that is none nothing can be said.
  if (!find_unit(line.unit) || line.unit.empty()) line.unit = "1";
  fields.optional("of", line, read_of);
  // How many events there are is no attribute: `amount: 100 %, of: attribute` says that.
  const Number number = line.of ? share(0, 100) : amount_in(line);
  fields.required("amount", line.amount, read::amount(number, !is_bare(number.dimension)));
  if (line.ledger == Ledger::costs) {
    fields.required("payer", line.payer, read::name);
    fields.required("payee", line.payee, read::name);
  } else {
    fields.required("bearer", line.bearer, read::name);
  }
  read_since(fields, spot, line);
  fields.defaulted("when", Node::scalar("true"), line.when, read_when);
  fields.done();
}

}  // namespace

void read_books(Fields& fields, std::vector<Line>& out) {
  for (const Ledger ledger : {Ledger::costs, Ledger::risks}) {
    fields.defaulted(name_of(ledger), empty_list(), out, [&](Node& node, const Spot& spot, auto&) {
      if (!check_kind(node, Node::Kind::list, spot)) return;
      for (std::size_t i = 0; i < node.items.size(); ++i) {
        Line& line = out.emplace_back();
        line.ledger = ledger;
        if (ledger == Ledger::risks) line.unit = "1";
        read_line(node.items[i], spot.item(i), line);
      }
    });
  }
}

}  // namespace portflow::spec

#include <fmt/format.h>

#include "spec/binders.hpp"
#include "spec/in_unit.hpp"

namespace portflow::spec {
namespace {

void read_range(Fields& fields, const InUnit& number, Published& out) {
  bool given = fields.optional("at_least", out.least, number);
  given = fields.optional("at_most", out.most, number) || given;
  Node* range = fields.take("range");
  if (range == nullptr) {
    if (!given) fields.miss("range");
    return;
  }
  const Spot spot = fields.spot() / "range";
  if (given) {
    return spot.complain(range->place, "stands beside `at_least` or `at_most`; write one of them");
  }
  if (!check_kind(*range, Node::Kind::list, spot)) return;
  if (range->items.size() != 2) {
    return spot.complain(range->place, "a range is a list of two numbers: least and most");
  }
  number(range->items[0], spot.item(0), out.least.emplace());
  number(range->items[1], spot.item(1), out.most.emplace());
  if (*out.least > *out.most) spot.complain(range->place, "the least is above the most");
}

void bind_one(Node& node, const Spot& spot, Published& out) {
  out.place = node.place;
  out.title = {out.name, out.name};
  if (node.provenance) {
    out.source = node.provenance->source;
    out.confidence = node.provenance->confidence;
  }
  const auto before = spot.notes().errors.size();
  std::string per;
  double check = 0;
  Fields fields{node, spot};
  fields.optional("title", out.title, read::label);
  const Node* of = node.find("of");
  if (of != nullptr) out.of_place = of->place;
  const bool given = fields.optional("of", out.of, read_formula);
  fields.required("unit", out.unit, read::text);
  if (fields.optional("check", check, read::number(count(1, 99)))) {
    out.check = static_cast<int>(check);
  }
  if (fields.optional("per", per, read::one_of({"year"}))) out.per_year = true;
  const InUnit number{out.unit};
  fields.optional("value", out.value, number);
  read_range(fields, number, out);
  fields.required("how", out.how, read::one_of({"set", "fitted", "result", "absent"}));
  if (!given && out.how != Published::How::absent) fields.miss("of");
  if (given && out.how == Published::How::absent) {
    spot.complain(of->place, "what is `absent` has no formula");
  }
  fields.optional("held_out", out.held_out, read::flag);
  fields.optional("because", out.because, read::label);
  fields.done();
  if (spot.notes().errors.size() > before) return;
  if (out.value && !out.in_range(*out.value)) {
    spot.complain(node.place, "the value lies outside of its own range");
  }
  if (out.source.empty()) {
    spot.complain(node.place, "has no `source`: say where the figure is published");
  }
  if (out.held_out && out.how == Published::How::fitted) {
    spot.complain(node.place, "is held out, so nothing can have been fitted to it");
  }
}

}  // namespace

std::string_view name_of(Published::How how) noexcept {
  switch (how) {
    case Published::How::set:
      return "set";
    case Published::How::fitted:
      return "fitted";
    case Published::How::result:
      return "result";
    case Published::How::absent:
      return "absent";
  }
  return "";
}

void bind_published(Node& node, const Spot& spot, Scenario& scenario) {
  each_entry(node, spot, [&](const std::string& name, Node& entry, const Spot& at) {
    Published& one = scenario.published.emplace_back();
    one.name = name;
    bind_one(entry, at, one);
  });
}

}  // namespace portflow::spec

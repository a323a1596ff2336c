#include "spec/in_unit.hpp"

#include "spec/fields.hpp"
#include "spec/formula.hpp"

namespace portflow::spec {

InUnit::InUnit(const std::string& unit) : unit_{find_unit(unit)} {
  if (!unit_) return;
  number_.dimension = unit_->dimension;
  if (!unit.empty() && unit != "1") number_.assumed = unit_->name;
}

void InUnit::operator()(const Node& node, const Spot& spot, double& out) const {
  read::number(number_)(node, spot, out);
  if (unit_) out = unit_->factor < 1 ? out * (1 / unit_->factor) : out / unit_->factor;
}

void read_formula(const Node& node, const Spot& spot, Formula& out) {
  if (!check_kind(node, Node::Kind::scalar, spot)) return;
  auto formula = Formula::parse(node.text);
  if (!formula) return spot.complain(node.place, formula.error());
  out = std::move(*formula);
}

}  // namespace portflow::spec

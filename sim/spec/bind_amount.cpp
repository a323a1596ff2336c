#include <fmt/format.h>

#include <algorithm>

#include "spec/cases.hpp"
#include "spec/fields.hpp"

namespace portflow::spec {
namespace {

constexpr Number ramp_length{.dimension = Dimension::time,
                             .most = static_cast<double>(century.count()),
                             .above = true,
                             .months = true};

void read_ramp(Node& node, const Spot& spot, const Number& number, Ramp& ramp) {
  Fields fields{node, spot};
  fields.required("from", ramp.from, read::number(number));
  fields.required("to", ramp.to, read::number(number));
  fields.required("over", ramp.over, read::number(ramp_length));
  if (!fields.optional("start", ramp.start, read::date)) ramp.start = spot.notes().ramp_start;
  fields.done();
}

}  // namespace

std::vector<Case> read_cases(Node& node, const Spot& spot, std::string& by) {
  std::vector<Case> result;
  if (!spot.reads_attributes()) {
    spot.complain(node.place, "cannot depend on an attribute: there is no entity here");
    return result;
  }
  const bool flags = std::ranges::all_of(node.entries, [](const Node::Entry& entry) {
    return entry.key == "by" || entry.key == "yes" || entry.key == "no" || entry.key == "true" ||
           entry.key == "false";
  });
  std::vector<std::string> names;
  for (auto& entry : node.entries) {
    if (entry.key == "by") continue;
    std::string name = entry.key;
    if (flags && name == "yes") name = "true";
    if (flags && name == "no") name = "false";
    if (std::ranges::find(names, name) != names.end()) {
      spot.complain(entry.place, fmt::format("`{}` is the same case as `{}`", entry.key, name));
    }
    names.push_back(name);
    result.push_back({std::move(name), entry.value, spot / entry.key});
  }
  Node& attribute = *node.find("by");
  if (!check_kind(attribute, Node::Kind::scalar, spot / "by")) return result;
  if (!is_dotted_name(attribute.text)) {
    (spot / "by").complain(attribute.place, fmt::format("`{}` is not a name", attribute.text));
    return result;
  }
  if (names.empty()) spot.complain(node.place, fmt::format("no case of `{}`", attribute.text));
  by = attribute.text;
  (spot / "by").mention(Mention::What::category, by, attribute.place, std::move(names));
  return result;
}

bool reads_condition(const Node& node, const Spot& spot) {
  if (!node.is_map() || node.find("if") == nullptr) return false;
  if (!spot.reads_attributes()) {
    spot.complain(node.place, "cannot depend on a condition: there is no entity here");
  }
  return true;
}

namespace read {

void AmountReader::operator()(Node& node, const Spot& spot, Amount& out) const {
  if (!node.learns.empty() && spot.reads_attributes()) {
    out.learns = node.learns;
    Node value = node;
    value.learns.clear();
    return (*this)(value, spot, out);
  }
  if (node.is_scalar()) {
    if (attributes && is_dotted_name(node.text)) {
      out.attribute = node.text;
      spot.mention_number(node.text, node.place, number.dimension);
      return;
    }
    return read::number(number)(node, spot, out.value);
  }
  if (reads_condition(node, spot)) return read_sides(node, spot, out, *this);
  if (!node.is_map() || (!node.find("ramp") && !node.find("by"))) {
    return spot.complain(node.place,
                         "expected a number, `{ramp: {from, to, over}}`, "
                         "`{by: attribute, case: number}` or `{if: condition, then: number, "
                         "else: number}`");
  }
  if (Node* by = node.find("by"); by != nullptr) {
    for (const Case& option : read_cases(node, spot, out.by)) {
      (*this)(option.node, option.spot, out.cases.emplace_back(option.name, Amount{}).then);
    }
    return;
  }
  Fields fields{node, spot};
  Node* ramp = fields.take("ramp");
  fields.done();
  read_ramp(*ramp, spot / "ramp", number, out.ramp.emplace());
}

}  // namespace read
}  // namespace portflow::spec

#include <fmt/format.h>

#include "spec/binders.hpp"

namespace portflow::spec {
namespace {

/// Whole units, a share of one (`30 %`), or the name of a number attribute.
constexpr Number amount{Dimension::share, 0, 1e7, true};

/// Takes away the units beside the numbers of an amount, `300 m`, each of which must be what
/// `resources` are counted in; a percentage stays a share of one unit.
void take_units(Node& node, const Spot& spot, const std::vector<std::string>& resources) {
  if (node.is_scalar()) {
    const auto split = split_number(node.text);
    if (!split || split->unit.empty() || split->unit == "%") return;
    spot.mention(Mention::What::unit, std::string{split->unit}, node.place, resources);
    node.text = split->digits;
    return;
  }
  if (Node* ramp = node.find("ramp")) {
    for (const auto* end : {"from", "to"}) {
      if (Node* value = ramp->find(end)) take_units(*value, spot / "ramp" / end, resources);
    }
    return;
  }
  for (auto& entry : node.entries) {
    if (entry.key != "by" && entry.key != "if")
      take_units(entry.value, spot / entry.key, resources);
  }
}

/// How many units of `resources`; an attribute must count what they count.
void read_units(Node& node, const Spot& spot, std::vector<std::string> resources, Amount& out) {
  if (!node.is_scalar() || !is_dotted_name(node.text)) {
    Node bare = node;  // the tree keeps the numbers as somebody wrote them
    take_units(bare, spot, resources);
    return read::amount(amount)(bare, spot, out);
  }
  out.attribute = node.text;
  spot.mention(Mention::What::units, node.text, node.place, std::move(resources));
}

/// `{tug: 2}`, `{tug: 2, pilot: 1}`, `{any_of: [a, b], amount: 1}`.
void read_need_map(Node& node, const Spot& spot, std::vector<Need>& out) {
  if (node.find("any_of") != nullptr) {
    Need& need = out.emplace_back();
    Fields fields{node, spot};
    fields.required("any_of", need.any_of, read::mention(Mention::What::resource));
    fields.optional("amount", need.amount, [&](Node& value, const Spot& at, Amount& out_amount) {
      read_units(value, at, need.any_of, out_amount);
    });
    return fields.done();
  }
  each_entry(node, spot, [&](const std::string& resource, Node& value, const Spot& at) {
    Need& need = out.emplace_back();
    need.any_of = {resource};
    at.mention(Mention::What::resource, resource, value.place);
    read_units(value, at, need.any_of, need.amount);
  });
}

/// `until leave` or `until start of leave`; the word `until` is left out in the long form.
void read_until(const Node& node, const Spot& spot, bool worded, Hold& hold) {
  if (!check_kind(node, Node::Kind::scalar, spot)) return;
  std::string_view text = node.text;
  const auto skip = [&](std::string_view word) {
    if (!text.starts_with(word)) return false;
    text.remove_prefix(word.size());
    return true;
  };
  if (worded && !skip("until ")) {
    return spot.complain(
        node.place, fmt::format("`{}`: write `until step` or `until start of step`", node.text));
  }
  hold.at_start = skip("start of ");
  if (!is_name(text)) {
    return spot.complain(node.place, fmt::format("`{}` is not the name of a step", text));
  }
  hold.until = text;
  spot.mention(Mention::What::until, hold.until, node.place);
}

}  // namespace

void read_needs(Node& node, const Spot& spot, std::vector<Need>& out) {
  each_item(node, spot, [&](Node& item, const Spot& at) {
    if (item.is_map()) return read_need_map(item, at, out);
    std::string name;
    read::mention(Mention::What::resource)(item, at, name);
    if (!name.empty()) out.push_back({{name}, Amount{.value = 1}});
  });
  for (std::size_t i = 0; i < out.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (out[i].any_of == out[j].any_of && out[i].any_of.size() == 1) {
        spot.complain(node.place, fmt::format("needs `{}` twice; write `{{{}: 2}}`",
                                              out[i].any_of[0], out[i].any_of[0]));
      }
    }
  }
}

void read_holds(Node& node, const Spot& spot, std::vector<Hold>& out) {
  each_entry(node, spot, [&](const std::string& resource, Node& value, const Spot& at) {
    Hold& hold = out.emplace_back();
    hold.resource = resource;
    at.mention(Mention::What::resource, resource, value.place);
    if (value.is_scalar()) return read_until(value, at, true, hold);
    Fields fields{value, at};
    fields.required("until", hold, [](const Node& until, const Spot& s, Hold& h) {
      read_until(until, s, false, h);
    });
    fields.optional("amount", hold.amount, [&](Node& number, const Spot& s, Amount& out_amount) {
      read_units(number, s, {resource}, out_amount);
    });
    fields.done();
  });
}

}  // namespace portflow::spec

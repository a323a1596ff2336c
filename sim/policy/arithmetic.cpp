#include "policy/arithmetic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <optional>

#include "spec/binders.hpp"
#include "spec/number.hpp"

namespace portflow::policy {
namespace {

using spec::Node;

constexpr std::array<std::string_view, 10> families{
    "constant", "uniform", "triangular", "exponential", "lognormal",
    "gamma",    "erlang",  "geometric",  "empirical",   "mixture"};

std::string written(double value, std::string_view unit) {
  return unit.empty() ? fmt::format("{}", value) : fmt::format("{} {}", value, unit);
}

/// A bare number and a percentage are both shares.
bool bare_and_percent(std::string_view a, std::string_view b) {
  return (a == "%" && b.empty()) || (a.empty() && b == "%");
}

/// `text` in the unit `unit`.
tl::expected<double, std::string> in_unit(const std::string& text, std::string_view unit) {
  const auto split = *spec::split_number(text);
  if (split.unit == unit) return split.value;
  const auto from = find_unit(split.unit);
  const auto to = find_unit(unit);
  const bool fits =
      from && to && (from->dimension == to->dimension || bare_and_percent(split.unit, unit));
  if (!fits) {
    return tl::unexpected(fmt::format("`{}` does not fit a field in {}", text,
                                      unit.empty() ? "plain numbers" : fmt::format("`{}`", unit)));
  }
  return split.value * from->factor / to->factor;
}

Node* family_of(Node& node) {
  for (auto& entry : node.entries) {
    if (std::ranges::find(families, entry.key) != families.end()) return &entry.value;
  }
  return nullptr;
}

/// The first number with a unit beneath a distribution: `plus` is written in it.
std::string unit_within(const Node& node) {
  if (node.is_scalar()) {
    const auto split = spec::split_number(node.text);
    return split ? std::string{split->unit} : "";
  }
  for (const auto& item : node.items) {
    if (auto unit = unit_within(item); !unit.empty()) return unit;
  }
  for (const auto& entry : node.entries) {
    if (auto unit = unit_within(entry.value); !unit.empty()) return unit;
  }
  return {};
}

bool is_hours_map(const Node& node) {
  return std::ranges::all_of(node.entries, [](const Node::Entry& entry) {
    return entry.key == "else" || spec::parse_hours(entry.key);
  });
}

using Change =
    std::function<tl::expected<double, std::string>(double value, std::string_view unit)>;
using Stretch = std::function<Edited(Node distribution)>;

/// Applies `change` to every number that `node` stands for, `stretch` to distributions.
Edited edited(const Node& node, const Change& change, const Stretch& stretch) {
  if (node.is_scalar()) {
    const auto split = spec::split_number(node.text);
    if (!split) {
      return tl::unexpected(node.text.starts_with('$')
                                ? fmt::format("`{}` quotes a parameter; edit `parameters.{}.value`",
                                              node.text, node.text.substr(1))
                                : fmt::format("`{}` is not a number", node.text));
    }
    const auto value = change(split->value, split->unit);
    if (!value) return tl::unexpected(value.error());
    Node result = node;
    result.text = written(*value, split->unit);
    return result;
  }
  if (!node.is_map()) return tl::unexpected(std::string{"a list is not a number"});
  Node result = node;
  if (family_of(result) != nullptr) return stretch(std::move(result));
  Node* ramp = result.find("ramp");
  const bool told_apart = result.find("by") != nullptr || result.find("if") != nullptr;
  if (ramp == nullptr && !told_apart && !is_hours_map(result)) {
    return tl::unexpected(std::string{"a map is not a number; select a field of it, or `*`"});
  }
  for (auto& entry : (ramp != nullptr ? *ramp : result).entries) {
    if (entry.key == "by" || entry.key == "if") continue;
    if (entry.key == "over" || entry.key == "start") continue;
    auto value = edited(entry.value, change, stretch);
    if (!value) return value;
    entry.value = std::move(*value);
  }
  return result;
}

/// The entry `key`, made from `text` where it is absent.
Node& entry(Node& map, std::string_view key, std::string text) {
  if (Node* found = map.find(key)) return *found;
  map.entries.push_back({std::string{key}, map.place, Node::scalar(std::move(text), map.place)});
  return map.entries.back().value;
}

double base_value(const spec::Split& split) {
  const auto unit = find_unit(split.unit);
  return unit ? split.value * unit->factor : split.value;
}

bool same_scalar(const std::string& a, const std::string& b) {
  if (a == b) return true;
  const auto one = spec::split_number(a);
  const auto other = spec::split_number(b);
  if (!one || !other) return false;
  const auto unit = find_unit(one->unit);
  const auto other_unit = find_unit(other->unit);
  const bool comparable =
      unit && other_unit &&
      (unit->dimension == other_unit->dimension || bare_and_percent(one->unit, other->unit));
  if (!comparable) return one->value == other->value && one->unit == other->unit;
  return base_value(*one) == base_value(*other);
}

}  // namespace

Edited scaled(const Node& node, double factor) {
  const auto times = [factor](double value, std::string_view) -> tl::expected<double, std::string> {
    return value * factor;
  };
  return edited(node, times, [&](Node distribution) -> Edited {
    auto stretched = edited(entry(distribution, "times", "1"), times, {});
    if (!stretched) return stretched;
    entry(distribution, "times", "1") = std::move(*stretched);
    if (Node* plus = distribution.find("plus")) {
      auto shifted = edited(*plus, times, {});
      if (!shifted) return shifted;
      *plus = std::move(*shifted);
    }
    return distribution;
  });
}

Edited added(const Node& node, const std::string& amount) {
  const auto plus = [&](double value, std::string_view unit) -> tl::expected<double, std::string> {
    return in_unit(amount, unit).map([value](double more) { return value + more; });
  };
  return edited(node, plus, [&](Node distribution) -> Edited {
    const auto unit = unit_within(*family_of(distribution));
    auto shifted = edited(entry(distribution, "plus", written(0, unit)), plus, {});
    if (!shifted) return shifted;
    entry(distribution, "plus", "") = std::move(*shifted);
    return distribution;
  });
}

Edited bounded(const Node& node, const std::string& bound, bool least) {
  const auto clamp = [&](double value, std::string_view unit) -> tl::expected<double, std::string> {
    return in_unit(bound, unit).map([&](double end) {
      return least ? std::max(value, end) : std::min(value, end);
    });
  };
  return edited(node, clamp, [](const Node&) -> Edited {
    return tl::unexpected(std::string{"a distribution has no bound; use `set`, `scale` or `add`"});
  });
}

bool same_value(const Node& a, const Node& b) {
  if (a.is_list() && a.items.size() == 1 && !b.is_list()) return same_value(a.items[0], b);
  if (b.is_list() && b.items.size() == 1 && !a.is_list()) return same_value(a, b.items[0]);
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case Node::Kind::null:
      return true;
    case Node::Kind::scalar:
      return same_scalar(a.text, b.text);
    case Node::Kind::list:
      return std::ranges::equal(a.items, b.items, same_value);
    case Node::Kind::map:
      break;
  }
  const auto within = [](const Node& some, const Node& other) {
    return std::ranges::all_of(some.entries, [&](const Node::Entry& entry) {
      if (entry.value.defaulted) return true;
      const Node* twin = other.find(entry.key);
      return twin != nullptr && same_value(entry.value, *twin);
    });
  };
  return within(a, b) && within(b, a);
}

Node as_written(const Node& node) {
  Node result = node;
  std::erase_if(result.entries, [](const Node::Entry& entry) { return entry.value.defaulted; });
  for (auto& entry : result.entries) entry.value = as_written(entry.value);
  for (auto& item : result.items) item = as_written(item);
  return result;
}

}  // namespace portflow::policy

#include <fmt/format.h>

#include <algorithm>

#include "core/words.hpp"
#include "spec/binders.hpp"

namespace portflow::spec {
namespace {

constexpr Number weight = share(0, 1e9);

const std::vector<std::string> reserved{"flow",  "role", "due", "created", "done", "true",
                                        "false", "self", "not", "and",     "or"};

void read_choice(Node& node, const Spot& spot, Attribute& out) {
  each_entry(node, spot, [&](const std::string& name, Node& value, const Spot& at) {
    if (name == "yes" || name == "no" || name == "true" || name == "false") {
      at.complain(value.place,
                  "`yes`, `no`, `true` and `false` cannot be categories; use `chance`");
    }
    read::amount(weight)(value, at, out.options.emplace_back(name, Amount{}).second);
  });
  if (node.is_map() && node.entries.empty()) spot.complain(node.place, "a choice among nothing");
  const bool dead =
      !out.options.empty() && std::ranges::all_of(out.options, [](const auto& option) {
        return option.second.plain() && option.second.value <= 0;
      });
  if (dead && spot.notes().errors.empty())
    spot.complain(node.place, "every share of the choice is 0");
  std::ranges::sort(out.options, {}, [](const auto& option) { return option.first; });
}

/// Reads `unit` first: it says what the numbers measure.
void read_quantity(Fields& fields, Attribute& out) {
  Number number = plain(-1e15, 1e15);
  if (Node* node = fields.take("unit")) {
    const Spot at = fields.spot() / "unit";
    read::text(*node, at, out.unit);
    if (const auto unit = find_unit(out.unit)) {
      number.dimension = out.dimension = unit->dimension;
      number.assumed = out.unit == "1" ? std::string_view{} : std::string_view{out.unit};
    } else {
      std::vector<std::string> known{"1"};
      for (const Unit& one : all_units()) {
        if (!one.calendar) known.emplace_back(one.name);
      }
      at.complain(node->place, fmt::format("unknown unit `{}`{} (known: {})", out.unit,
                                           did_you_mean(out.unit, known), listed(known)));
    }
  }
  fields.required("number", out.number, read::takes(number));
}

void bind_attribute(Node& node, const Spot& spot, Attribute& out) {
  out.place = node.place;
  Fields fields{node, spot};
  const std::vector<std::string> kinds{"choice", "chance", "is", "number"};
  const auto given =
      std::ranges::count_if(kinds, [&](const auto& kind) { return fields.has(kind); });
  if (node.is_map() && given > 1) {
    spot.complain(node.place, fmt::format("an attribute has one of {}", listed(kinds)));
  }
  if (fields.has("number")) {
    out.kind = Attribute::Kind::number;
    read_quantity(fields, out);
  } else if (fields.optional("choice", out, read_choice)) {
    out.kind = Attribute::Kind::choice;
  } else if (fields.has("is")) {
    out.kind = Attribute::Kind::choice;
    std::string word;
    fields.optional("is", word, read::name);
    out.options.emplace_back(word, Amount{.value = 1});
  } else if (!fields.optional("chance", out.chance, read::amount(share())) && node.is_map()) {
    spot.complain(node.place, fmt::format("an attribute has one of {}", listed(kinds)));
    return;
  }
  for (const auto& kind : kinds) (void)fields.take(kind);
  fields.done();
}

/// Adds the attributes that tell the sides or cases of a number apart.
template <class Value>
void add_names(const Value& value, std::vector<std::string>& names) {
  if (!value.by.empty()) names.push_back(value.by);
  for (auto& name : value.when.names()) names.push_back(std::move(name));
  for (const Value& side : value.sides) add_names(side, names);
}

/// The attributes that the declaration of `attribute` reads.
std::vector<std::string> read_by(const Attribute& attribute) {
  std::vector<std::string> names;
  add_names(attribute.chance, names);
  add_names(attribute.number, names);
  for (const auto& [category, share] : attribute.options) add_names(share, names);
  return names;
}

/// Puts attributes into dependency order, by name where they do not depend on each other.
class Order {
 public:
  Order(std::vector<Attribute>& attributes, const Spot& spot) : in_{attributes}, spot_{spot} {}

  void run() {
    std::ranges::sort(in_, {}, &Attribute::name);
    for (const Attribute& attribute : in_) visit(attribute);
    in_ = std::move(out_);
  }

 private:
  void visit(const Attribute& attribute) {
    if (std::ranges::find(out_, attribute.name, &Attribute::name) != out_.end()) return;
    const auto open = std::ranges::find(path_, attribute.name);
    if (open != path_.end()) {
      std::string circle;
      for (auto i = open; i != path_.end(); ++i) circle += *i + " -> ";
      if (!told_) {
        spot_.complain(attribute.place,
                       fmt::format("attributes depend on each other in a circle: {}{}", circle,
                                   attribute.name));
      }
      told_ = true;
      return;
    }
    path_.push_back(attribute.name);
    for (const auto& name : read_by(attribute)) {
      const auto found = std::ranges::find(in_, name, &Attribute::name);
      if (found != in_.end()) visit(*found);
    }
    path_.pop_back();
    if (std::ranges::find(out_, attribute.name, &Attribute::name) == out_.end()) {
      out_.push_back(attribute);
    }
  }

  std::vector<Attribute>& in_;
  const Spot& spot_;
  std::vector<Attribute> out_;
  std::vector<std::string> path_;
  bool told_{false};
};

}  // namespace

void read_attributes(Node& node, const Spot& spot, std::vector<Attribute>& out) {
  each_entry(node, spot, [&](const std::string& name, Node& value, const Spot& at) {
    if (std::ranges::find(reserved, name) != reserved.end()) {
      at.complain(value.place, fmt::format("`{}` is a word of the language and cannot name an "
                                           "attribute",
                                           name));
    }
    Attribute& attribute = out.emplace_back();
    attribute.name = name;
    bind_attribute(value, at, attribute);
  });
  Order{out, spot}.run();
}

}  // namespace portflow::spec

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/words.hpp"
#include "policy/arithmetic.hpp"
#include "policy/compile.hpp"
#include "policy/selector.hpp"
#include "spec/binders.hpp"
#include "spec/check_attributes.hpp"

namespace portflow::policy {
namespace {

using spec::Fields;
using spec::Node;
using spec::Spot;
namespace read = spec::read;

/// In the order of Operation.
const std::vector<std::string> operations{"set",     "scale",  "add",     "at_least",
                                          "at_most", "insert", "include", "exclude"};

void read_path(const Node& node, const Spot& spot, Effect& effect) {
  read::text(node, spot, effect.path_text);
  if (effect.path_text.empty()) return;
  auto path = split_selector(effect.path_text);
  if (path) {
    effect.path = std::move(*path);
  } else {
    spot.complain(node.place, path.error());
  }
}

/// What an operation takes: numbers for arithmetic, a map for insert.
void check_value(const Node& value, const Spot& spot, Operation operation) {
  switch (operation) {
    case Operation::scale: {
      const auto split = value.is_scalar() ? spec::split_number(value.text) : std::nullopt;
      if (!split || split->value < 0 || (!split->unit.empty() && split->unit != "%")) {
        spot.complain(value.place, "`scale` takes a factor from 0 (`0.5` or `50 %`)");
      }
      return;
    }
    case Operation::add:
    case Operation::at_least:
    case Operation::at_most:
      if (!value.is_scalar() || !spec::split_number(value.text)) {
        spot.complain(value.place, "takes a number with the unit of the field");
      }
      return;
    case Operation::insert:
      if (!value.is_map() || value.entries.empty()) {
        spot.complain(value.place, "`insert` takes a map of new entries");
      }
      return;
    case Operation::include:
    case Operation::exclude:
      if (!value.is_scalar() && (!value.is_list() || value.items.empty())) {
        spot.complain(value.place, "takes a word or a list of words");
      }
      return;
    case Operation::set:
      return;
  }
}

/// A number that leaves the range its own author gave it is a slip of the pen.
void check_range(const Node& range, const Spot& spot, const Node& value) {
  if (!value.is_scalar() || !spec::split_number(value.text)) return;
  for (const bool least : {true, false}) {
    const Node& end = range.items[least ? 0 : 1];
    const auto kept = bounded(value, end.text, least);
    if (!kept) return spot.complain(end.place, kept.error());
    if (!same_value(*kept, value)) {
      spot.complain(end.place, fmt::format("{} is not in [{}, {}]", value.text, range.items[0].text,
                                           range.items[1].text));
    }
  }
}

void bind_effect(Node& node, const Spot& spot, Effect& effect) {
  effect.place = node.place;
  Fields fields{node, spot};
  fields.required("edit", effect, read_path);
  if (const Node* was = fields.take("was")) effect.was = *was;
  int given = 0;
  for (std::size_t i = 0; i < operations.size(); ++i) {
    Node* value = fields.take(operations[i]);
    if (value == nullptr) continue;
    ++given;
    effect.operation = static_cast<Operation>(i);
    check_value(*value, spot / operations[i], effect.operation);
    effect.value = *value;
    // Where the number comes from is said beside the edit, and goes with the number.
    if (!effect.value.provenance) effect.value.provenance = node.provenance;
  }
  if (node.is_map() && given != 1) {
    spot.complain(node.place, fmt::format("needs exactly one of {}", listed(operations)));
  }
  if (const Node* range = fields.take("range")) {
    const bool two = range->is_list() && range->items.size() == 2 &&
                     std::ranges::all_of(range->items, [](const Node& end) {
                       return end.is_scalar() && spec::split_number(end.text);
                     });
    if (!two) {
      (spot / "range").complain(range->place, "expected `[least, most]`");
    } else {
      check_range(*range, spot / "range", effect.value);
    }
  }
  if (const Node* where = node.find("where")) effect.where_place = where->place;
  fields.optional("where", effect.where, read::condition);
  fields.done();
}

void bind_adoption(Node& node, const Spot& spot, Adoption& adoption) {
  Fields fields{node, spot};
  fields.required("by", adoption.by, read::name);
  if (const Node* where = node.find("where")) adoption.where_place = where->place;
  fields.optional("where", adoption.where, read::condition);
  fields.required("share", adoption.share, read::amount(spec::share()));
  fields.done();
}

void read_effects(Node& node, const Spot& spot, std::vector<Effect>& effects) {
  if (!check_kind(node, Node::Kind::list, spot)) return;
  if (node.items.empty()) spot.complain(node.place, "no effects: it would do nothing");
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    bind_effect(node.items[i], spot.item(i), effects.emplace_back());
  }
}

/// The keys that a part has, or a measure without parts.
void bind_part(Fields& fields, Part& part) {
  const Spot& spot = fields.spot();
  fields.optional("starts", part.starts, read::date);
  fields.optional("ends", part.ends, read::date);
  if (part.starts && part.ends && *part.ends <= *part.starts) {
    spot.complain(fields.node().place, "`ends` must come after `starts`");
  }
  spot.notes().ramp_start = part.starts;
  fields.optional("adoption", part.adoption, bind_adoption);
  fields.required("effects", part.effects, read_effects);
}

void read_parts(Node& node, const Spot& spot, std::vector<Part>& parts) {
  spec::each_entry(node, spot, [&](const std::string& name, Node& entry, const Spot& at) {
    Part& part = parts.emplace_back();
    part.name = name;
    part.title = {name, name};
    Fields fields{entry, at};
    bind_part(fields, part);
    fields.optional("title", part.title, read::label);
    fields.done();
  });
  if (node.is_map() && node.entries.empty()) spot.complain(node.place, "no parts");
  std::ranges::sort(parts, {}, &Part::name);
}

void read_expect(Node& node, const Spot& spot, std::map<std::string, std::string>& expect) {
  if (!check_kind(node, Node::Kind::map, spot)) return;
  for (auto& entry : node.entries) {
    read::one_of({"down", "up", "not_down", "not_up"})(entry.value, spot / entry.key,
                                                       expect[entry.key]);
  }
}

void read_texts(Node& node, const Spot& spot, std::vector<std::string>& out) {
  spec::each_item(node, spot,
                  [&](Node& item, const Spot& at) { read::text(item, at, out.emplace_back()); });
}

void bind_showing(Node& node, const Spot& spot, Showing& showing) {
  showing.place = node.place;
  Fields fields{node, spot};
  fields.required("on", showing.on, read::text);
  fields.optional("parts", showing.parts, read_texts);
  double replications = showing.replications;
  fields.optional("replications", replications, read::number(spec::count(2, 1000)));
  showing.replications = static_cast<std::uint32_t>(replications);
  fields.done();
}

void read_shown(Node& node, const Spot& spot, std::vector<Showing>& shown) {
  spec::each_item(node, spot, [&](Node& item, const Spot& at) {
    bind_showing(item, at, shown.emplace_back());
  });
}

/// Parts that are shown alone must be there.
void check_shown(const Measure& measure, const Spot& spot) {
  std::vector<std::string> known;
  known.reserve(measure.parts.size());
  for (const Part& part : measure.parts) known.push_back(part.name);
  for (const Showing& showing : measure.shown) {
    for (const std::string& part : showing.parts) {
      if (std::ranges::find(known, part) != known.end()) continue;
      spot.complain(showing.place, spec::unknown(fmt::format("no part `{}`", part), part, known));
    }
  }
}

void bind_whole(Node& root, const Spot& top, Measure& measure) {
  Fields fields{root, top};
  double number = 0;
  fields.required("id", measure.id, read::name);
  measure.title = {measure.id, measure.id};
  fields.optional("number", number, read::number(spec::count(0, 999)));
  measure.number = static_cast<int>(number);
  fields.optional("title", measure.title, read::label);
  fields.optional("clause", measure.clause, read::label);
  fields.optional("concerns", measure.concerns, read::text);
  fields.optional("requires", measure.needs, read_texts);
  fields.optional("excludes", measure.excludes, read_texts);
  fields.optional("overlaps", measure.overlaps, read_texts);
  fields.optional("expect", measure.expect, read_expect);
  fields.optional("unchanged", measure.unchanged, read_texts);
  fields.optional("shown", measure.shown, read_shown);
  fields.optional("institutional", measure.institutional, read::flag);
  fields.optional("settled", measure.settled, read::text);
  spec::Scenario bibliography;
  fields.optional("sources", bibliography, spec::bind_sources);
  if (fields.optional("parts", measure.parts, read_parts)) {
    for (const auto* key : {"starts", "ends", "adoption", "effects"}) {
      if (const Node* node = fields.take(key)) {
        (top / key).complain(node->place, fmt::format("`{}` belongs into a part, since there are "
                                                      "`parts`",
                                                      key));
      }
    }
  } else {
    Part& part = measure.parts.emplace_back();
    part.title = measure.title;
    bind_part(fields, part);
  }
  fields.done();
  check_shown(measure, top / "shown");
}

}  // namespace

Result<Measure> bind_measure(Node root, const std::string& file, std::string path) {
  spec::Notes notes;
  Measure measure;
  measure.file = file;
  measure.node = root;
  bind_whole(root, Spot{notes, std::move(path)}, measure);
  if (!notes.errors.empty()) {
    std::ranges::stable_sort(notes.errors, {}, &Error::place);
    return refuse(std::move(notes.errors));
  }
  return measure;
}

}  // namespace portflow::policy

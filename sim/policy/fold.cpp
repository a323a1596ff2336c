#include "policy/fold.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "policy/arithmetic.hpp"
#include "policy/conditional.hpp"
#include "spec/number.hpp"

namespace portflow::policy {
namespace {

using spec::Node;
using Edits = std::vector<const Edit*>;

void relocate(Node& node, const Place& place) {
  node.place = place;
  for (auto& entry : node.entries) relocate(entry.value, place);
  for (auto& item : node.items) relocate(item, place);
}

bool holds(const std::vector<Node>& items, const Node& item) {
  return std::ranges::any_of(items, [&](const Node& other) { return same_value(item, other); });
}

std::vector<Node> as_list(const Node& node) {
  if (node.is_list()) return node.items;
  if (node.kind == Node::Kind::null) return {};
  return {node};
}

/// Folds the edits of one field.
class Field {
 public:
  Field(Node value, const Edits& edits, Errors& errors)
      : place_{value.place}, value_{std::move(value)}, edits_{edits}, errors_{errors} {}

  Node run() {
    set();
    arithmetic();
    lists();
    value_.defaulted = false;
    return std::move(value_);
  }

 private:
  void complain(const Edit& edit, std::string message) {
    errors_.push_back({edit.effect->place, to_text(edit.path), std::move(message)});
  }

  template <class Apply>
  void each(Operation operation, const Apply& apply) {
    for (const Edit* edit : edits_) {
      if (edit->effect->operation == operation) apply(*edit);
    }
  }

  void set() {
    const Edit* first = nullptr;
    each(Operation::set, [&](const Edit& edit) {
      if (first == nullptr) {
        first = &edit;
        value_ = edit.value;
      } else if (!same_value(first->value, edit.value)) {
        complain(edit, fmt::format("`{}` sets this to {}, but `{}` sets it to {} ({})", edit.part,
                                   to_text(edit.value), first->part, to_text(first->value),
                                   place_text(first->effect->place)));
      }
    });
  }

  void take(const Edit& edit, Edited result) {
    if (!result) {
      return complain(edit, fmt::format("{} ({})", result.error(), place_text(place_)));
    }
    value_ = std::move(*result);
    relocate(value_, edit.value.place);
    if (edit.value.provenance) value_.provenance = edit.value.provenance;
  }

  void arithmetic() {
    each(Operation::scale, [&](const Edit& edit) {
      const auto factor = *spec::split_number(edit.value.text);
      take(edit, scaled(value_, factor.unit == "%" ? factor.value / 100 : factor.value));
    });
    each(Operation::add, [&](const Edit& edit) { take(edit, added(value_, edit.value.text)); });
    each(Operation::at_least,
         [&](const Edit& edit) { take(edit, bounded(value_, edit.value.text, true)); });
    each(Operation::at_most,
         [&](const Edit& edit) { take(edit, bounded(value_, edit.value.text, false)); });
    each(Operation::at_least, [&](const Edit& edit) {
      const auto kept = bounded(value_, edit.value.text, true);
      if (kept && !same_value(*kept, value_)) complain_about_cap(edit);
    });
  }

  /// A lower bound that some upper bound undercuts: neither may win in silence.
  void complain_about_cap(const Edit& edit) {
    each(Operation::at_most, [&](const Edit& cap) {
      const auto capped = bounded(edit.value, cap.value.text, false);
      if (!capped || same_value(*capped, edit.value)) return;
      complain(edit, fmt::format("`{}` wants at least {}, but `{}` at most {} ({})", edit.part,
                                 to_text(edit.value), cap.part, to_text(cap.value),
                                 place_text(cap.effect->place)));
    });
  }

  void lists() {
    each(Operation::include, [&](const Edit& edit) {
      if (!to_list(edit)) return;
      for (const Node& item : as_list(edit.value)) {
        each(Operation::exclude, [&](const Edit& other) {
          if (holds(as_list(other.value), item)) {
            complain(other, fmt::format("`{}` excludes {}, but `{}` includes it ({})", other.part,
                                        to_text(item), edit.part, place_text(edit.effect->place)));
          }
        });
        if (!holds(value_.items, item)) value_.items.push_back(item);
      }
    });
    const std::vector<Node> before = as_list(value_);
    each(Operation::exclude, [&](const Edit& edit) {
      if (!to_list(edit)) return;
      for (const Node& item : as_list(edit.value)) {
        // Two may exclude the same item, but it must have been there.
        if (!holds(before, item)) {
          complain(edit,
                   fmt::format("{} is not in the list ({})", to_text(item), place_text(place_)));
        }
        std::erase_if(value_.items, [&](const Node& other) { return same_value(item, other); });
      }
    });
  }

  bool to_list(const Edit& edit) {
    if (value_.is_map()) {
      complain(edit, "this is a map, not a list");
      return false;
    }
    value_.items = as_list(value_);
    value_.kind = Node::Kind::list;
    value_.text.clear();
    return true;
  }

  Place place_;  ///< of the field in the baseline
  Node value_;
  const Edits& edits_;
  Errors& errors_;
};

/// Adds new entries to the map at a path, which may itself be new.
class Insertion {
 public:
  Insertion(Node& root, Errors& errors) : root_{root}, errors_{errors} {}

  void add(const Edit& edit) {
    Node* target = at(root_, edit.path);
    if (target == nullptr) target = make(edit);
    if (target == nullptr || target->kind == Node::Kind::null) {
      if (target == nullptr) return complain(edit, "there is nothing to insert into");
      target->kind = Node::Kind::map;
    }
    if (!target->is_map()) return complain(edit, "this is no map, so nothing can be inserted");
    target->defaulted = false;
    for (const auto& entry : edit.value.entries) put(edit, *target, entry);
  }

 private:
  void complain(const Edit& edit, std::string message) {
    errors_.push_back({edit.effect->place, to_text(edit.path), std::move(message)});
  }

  /// The map that the last key of the path names, made where it is absent.
  Node* make(const Edit& edit) {
    Path above = edit.path;
    above.pop_back();
    Node* parent = at(root_, above);
    if (parent == nullptr || !parent->is_map()) return nullptr;
    Node map;
    map.kind = Node::Kind::map;
    map.place = edit.value.place;
    parent->entries.push_back({edit.path.back(), edit.effect->place, std::move(map)});
    return &parent->entries.back().value;
  }

  void put(const Edit& edit, Node& target, const Node::Entry& entry) {
    Node value = entry.value;
    if (!value.provenance) value.provenance = edit.value.provenance;
    const Node* present = target.find(entry.key);
    if (present == nullptr) {
      target.entries.push_back({entry.key, entry.place, std::move(value)});
      inserted_[to_text(edit.path) + "." + entry.key] = &edit;
      return;
    }
    const auto first = inserted_.find(to_text(edit.path) + "." + entry.key);
    if (first == inserted_.end()) {
      return complain(edit, fmt::format("`{}` exists already ({}); use `set`", entry.key,
                                        place_text(present->place)));
    }
    if (!same_value(*present, value)) {
      complain(edit, fmt::format("`{}` inserts another `{}` than `{}` ({})", edit.part, entry.key,
                                 first->second->part, place_text(first->second->effect->place)));
    }
  }

  Node& root_;
  Errors& errors_;
  std::map<std::string, const Edit*> inserted_;
};

bool beneath(const Path& path, const Path& above) {
  return path.size() > above.size() && std::equal(above.begin(), above.end(), path.begin());
}

void complain_about_whole(const Edit& edit, const Edit& whole, Errors& errors) {
  errors.push_back(
      {edit.effect->place, to_text(edit.path),
       fmt::format("`{}` edits this within `{}`, which `{}` edits as a whole ({})", edit.part,
                   to_text(whole.path), whole.part, place_text(whole.effect->place))});
}

}  // namespace

std::string place_text(const Place& place) {
  return fmt::format("{}:{}", place.file, place.line);
}

Node folded(const Node& baseline, const Edits& edits, Errors& errors) {
  Edits everywhere;
  std::map<Path, Edits> conditional;
  for (const Edit* edit : edits) {
    const auto quantity = edit->effect->where.always() ? std::nullopt : quantity_of(edit->path);
    (quantity ? conditional[*quantity] : everywhere).push_back(edit);
  }
  Node root = folded_everywhere(baseline, everywhere, errors);
  for (const auto& [path, some] : conditional) {
    Edits here;
    for (const Edit* edit : everywhere) {
      if (edit->path == path || beneath(edit->path, path)) here.push_back(edit);
      if (!beneath(path, edit->path) || edit->effect->operation == Operation::insert) continue;
      complain_about_whole(*some.front(), *edit, errors);
    }
    if (Node* node = at(root, path)) *node = by_conditions(baseline, path, here, some, errors);
  }
  return root;
}

Node folded_everywhere(const Node& baseline, const Edits& edits, Errors& errors) {
  std::map<Path, Edits> fields;
  Edits insertions;
  for (const Edit* edit : edits) {
    if (edit->effect->operation == Operation::insert) {
      insertions.push_back(edit);
    } else {
      fields[edit->path].push_back(edit);
    }
  }
  for (const auto& [above, whole] : fields) {
    for (const Edit* edit : edits) {
      const bool within = beneath(edit->path, above) ||
                          (edit->effect->operation == Operation::insert && edit->path == above);
      if (within) complain_about_whole(*edit, *whole.front(), errors);
    }
  }
  Node root = baseline;
  for (const auto& [path, whole] : fields) {
    // Edits that were refused above may have removed what this one selects.
    if (Node* node = at(root, path)) *node = Field{*node, whole, errors}.run();
  }
  Insertion insertion{root, errors};
  for (const Edit* edit : insertions) insertion.add(*edit);
  return root;
}

}  // namespace portflow::policy

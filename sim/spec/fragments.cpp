#include "spec/fragments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "spec/binders.hpp"

namespace portflow::spec {
namespace {

Node list_of(const std::vector<std::string>& words) {
  Node list = empty_list();
  for (const auto& word : words) list.items.push_back(Node::scalar(word));
  return list;
}

/// `key` of a map that somebody wrote, or null.
Node* written(Node& map, std::string_view key) {
  Node* found = map.find(key);
  return found != nullptr && !found->defaulted ? found : nullptr;
}

void put(Node& map, std::string_view key, Node value) {
  if (Node* found = map.find(key)) {
    *found = std::move(value);
  } else {
    value.place = value.place.line != 0 ? value.place : map.place;
    map.entries.push_back({std::string{key}, map.place, std::move(value)});
  }
}

/// Renames a step, a list of steps, or `{any: ..}`.
template <class Rename>
void words(Node& node, const Rename& rename) {
  if (node.is_scalar()) node.text = rename(node.text);
  for (Node& item : node.items) words(item, rename);
  for (auto& entry : node.entries) words(entry.value, rename);
}

/// Renames the steps that a step may turn to: by its choice, or out of patience.
template <class Rename>
void turns(Node& node, const Rename& rename) {
  if (Node* renege = node.find("renege")) words(*renege, rename);
  Node* choose = node.find("choose");
  if (choose == nullptr) return;
  for (auto& entry : choose->entries) {
    if (entry.key == "by" || entry.key == "value_of_time" || entry.key == "scale") continue;
    if (entry.key != "chance" && entry.key != "besides") {
      words(entry.value, rename);
      continue;
    }
    for (auto& option : entry.value.entries) option.key = rename(option.key);
  }
}

/// The steps of a fragment under the names that they have where it is run.
class Renamed {
 public:
  Renamed(std::string prefix, const Node& steps) : prefix_{std::move(prefix)} {
    for (const auto& entry : steps.entries) names_.insert(entry.key);
  }

  [[nodiscard]] std::string operator()(const std::string& name) const {
    return names_.contains(name) ? prefix_ + "-" + name : name;
  }

  /// Every place of a step that names other steps.
  void step(Node& node) const {
    if (Node* after = node.find("after")) words(*after, *this);
    if (Node* holds = node.find("holds")) {
      for (auto& entry : holds->entries) {
        Node* until = entry.value.is_map() ? entry.value.find("until") : &entry.value;
        if (until != nullptr) last_word(*until);
      }
    }
    turns(node, *this);
  }

 private:
  /// `until start of pick_up`
  void last_word(Node& node) const {
    const auto space = node.text.rfind(' ');
    const auto begin = space == std::string::npos ? 0 : space + 1;
    node.text = node.text.substr(0, begin) + (*this)(node.text.substr(begin));
  }

  std::string prefix_;
  std::set<std::string> names_;
};

/// `when` of a fragment's step that is performed only where `outer` holds too.
void narrow(Node& step, const Node& outer) {
  if (outer.text == "true") return;
  Node* own = written(step, "when");
  if (own == nullptr || outer.text == "false" || (own->is_scalar() && own->text == "true")) {
    return put(step, "when", outer);
  }
  if (own->is_scalar()) {
    if (own->text != "false") own->text = fmt::format("({}) and ({})", outer.text, own->text);
    return;
  }
  Node* condition = written(*own, "if");
  if (condition == nullptr) return put(*own, "if", outer);
  condition->text = fmt::format("({}) and ({})", outer.text, condition->text);
}

/// Writes the fragments out.
class WriteOut {
 public:
  WriteOut(Node& fragments, std::set<std::string> wrong)
      : fragments_{fragments}, wrong_{std::move(wrong)} {
    for (const auto& entry : fragments.entries) known_.push_back(entry.key);
  }

  void procedure(Node& node, const Spot& spot) {
    Node* steps = node.find("steps");
    if (steps == nullptr || !steps->is_map()) return;
    std::vector<Node::Entry> result;
    begins_.clear();
    for (auto& entry : steps->entries) step(entry, spot / "steps" / entry.key, result);
    for (auto& entry : result) {
      turns(entry.value, [&](const std::string& name) {
        return first_of(name, entry.value.place, spot / "steps" / entry.key);
      });
    }
    for (std::size_t i = 0; i < result.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (result[i].key != result[j].key) continue;
        spot.complain(result[i].place, fmt::format("`{}` is also the name of a step of a fragment "
                                                   "that is run here",
                                                   result[i].key));
      }
    }
    steps->entries = std::move(result);
  }

 private:
  /// Who turns to a step that runs a fragment turns to the first step of that.
  std::string first_of(const std::string& name, const Place& place, const Spot& spot) {
    const auto found = begins_.find(name);
    if (found == begins_.end()) return name;
    if (found->second.size() == 1) return first_of(found->second.front(), place, spot);
    spot.complain(place, fmt::format("turns to `{}`, which begins with several steps: {}", name,
                                     fmt::join(found->second, ", ")));
    return name;
  }

  void step(Node::Entry& entry, const Spot& spot, std::vector<Node::Entry>& out) {
    Node* runs = entry.value.is_map() ? entry.value.find("runs") : nullptr;
    if (runs == nullptr) {
      out.push_back(std::move(entry));
      return;
    }
    check(entry.value, spot);
    std::vector<std::string> last;
    if (Node* fragment = found(*runs, spot / "runs")) {
      trail_.push_back(runs->text);
      last = contents(entry, *fragment->find("steps"), spot, out);
      trail_.pop_back();
    }
    Node end = empty_map();
    end.place = entry.value.place;
    end.provenance = entry.value.provenance;
    for (const std::string_view key : {"after", "when", "marks"}) {
      if (Node* node = written(entry.value, key)) put(end, key, *node);
    }
    if (last.empty()) {
      if (Node* at = written(entry.value, "at")) put(end, "at", *at);
    } else {
      put(end, "after", list_of(last));
    }
    out.push_back({entry.key, entry.place, std::move(end)});
  }

  /// \returns the steps that nothing of the fragment comes after, by their new names.
  std::vector<std::string> contents(Node::Entry& entry, const Node& steps, const Spot& spot,
                                    std::vector<Node::Entry>& out) {
    const Renamed renamed{entry.key, steps};
    std::set<std::string> followed;
    std::vector<Node::Entry> inner = steps.entries;
    for (auto& one : inner) {
      Node& node = one.value;
      renamed.step(node);
      one.key = renamed(one.key);
      Node* after = written(node, "after");
      if (after == nullptr || (after->is_list() && after->items.empty())) {
        if (Node* outer = written(entry.value, "after")) put(node, "after", *outer);
        begins_[entry.key].push_back(one.key);
      } else {
        const Node& names =
            after->is_map() && after->find("any") != nullptr ? *after->find("any") : *after;
        if (names.is_scalar()) followed.insert(names.text);
        for (const Node& name : names.items) followed.insert(name.text);
      }
      Node* at = written(entry.value, "at");
      if (at != nullptr && written(node, "at") == nullptr) put(node, "at", *at);
      Node* when = written(entry.value, "when");
      if (when != nullptr && when->is_scalar()) narrow(node, *when);
    }
    std::vector<std::string> last;
    for (auto& one : inner) {
      if (!followed.contains(one.key)) last.push_back(one.key);
      step(one, spot, out);
    }
    return last;
  }

  Node* found(const Node& runs, const Spot& spot) {
    if (!check_kind(runs, Node::Kind::scalar, spot)) return nullptr;
    Node* fragment = fragments_.find(runs.text);
    if (fragment == nullptr) {
      spot.complain(runs.place,
                    fmt::format("no fragment `{}`{}", runs.text, did_you_mean(runs.text, known_)));
      return nullptr;
    }
    if (std::ranges::find(trail_, runs.text) != trail_.end()) {
      spot.complain(runs.place, fmt::format("`{}` runs itself: {} > {}", runs.text,
                                            fmt::join(trail_, " > "), runs.text));
      return nullptr;
    }
    return wrong_.contains(runs.text) ? nullptr : fragment;
  }

  static void check(Node& step, const Spot& spot) {
    constexpr std::string_view allowed[] = {"runs", "at", "after", "when", "marks"};
    for (const auto& entry : step.entries) {
      if (entry.value.defaulted || std::ranges::find(allowed, entry.key) != std::end(allowed)) {
        continue;
      }
      spot.complain(entry.place,
                    fmt::format("a step that runs a fragment has no `{}`; it says `at`, `after`, "
                                "`when` and `marks`, and the fragment's steps the rest",
                                entry.key));
    }
    const Node* when = written(step, "when");
    if (when != nullptr && !when->is_scalar()) {
      spot.complain(when->place,
                    "a step that runs a fragment does so on a condition; for a chance give the "
                    "entity an attribute, or the steps a `draw` that they share");
    }
    const Node* marks = written(step, "marks");
    if (marks != nullptr && !marks->is_scalar()) {
      spot.complain(marks->place, "a step that runs a fragment sets its mark at the end alone");
    }
  }

  Node& fragments_;
  std::set<std::string> wrong_;
  std::vector<std::string> known_, trail_;
  std::map<std::string, std::vector<std::string>> begins_;  ///< by step that runs a fragment
};

/// Types one fragment for its own sake: what its names mean is seen where it is run.
bool bind_fragment(Node& node, const Spot& spot) {
  Notes notes;
  notes.ramp_start = spot.notes().ramp_start;
  notes.parameters = spot.notes().parameters;
  const Spot own{notes, spot.path()};
  Procedure procedure;
  Fields fields{node, own};
  fields.required("steps", procedure, [](Node& steps, const Spot& at, Procedure& out) {
    each_entry(steps, at, [&](const std::string& name, Node& entry, const Spot& s) {
      Step& step = out.steps.emplace_back();
      step.name = name;
      Node* runs = entry.is_map() ? entry.find("runs") : nullptr;
      if (runs == nullptr) bind_step(entry, s.in({Scope::Kind::step, {}, name, {}}), step);
    });
    if (steps.is_map() && steps.entries.empty()) at.complain(steps.place, "no steps");
  });
  fields.done();
  auto& errors = spot.notes().errors;
  errors.insert(errors.end(), notes.errors.begin(), notes.errors.end());
  return notes.errors.empty();
}

}  // namespace

void write_out_fragments(Node& root, const Spot& top) {
  Node* procedures = root.find("procedures");
  Node none = empty_map();
  Node* fragments = root.find("fragments");
  if (fragments == nullptr) fragments = &none;
  std::set<std::string> wrong;
  each_entry(*fragments, top / "fragments",
             [&](const std::string& name, Node& entry, const Spot& spot) {
               if (!bind_fragment(entry, spot)) wrong.insert(name);
             });
  if (procedures == nullptr || !procedures->is_map()) return;
  WriteOut write_out{*fragments, std::move(wrong)};
  for (auto& entry : procedures->entries) {
    write_out.procedure(entry.value, top / "procedures" / entry.key);
  }
}

}  // namespace portflow::spec

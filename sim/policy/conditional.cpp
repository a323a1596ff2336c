#include "policy/conditional.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace portflow::policy {
namespace {

using spec::Node;
using Edits = std::vector<const Edit*>;

constexpr std::array<std::string_view, 5> in_procedures{"takes", "priority", "chance", "amount",
                                                        "value_of_time"};
constexpr std::array<std::string_view, 3> in_demand{"chance", "number", "count"};

template <class Words>
bool among(const Words& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

/// Words that a condition demands of attributes: `kind == food`, alone or joined by `and`.
std::map<std::string, std::string> demanded(const Condition& condition) {
  using Kind = Condition::Op::Kind;
  std::map<std::string, std::string> result;
  const auto& ops = condition.ops();
  // Any other connective, and nothing is demanded for certain.
  const bool plain = std::ranges::none_of(ops, [](const Condition::Op& op) {
    return op.kind == Kind::either || op.kind == Kind::negate;
  });
  for (std::size_t i = 2; plain && i < ops.size(); ++i) {
    if (ops[i].kind != Kind::equal || ops[i - 2].kind != Kind::load) continue;
    if (ops[i - 1].kind == Kind::number && !ops[i - 1].name.empty()) {
      result[ops[i - 2].name] = ops[i - 1].name;
    }
  }
  return result;
}

/// One level of `{if, then, else}` for every condition.
class Sides {
 public:
  Sides(const Node& baseline, const Path& path, const Edits& everywhere, const Edits& some,
        Errors& errors)
      : root_{pruned(baseline, path)}, path_{path}, everywhere_{everywhere}, errors_{errors} {
    for (const Edit* edit : some) groups_[edit->effect->where.text()].push_back(edit);
  }

  Node run() { return side(groups_.begin(), {}); }

 private:
  using Groups = std::map<std::string, Edits>;

  /// \param met  the conditions that hold on this side
  Node side(Groups::const_iterator at_group, const std::vector<const Edits*>& met) {
    if (at_group == groups_.end()) return leaf(met);
    const Condition& where = at_group->second.front()->effect->where;
    const auto next = std::next(at_group);
    const bool never_both = std::ranges::any_of(
        met, [&](const Edits* other) { return exclusive(where, other->front()->effect->where); });
    if (never_both) return side(next, met);
    std::vector<const Edits*> here = met;
    here.push_back(&at_group->second);
    const Place& place = at_group->second.front()->effect->where_place;
    Node result;
    result.kind = Node::Kind::map;
    result.place = place;
    result.entries.push_back({"if", place, Node::scalar(where.text(), place)});
    result.entries.push_back({"then", place, side(next, here)});
    result.entries.push_back({"else", place, side(next, met)});
    return result;
  }

  Node leaf(const std::vector<const Edits*>& met) {
    Edits edits = everywhere_;
    for (const Edits* group : met) edits.insert(edits.end(), group->begin(), group->end());
    const Node tree = folded_everywhere(root_, edits, errors_);
    const Node* found = at(tree, path_);
    return found == nullptr ? Node{} : *found;
  }

  const Node root_;
  const Path& path_;
  const Edits& everywhere_;
  Errors& errors_;
  Groups groups_;
};

}  // namespace

std::optional<Path> quantity_of(const Path& path) {
  if (path.empty()) return std::nullopt;
  const bool demand = path.front() == "demand";
  if (!demand && path.front() != "procedures") return std::nullopt;
  // The names of a procedure and a step, or of a source, may be any words.
  for (std::size_t i = demand ? 2 : 4; i < path.size(); ++i) {
    const bool share =
        path[i - 1] == "choice" || (path[i - 1] == "chance" && path[i - 2] == "choose");
    const bool named = demand ? among(in_demand, path[i]) : among(in_procedures, path[i]);
    const bool shares = !demand && path[i] == "chance" && path[i - 1] == "choose";
    if (share || (named && !shares)) {
      return Path(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    }
  }
  return std::nullopt;
}

bool exclusive(const Condition& a, const Condition& b) {
  const auto one = demanded(a);
  const auto other = demanded(b);
  return std::ranges::any_of(one, [&](const auto& demand) {
    const auto same = other.find(demand.first);
    return same != other.end() && same->second != demand.second;
  });
}

Node by_conditions(const Node& baseline, const Path& path, const Edits& everywhere,
                   const Edits& some, Errors& errors) {
  return Sides{baseline, path, everywhere, some, errors}.run();
}

}  // namespace portflow::policy

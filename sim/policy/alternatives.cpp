#include "policy/alternatives.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "policy/blame.hpp"
#include "spec/bind.hpp"

namespace portflow::policy {
namespace {

using spec::Node;

constexpr std::size_t most_adoptions = 64;
constexpr std::size_t most_of_one = 8;  ///< 256 alternatives of one procedure

/// The procedures that an edit changes or brings.
std::vector<std::string> procedures_of(const Edit& edit) {
  if (edit.path.front() != "procedures") return {};
  if (edit.path.size() > 1) return {edit.path[1]};
  std::vector<std::string> names;
  names.reserve(edit.value.entries.size());
  for (const auto& entry : edit.value.entries) names.push_back(entry.key);
  return names;
}

template <class Rules>
std::size_t index_of(std::uint64_t adopted, const Rules& rules) {
  std::size_t index = 0;
  for (std::size_t bit = 0; bit < rules.size(); ++bit) {
    index |= (adopted >> rules[bit] & 1U) << bit;
  }
  return index;
}

}  // namespace

AlternativeProcedures::AlternativeProcedures(const Node& baseline,
                                             const std::vector<std::unique_ptr<Edit>>& edits,
                                             const std::vector<AdoptionRule>& rules)
    : baseline_{baseline}, edits_{edits}, rules_{rules} {
  for (const auto& edit : edits_) {
    if (edit->adoption == Edit::none) continue;
    for (const std::string& name : procedures_of(*edit)) {
      Rules& of = rules_of_[name];
      if (std::ranges::find(of, edit->adoption) == of.end()) of.push_back(edit->adoption);
    }
  }
  for (auto& [name, of] : rules_of_) {
    std::ranges::sort(of, {},
                      [&](std::size_t rule) { return std::tuple{rules_[rule].from, rule}; });
  }
}

Errors AlternativeProcedures::check() const {
  Errors errors;
  const auto place_of = [&](std::size_t rule) {
    const auto found =
        std::ranges::find(edits_, rule, [](const auto& edit) { return edit->adoption; });
    return found == edits_.end() ? Place{} : (*found)->effect->place;
  };
  if (rules_.size() > most_adoptions) {
    errors.push_back({place_of(most_adoptions), rules_[most_adoptions].part,
                      fmt::format("more than {} measures with an adoption", most_adoptions)});
  }
  for (const auto& [name, of] : rules_of_) {
    if (of.size() <= most_of_one) continue;
    std::vector<std::string> parts;
    for (const std::size_t rule : of) parts.push_back(fmt::format("`{}`", rules_[rule].part));
    errors.push_back({place_of(of.back()), "procedures." + name,
                      fmt::format("more than {} measures that only some adopt edit this: {}",
                                  most_of_one, fmt::join(parts, ", "))});
  }
  return errors;
}

std::vector<AlternativeProcedures::Adopted> AlternativeProcedures::sets_to_bind(
    const std::map<std::string, Rules>& of) const {
  // Procedures that share no rule, nor are joined by others that do, can be bound together: each
  // group of them has a list of its own, and the lists go side by side.
  struct Group {
    Adopted rules{0};
    std::set<Adopted> sets;
  };
  std::vector<Group> groups;
  for (const auto& [name, rules] : of) {
    Group group;
    for (const std::size_t rule : rules) group.rules |= Adopted{1} << rule;
    for (std::size_t index = 1; index < std::size_t{1} << rules.size(); ++index) {
      Adopted set = 0;
      for (std::size_t bit = 0; bit < rules.size(); ++bit) {
        set |= static_cast<Adopted>(index >> bit & 1U) << rules[bit];
      }
      group.sets.insert(set);
    }
    std::erase_if(groups, [&](Group& other) {
      if ((other.rules & group.rules) == 0) return false;
      group.rules |= other.rules;
      group.sets.merge(other.sets);
      return true;
    });
    groups.push_back(std::move(group));
  }
  std::vector<Adopted> result;
  for (const Group& group : groups) {
    std::size_t at = 0;
    for (const Adopted set : group.sets) {
      if (at == result.size()) result.push_back(0);
      result[at++] |= set;
    }
  }
  return result;
}

Node AlternativeProcedures::part_of_baseline(const std::map<std::string, Rules>& of) const {
  Node part;
  part.kind = Node::Kind::map;
  for (const char* shared : {"parameters", "fragments"}) {
    if (const Node* node = baseline_.find(shared)) {
      part.entries.push_back({shared, node->place, *node});
    }
  }
  const Node& all = *baseline_.find("procedures");
  Node some;
  some.kind = Node::Kind::map;
  some.place = all.place;
  for (const auto& entry : all.entries) {
    if (of.contains(entry.key)) some.entries.push_back(entry);
  }
  part.entries.push_back({"procedures", all.place, std::move(some)});
  return part;
}

std::map<std::string, Alternatives> AlternativeProcedures::in(const spec::Scenario& everybody,
                                                              SimTime now, SimTime end,
                                                              Errors& errors) const {
  std::map<std::string, Rules> begun;
  for (const auto& [name, rules] : rules_of_) {
    Rules of = rules;
    std::erase_if(of, [&](std::size_t rule) { return rules_[rule].from >= end; });
    if (!of.empty()) begun.emplace(name, std::move(of));
  }
  std::map<std::string, Alternatives> result;
  if (begun.empty()) return result;
  std::map<std::string, std::vector<bool>> known;
  for (const auto& [name, rules] : begun) {
    Alternatives& one = result[name];
    one.rules = rules;
    one.by_adopters.resize(std::size_t{1} << rules.size());
    known[name].resize(one.by_adopters.size());
    // What only adopters follow is nobody else's: nobody is sent there.
    const auto plain = everybody.procedures.find(name);
    if (plain != everybody.procedures.end()) one.by_adopters.front() = plain->second;
  }
  const Node part = part_of_baseline(begun);
  for (const Adopted set : sets_to_bind(begun)) {
    std::vector<const Edit*> active;
    for (const auto& edit : edits_) {
      const bool holds = edit->adoption == Edit::none ? edit->from <= now && now < edit->to
                                                      : (set >> edit->adoption & 1U) != 0;
      if (!holds) continue;
      const auto names = procedures_of(*edit);
      const bool here =
          std::ranges::any_of(names, [&](const std::string& name) { return begun.contains(name); });
      const bool shared = edit->path.front() == "parameters" || edit->path.front() == "fragments";
      if (here || shared) active.push_back(edit.get());
    }
    const auto before = errors.size();
    const Node tree = folded(part, active, errors);
    if (errors.size() > before) continue;
    auto bound = spec::rebound(tree, everybody);
    if (!bound) {
      for (Error& error : bound.error().errors) {
        blame(error, baseline_, active);
        errors.push_back(std::move(error));
      }
      continue;
    }
    for (auto& [name, one] : result) {
      const std::size_t index = index_of(set, one.rules);
      const auto found = bound->procedures.find(name);
      if (known[name][index] || index == 0 || found == bound->procedures.end()) continue;
      known[name][index] = true;
      one.by_adopters[index] = found->second;
    }
  }
  return result;
}

}  // namespace portflow::policy

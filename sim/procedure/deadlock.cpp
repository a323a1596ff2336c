#include "procedure/deadlock.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

namespace portflow::procedure {
namespace {

using flow::Entity;
using flow::EntityId;

constexpr double speck = 1e-9;  // of units, as where they are granted

/// Finds by elimination who is stuck: first all who wait and have nothing going on, by ascending
/// id; then those go whom the rest does not keep from going on, until nobody else may. In what
/// order they go does not matter, since everybody who goes leaves more to the rest.
class Search {
 public:
  Search(const Model& model, const Standstill& stand) : model_{model}, stand_{stand} {}

  std::optional<std::string> run() {
    find_candidates();
    find_queues();
    find_members();
    held_.resize(stand_.scarce.size(), 0);
    for (const Candidate& one : candidates_) count_held(one.entity(), 1);
    std::vector<Candidate*> left;
    left.reserve(candidates_.size());
    for (Candidate& one : candidates_) left.push_back(&one);
    for (std::size_t before = left.size() + 1; left.size() < before;) {
      before = left.size();
      for (Queue& queue : queues_) queue.pass();
      std::erase_if(left, [&](Candidate* one) {
        const bool goes_on =
            std::ranges::any_of(one->waits, [&](const Wait& wait) { return may_go_on(wait); });
        if (goes_on) {
          one->stuck = false;
          count_held(one->entity(), -1);
        }
        return goes_on;
      });
    }
    if (left.empty()) return std::nullopt;
    stuck_.assign(left.begin(), left.end());
    return told(circle());
  }

 private:
  struct Candidate;

  /// A candidate with what it is sorted by, since to look for that at every entity takes long.
  struct Member {
    std::pair<EntityId, std::uint16_t> key;  ///< its parent and role
    const Candidate* candidate{nullptr};
  };

  /// One wait, with the candidates that it hangs on found once.
  struct Wait {
    EntityId id{};  ///< whose it is
    const Waits* what{nullptr};
    const Candidate* awaited{nullptr};  ///< null where nobody or no candidate is awaited
    std::span<const Member> members{};  ///< of those awaited, the candidates
  };

  struct Candidate {
    EntityId id{};
    std::span<Wait> waits{};
    bool stuck{true};

    [[nodiscard]] const Entity& entity() const { return *waits.front().what->entity; }
  };

  /// The queue of a resource; null for whoever is no candidate.
  struct Queue {
    std::vector<const Candidate*> line;
    std::size_t first_stuck{0};

    void pass() {
      while (first_stuck < line.size() &&
             (line[first_stuck] == nullptr || !line[first_stuck]->stuck)) {
        ++first_stuck;
      }
    }
  };

  /// Whoever waits and has nothing going on, by id, each with its waits in the order they came in.
  void find_candidates() {
    std::vector<EntityId> active = stand_.active;
    std::ranges::sort(active);
    waits_.reserve(stand_.waits.size());
    for (const Waits& one : stand_.waits) {
      const EntityId id = one.entity->id;
      if (!std::ranges::binary_search(active, id)) waits_.push_back({id, &one, nullptr, {}});
    }
    std::ranges::stable_sort(waits_, {}, &Wait::id);
    for (auto from = waits_.begin(); from != waits_.end();) {
      const auto to =
          std::find_if(from, waits_.end(), [&](const Wait& one) { return one.id != from->id; });
      candidates_.push_back({from->id, {from, to}, true});
      from = to;
    }
    for (Wait& one : waits_) {
      if (one.what->awaited != nullptr) one.awaited = candidate(one.what->awaited->id);
    }
  }

  [[nodiscard]] Candidate* candidate(EntityId id) {
    const auto found = std::ranges::lower_bound(candidates_, id, {}, &Candidate::id);
    return found != candidates_.end() && found->id == id ? &*found : nullptr;
  }

  void find_queues() {
    queues_.resize(stand_.scarce.size());
    for (std::size_t at = 0; at < queues_.size(); ++at) {
      const auto& queue = stand_.scarce[at].queue;
      queues_[at].line.reserve(queue.size());
      for (const EntityId id : queue) queues_[at].line.push_back(candidate(id));
    }
  }

  /// Sorts by parent and role the candidates whose parent waits for members, and hands each such
  /// wait its own.
  void find_members() {
    std::vector<EntityId> asking;  // by id, as waits are
    for (const Wait& one : waits_) {
      if (one.what->member != none) asking.push_back(one.id);
    }
    for (const Candidate& one : candidates_) {
      const auto& parent = one.entity().parent;
      if (parent && std::ranges::binary_search(asking, parent->id)) {
        members_.push_back({{parent->id, one.entity().role}, &one});
      }
    }
    std::ranges::stable_sort(members_, {}, &Member::key);
    for (Wait& one : waits_) {
      if (one.what->member == none) continue;
      const auto its =
          std::ranges::equal_range(members_, std::pair{one.id, one.what->member}, {}, &Member::key);
      one.members = {its.begin(), its.end()};
    }
  }

  /// Calls use(scarce, units) for what `entity` holds across steps.
  template <class Use>
  void each_held(const Entity& entity, const Use& use) const {
    const auto& holds = model_.graph(entity).holds;
    for (std::size_t slot = 0; slot < holds.size(); ++slot) {
      const double units = const_cast<Entity&>(entity).holds()[slot];
      if (units > 0) use(stand_.scarce_of.at({holds[slot].site, holds[slot].resource}), units);
    }
  }

  void count_held(const Entity& entity, double sign) {
    each_held(entity, [&](std::size_t at, double units) { held_[at] += sign * units; });
  }

  [[nodiscard]] bool holds_of(const Entity& entity, std::size_t scarce) const {
    bool found = false;
    each_held(entity, [&](std::size_t at, double) { found = found || at == scarce; });
    return found;
  }

  [[nodiscard]] bool may_go_on(const Wait& one) const {
    if (one.what->awaited != nullptr) {
      return one.awaited == nullptr || !one.awaited->stuck ||
             is_set(*one.what->awaited, one.what->mark);
    }
    if (one.what->member != none) {
      return std::ranges::count_if(one.members, [&](const Member& member) {
               return keeps_back(*member.candidate, *one.what);
             }) < std::ptrdiff_t{one.what->remaining};
    }
    return std::ranges::any_of(one.what->resources,
                               [&](std::size_t at) { return may_get(*one.what, at); });
  }

  /// Whether a member that `one` awaits is stuck and has not set the mark.
  [[nodiscard]] static bool keeps_back(const Candidate& member, const Waits& one) {
    return member.stuck && !is_set(member.entity(), one.mark);
  }

  [[nodiscard]] static bool is_set(const Entity& entity, std::uint16_t mark) {
    return const_cast<Entity&>(entity).marks()[mark] != flow::unset;
  }

  [[nodiscard]] bool may_get(const Waits& one, std::size_t at) const {
    const Scarce& scarce = stand_.scarce[at];
    if (scarce.may_grow || scarce.busy > held_[at] + speck) return true;
    const bool stuck_ahead = queues_[one.resources.front()].first_stuck < one.place;
    return one.units <= scarce.free + speck && !stuck_ahead;
  }

  /// The first of those whom `one` waits for.
  [[nodiscard]] const Candidate* whom(const Wait& one) const {
    if (one.what->awaited != nullptr) return one.awaited;
    if (one.what->member != none) {
      const auto found = std::ranges::find_if(one.members, [&](const Member& member) {
        return keeps_back(*member.candidate, *one.what);
      });
      return found != one.members.end() ? found->candidate : nullptr;
    }
    for (const Candidate* candidate : stuck_) {
      for (const std::size_t at : one.what->resources) {
        if (holds_of(candidate->entity(), at)) return candidate;
      }
    }
    // Nobody holds it; who stands ahead wants more than there is.
    const Queue& queue = queues_[one.what->resources.front()];
    return queue.first_stuck < one.what->place ? queue.line[queue.first_stuck] : nullptr;
  }

  /// From the one that has waited longest on to those it waits for, until somebody comes again.
  [[nodiscard]] std::vector<const Wait*> circle() const {
    const Wait* at = &stuck_.front()->waits.front();
    for (const Candidate* candidate : stuck_) {
      for (const Wait& one : candidate->waits) {
        if (one.what->since < at->what->since) at = &one;
      }
    }
    std::vector<const Wait*> way;
    while (at != nullptr) {
      const auto seen = std::ranges::find(way, at);
      if (seen != way.end()) return {seen, way.end()};
      way.push_back(at);
      const Candidate* next = whom(*at);
      at = next == nullptr ? nullptr : &next->waits.front();
    }
    return way;
  }

  [[nodiscard]] std::string name(const Entity& entity) const {
    const std::string parent = entity.parent ? name_of_parent(entity) : std::string{};
    return trace::entity_name(model_.schema, entity.role, entity.ordinal, parent);
  }
  [[nodiscard]] std::string name_of_parent(const Entity& entity) const {
    const Entity& parent = *entity.parent;
    return trace::entity_name(model_.schema, parent.role, parent.ordinal,
                              parent.parent ? name_of_parent(parent) : std::string{});
  }
  [[nodiscard]] std::string described(const Entity& entity) const {
    return model_.roles[entity.role].type + " " + name(entity);
  }

  [[nodiscard]] std::string wanted(const Wait& wait) const {
    const Waits& one = *wait.what;
    if (one.awaited != nullptr) return fmt::format("awaits a mark of {}", described(*one.awaited));
    if (one.member != none) {
      return fmt::format("awaits a mark of all its {}", model_.roles[one.member].short_name);
    }
    const Scarce& scarce = stand_.scarce[one.resources.front()];
    const ResourceInfo& info = scarce.site->resources[scarce.resource];
    const std::string resource =
        fmt::format("{}.{}", scarce.site->facilities[info.facility].name, info.name);
    const Candidate* holder = whom(wait);
    if (one.units > scarce.busy + scarce.free + speck) {
      return fmt::format("needs {} of {}, of which there are {}", one.units, resource,
                         scarce.busy + scarce.free);
    }
    if (holder == nullptr) return fmt::format("needs {} of {}", one.units, resource);
    const bool holds = holds_of(holder->entity(), one.resources.front());
    return fmt::format("needs {} of {}, {} {}", one.units, resource,
                       holds ? "which is held by" : "behind", described(holder->entity()));
  }

  [[nodiscard]] std::string told(const std::vector<const Wait*>& circle) const {
    std::string text =
        stuck_.size() == 1
            ? std::string{"deadlock: one entity waits for what never comes"}
            : fmt::format("deadlock: {} entities wait for each other and for nobody else",
                          stuck_.size());
    for (const Wait* one : circle) {
      text += fmt::format("\n  {} at `{}` since {}: {}", described(*one->what->entity),
                          one->what->step->name, to_text(one->what->since), wanted(*one));
    }
    return text;
  }

  const Model& model_;
  const Standstill& stand_;
  std::vector<Wait> waits_;              ///< of candidates, theirs side by side
  std::vector<Candidate> candidates_;    ///< by id
  std::vector<Member> members_;          ///< by parent and role
  std::vector<Queue> queues_;            ///< by scarce
  std::vector<double> held_;             ///< by scarce: units that stuck entities hold
  std::vector<const Candidate*> stuck_;  ///< in the end, by id
};

}  // namespace

std::optional<std::string> deadlock_of(const Model& model, const Standstill& stand) {
  return Search{model, stand}.run();
}

}  // namespace portflow::procedure

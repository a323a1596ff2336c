#include "procedure/deadlock.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace portflow::procedure {
namespace {

using flow::Entity;
using flow::EntityId;

constexpr double speck = 1e-9;  // of units, as where they are granted

class Search {
 public:
  Search(const Model& model, const Standstill& stand) : model_{model}, stand_{stand} {}

  std::optional<std::string> run() {
    for (const Waits& one : stand_.waits) {
      if (!stand_.active.contains(one.entity->id)) stuck_[one.entity->id].push_back(&one);
    }
    held_.resize(stand_.scarce.size(), 0);
    first_stuck_.resize(stand_.scarce.size(), 0);
    for (const auto& [id, waits] : stuck_) {
      const Entity& entity = *waits.front()->entity;
      count_held(entity, 1);
      if (entity.parent) members_[{entity.parent->id, entity.role}].push_back(&entity);
    }
    // Who may go on takes away what others counted as stuck, until nobody else may.
    for (bool changed = true; changed;) {
      for (std::size_t at = 0; at < first_stuck_.size(); ++at) {
        const auto& queue = stand_.scarce[at].queue;
        std::size_t& first = first_stuck_[at];
        while (first < queue.size() && !is_stuck(queue[first])) ++first;
      }
      changed = std::erase_if(stuck_, [&](const auto& entity) {
                  const bool goes_on = std::ranges::any_of(
                      entity.second, [&](const Waits* one) { return may_go_on(*one); });
                  if (goes_on) count_held(*entity.second.front()->entity, -1);
                  return goes_on;
                }) > 0;
    }
    if (stuck_.empty()) return std::nullopt;
    return told(circle());
  }

 private:
  [[nodiscard]] bool is_stuck(EntityId entity) const { return stuck_.contains(entity); }

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

  [[nodiscard]] bool may_go_on(const Waits& one) const {
    if (one.awaited != nullptr) {
      return !is_stuck(one.awaited->id) || is_set(*one.awaited, one.mark);
    }
    if (one.member != none) return stuck_members(one) < one.remaining;
    return std::ranges::any_of(one.resources, [&](std::size_t at) { return may_get(one, at); });
  }

  [[nodiscard]] static bool is_set(const Entity& entity, std::uint16_t mark) {
    return const_cast<Entity&>(entity).marks()[mark] != flow::unset;
  }

  [[nodiscard]] bool may_get(const Waits& one, std::size_t at) const {
    const Scarce& scarce = stand_.scarce[at];
    if (scarce.may_grow || scarce.busy > held_[at] + speck) return true;
    const bool stuck_ahead = first_stuck_[one.resources.front()] < one.place;
    return one.units <= scarce.free + speck && !stuck_ahead;
  }

  /// How many of the members that `one` awaits are stuck and have not set the mark.
  [[nodiscard]] std::uint32_t stuck_members(const Waits& one) const {
    const auto found = members_.find({one.entity->id, one.member});
    if (found == members_.end()) return 0;
    return static_cast<std::uint32_t>(std::ranges::count_if(
        found->second,
        [&](const Entity* member) { return is_stuck(member->id) && !is_set(*member, one.mark); }));
  }

  /// The first of those whom `one` waits for.
  [[nodiscard]] const Entity* whom(const Waits& one) const {
    if (one.awaited != nullptr) return one.awaited;
    if (one.member != none) {
      for (const Entity* member : members_.at({one.entity->id, one.member})) {
        if (is_stuck(member->id) && !is_set(*member, one.mark)) return member;
      }
      return nullptr;
    }
    for (const auto& [id, waits] : stuck_) {
      const Entity& entity = *waits.front()->entity;
      for (const std::size_t at : one.resources) {
        if (holds_of(entity, at)) return &entity;
      }
    }
    // Nobody holds it; who stands ahead wants more than there is.
    const auto& queue = stand_.scarce[one.resources.front()].queue;
    const std::size_t first = first_stuck_[one.resources.front()];
    return first < one.place ? stuck_.at(queue[first]).front()->entity : nullptr;
  }

  /// From the one that has waited longest on to those it waits for, until somebody comes again.
  [[nodiscard]] std::vector<const Waits*> circle() const {
    const Waits* at = stuck_.begin()->second.front();
    for (const auto& [id, waits] : stuck_) {
      for (const Waits* one : waits) {
        if (one->since < at->since) at = one;
      }
    }
    std::vector<const Waits*> way;
    while (at != nullptr) {
      const auto seen = std::ranges::find(way, at);
      if (seen != way.end()) return {seen, way.end()};
      way.push_back(at);
      const Entity* next = whom(*at);
      at = next == nullptr ? nullptr : stuck_.at(next->id).front();
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

  [[nodiscard]] std::string wanted(const Waits& one) const {
    if (one.awaited != nullptr) return fmt::format("awaits a mark of {}", described(*one.awaited));
    if (one.member != none) {
      return fmt::format("awaits a mark of all its {}", model_.roles[one.member].short_name);
    }
    const Scarce& scarce = stand_.scarce[one.resources.front()];
    const ResourceInfo& info = scarce.site->resources[scarce.resource];
    const std::string resource =
        fmt::format("{}.{}", scarce.site->facilities[info.facility].name, info.name);
    const Entity* holder = whom(one);
    if (one.units > scarce.busy + scarce.free + speck) {
      return fmt::format("needs {} of {}, of which there are {}", one.units, resource,
                         scarce.busy + scarce.free);
    }
    if (holder == nullptr) return fmt::format("needs {} of {}", one.units, resource);
    const bool holds = holds_of(*holder, one.resources.front());
    return fmt::format("needs {} of {}, {} {}", one.units, resource,
                       holds ? "which is held by" : "behind", described(*holder));
  }

  [[nodiscard]] std::string told(const std::vector<const Waits*>& circle) const {
    std::string text =
        stuck_.size() == 1
            ? std::string{"deadlock: one entity waits for what never comes"}
            : fmt::format("deadlock: {} entities wait for each other and for nobody else",
                          stuck_.size());
    for (const Waits* one : circle) {
      text += fmt::format("\n  {} at `{}` since {}: {}", described(*one->entity), one->step->name,
                          to_text(one->since), wanted(*one));
    }
    return text;
  }

  const Model& model_;
  const Standstill& stand_;
  std::map<EntityId, std::vector<const Waits*>> stuck_;
  std::map<std::pair<EntityId, std::uint16_t>, std::vector<const Entity*>> members_;  ///< by role
  std::vector<double> held_;              ///< by scarce: units that stuck entities hold
  std::vector<std::size_t> first_stuck_;  ///< by scarce: the first place in the queue that is stuck
};

}  // namespace

std::optional<std::string> deadlock_of(const Model& model, const Standstill& stand) {
  return Search{model, stand}.run();
}

}  // namespace portflow::procedure

// Entity by entity: both arms' members and values are sorted by entity, so a merge pairs them.
#include "analysis/census.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace portflow::analysis {
namespace {

constexpr std::size_t movers_kept = 10;

/// Walks two ranges sorted by entity; calls `both`, `only_a`, `only_b`.
template <class Row, class Both, class OnlyA, class OnlyB>
void merge(const std::vector<Row>& a, const std::vector<Row>& b, Both both, OnlyA only_a,
           OnlyB only_b) {
  auto at_a = a.begin();
  auto at_b = b.begin();
  while (at_a != a.end() || at_b != b.end()) {
    if (at_b == b.end() || (at_a != a.end() && at_a->entity < at_b->entity)) {
      only_a(*at_a++);
    } else if (at_a == a.end() || at_b->entity < at_a->entity) {
      only_b(*at_b++);
    } else {
      both(*at_a++, *at_b++);
    }
  }
}

bool moved_more(const Mover& a, const Mover& b) {
  const auto size = [](const Mover& mover) { return std::abs(mover.difference().count()); };
  if (size(a) != size(b)) return size(a) > size(b);
  if (a.replication != b.replication) return a.replication < b.replication;
  return a.entity < b.entity;
}

void keep_biggest(std::vector<Mover>& movers) {
  std::ranges::sort(movers, moved_more);
  std::set<std::pair<std::uint32_t, trace::EntityId>> families;
  std::vector<Mover> kept;
  for (Mover& mover : movers) {
    if (kept.size() == movers_kept) break;
    const bool lone = mover.parent == trace::no_entity;
    if (!lone && !families.emplace(mover.replication, mover.parent).second) continue;
    kept.push_back(std::move(mover));
  }
  movers = std::move(kept);
}

}  // namespace

std::string spelt_name(const trace::Schema& schema, const std::vector<kpi::Member>& members,
                       trace::EntityId entity) {
  const auto found = std::ranges::lower_bound(members, entity, {}, &kpi::Member::entity);
  if (found == members.end() || found->entity != entity) return {};
  const std::string parent = found->parent == trace::no_entity
                                 ? std::string{}
                                 : spelt_name(schema, members, found->parent);
  return trace::entity_name(schema, found->role, found->ordinal, parent);
}

std::vector<bool> moving_roles(const trace::Schema& schema) {
  const auto is_box = [](const trace::RoleInfo& role) { return role.type == "box"; };
  const bool any = std::ranges::any_of(schema.roles, is_box);
  std::vector<bool> result;
  for (const trace::RoleInfo& role : schema.roles) result.push_back(!any || is_box(role));
  return result;
}

Census take_census(const trace::Schema& schema, const std::vector<kpi::Member>& base,
                   const std::vector<kpi::Member>& policy, std::uint32_t replication) {
  Census census;
  const std::vector<bool> moving = moving_roles(schema);
  const auto unfinished = [](const kpi::Member& member) {
    return member.in_cohort && !member.total ? 1u : 0u;
  };
  merge(
      base, policy,
      [&](const kpi::Member& a, const kpi::Member& b) {
        if (!a.in_cohort && !b.in_cohort) return;
        ++census.compared;
        census.unfinished_base += unfinished(a);
        census.unfinished_policy += unfinished(b);
        if (a.total == b.total) return;
        ++census.different;
        if (!a.total || !b.total || !moving[a.role]) return;
        census.movers.push_back({.name = {},
                                 .role = schema.roles[a.role].name,
                                 .replication = replication,
                                 .entity = a.entity,
                                 .base = *a.total,
                                 .policy = *b.total,
                                 .parent = a.parent});
      },
      [&](const kpi::Member& a) {
        if (a.in_cohort) ++census.only_base;
        census.unfinished_base += unfinished(a);
      },
      [&](const kpi::Member& b) {
        if (b.in_cohort) ++census.only_policy;
        census.unfinished_policy += unfinished(b);
      });
  keep_biggest(census.movers);
  for (Mover& mover : census.movers) mover.name = spelt_name(schema, base, mover.entity);
  return census;
}

void explain(std::vector<Mover>& movers, const trace::Schema& base_schema, const Accounts& base,
             const trace::Schema& policy_schema, const Accounts& policy) {
  const auto step_of = [](const trace::Schema& schema, const TimeAt& part) {
    return part.step < schema.steps.size() ? schema.steps[part.step] : std::string{};
  };
  for (Mover& mover : movers) {
    std::map<std::pair<std::string, Cause>, MoverShift> shifts;
    for (const TimeAt& part : base.find(mover.entity)) {
      shifts[{step_of(base_schema, part), part.cause}].base += Duration{part.ms};
    }
    for (const TimeAt& part : policy.find(mover.entity)) {
      shifts[{step_of(policy_schema, part), part.cause}].policy += Duration{part.ms};
    }
    for (auto& [key, shift] : shifts) {
      std::tie(shift.step, shift.cause) = key;
      if (shift.base != shift.policy) mover.shifts.push_back(std::move(shift));
    }
    std::ranges::stable_sort(mover.shifts, std::greater{}, [](const MoverShift& shift) {
      return std::abs(shift.difference().count());
    });
  }
}

void add(Census& sum, const Census& one) {
  sum.compared += one.compared;
  sum.different += one.different;
  sum.only_base += one.only_base;
  sum.only_policy += one.only_policy;
  sum.unfinished_base += one.unfinished_base;
  sum.unfinished_policy += one.unfinished_policy;
  sum.movers.insert(sum.movers.end(), one.movers.begin(), one.movers.end());
  keep_biggest(sum.movers);
}

Agreement agreement_of(const kpi::Figure& base, const kpi::Figure& policy) {
  Agreement agreement;
  const auto lone = [&](const kpi::EntityValue&) {
    ++agreement.compared;
    ++agreement.different;
  };
  merge(
      base.entities, policy.entities,
      [&](const kpi::EntityValue& a, const kpi::EntityValue& b) {
        ++agreement.compared;
        if (a.value != b.value) ++agreement.different;
      },
      lone, lone);
  return agreement;
}

}  // namespace portflow::analysis

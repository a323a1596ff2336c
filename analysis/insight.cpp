#include "analysis/insight.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "analysis/census.hpp"

namespace portflow::analysis {
namespace {

constexpr std::size_t lives_kept = 10;

std::vector<TimePart> places_of(const trace::Schema& schema, const std::vector<TimeAt>& parts) {
  std::vector<TimePart> places;
  for (const TimeAt& part : parts) {
    const bool known = part.step < schema.steps.size();
    places.push_back({known ? schema.steps[part.step] : std::string{}, part.cause, part.ms});
  }
  std::ranges::stable_sort(places, std::greater{}, &TimePart::ms);
  return places;
}

}  // namespace

void keep_longest(std::vector<LongLife>& lives) {
  std::ranges::sort(lives, [](const LongLife& a, const LongLife& b) {
    if (a.total != b.total) return a.total > b.total;
    return std::tie(a.replication, a.entity) < std::tie(b.replication, b.entity);
  });
  std::set<std::pair<std::uint32_t, trace::EntityId>> families;
  std::vector<LongLife> kept;
  for (LongLife& life : lives) {
    if (kept.size() == lives_kept) break;
    const bool lone = life.parent == trace::no_entity;
    if (!lone && !families.emplace(life.replication, life.parent).second) continue;
    kept.push_back(std::move(life));
  }
  lives = std::move(kept);
}

Insight insight_of(const trace::Schema& schema, const std::vector<kpi::Member>& members,
                   Anatomist* anatomist) {
  Insight insight;
  insight.from = schema.from;
  insight.cohort_from = schema.cohort_from;
  insight.to = schema.to;
  const std::vector<bool> moving = moving_roles(schema);
  for (const kpi::Member& member : members) {
    if (!member.in_cohort) continue;
    ++insight.entities;
    if (!member.total) ++insight.unfinished;
    if (!member.total || !moving[member.role]) continue;
    insight.longest.push_back({.name = {},
                               .replication = schema.replication,
                               .entity = member.entity,
                               .parent = member.parent,
                               .total = *member.total});
  }
  keep_longest(insight.longest);
  if (anatomist != nullptr) insight.anatomy = anatomist->finish();
  for (LongLife& life : insight.longest) {
    life.name = spelt_name(schema, members, life.entity);
    if (anatomist == nullptr) continue;
    life.places = places_of(schema, anatomist->accounts().find(life.entity));
  }
  return insight;
}

}  // namespace portflow::analysis

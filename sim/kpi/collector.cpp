#include "kpi/collector.hpp"

#include <algorithm>

#include "kpi/catalogue.hpp"
#include "kpi/lives.hpp"
#include "kpi/plan.hpp"
#include "kpi/procedures.hpp"
#include "kpi/resources.hpp"

namespace portflow::kpi {
struct Collector::Impl {
  Impl(const trace::Schema& given, Plan made, Keep keep)
      : schema(given),
        plan(std::move(made)),
        detail(keep == Keep::entities_and_curves),
        lives(plan, schema),
        resources(schema, detail),
        procedures(schema, keep) {
    for (const PlannedFold& planned : plan.folds) {
      const Definition& definition = plan.definitions[planned.definition];
      folds.push_back(
          find_kind(definition.kind)
              ->make({definition, schema.follow, planned.weighs, planned.weight_factor, keep}));
      if (definition.kind != "outage") continue;
      const auto& all = schema.resources;
      const auto of = std::ranges::find(all, definition.of, &trace::ResourceInfo::name);
      if (of == all.end()) continue;
      watchers.emplace_back(static_cast<std::uint16_t>(of - all.begin()), folds.back().get());
    }
  }

  void watch(const trace::Level& level) {
    resources.add(level);
    if (level.at - level.span < schema.cohort_from || level.at > schema.to) return;
    for (const auto& [resource, fold] : watchers) {
      if (resource == level.resource) fold->watch(level);
    }
  }

  void bear(const trace::Batch& batch) {
    lives.bear(batch);
    for (const trace::Born& born : batch.born) {
      procedures.add(born);
      if (!detail) continue;
      const bool in_cohort = born.at >= schema.cohort_from && born.at < schema.to;
      members.push_back({.entity = born.entity,
                         .parent = born.parent,
                         .created = born.at,
                         .total = {},
                         .ordinal = born.ordinal,
                         .role = born.role,
                         .in_cohort = in_cohort});
    }
  }

  void end(const trace::Ended& ended) {
    procedures.add(ended);
    if (detail) totals.emplace_back(ended.entity, ended.end - ended.created);
    const Life* life = lives.find(ended.entity);
    if (life == nullptr) return;
    settle(*life, ended.end);
    lives.forget(ended.entity);
  }

  void settle(const Life& life, std::optional<SimTime> done) {
    for (const Use& use : plan.roles[life.role].uses) {
      if (!Lives::measures(use, life.readings)) continue;
      const Observation observation = observation_of(use, life, done, last);
      folds[use.fold]->add(observation);
      for (const Use::Group& group : use.groups) {
        const double code = life.readings[group.reading];
        if (!(code >= 0 && code < static_cast<double>(group.folds.size()))) continue;
        const std::size_t fold = group.folds[static_cast<std::size_t>(code)];
        if (fold < folds.size()) folds[fold]->add(observation);
      }
    }
  }

  Figure heading(const PlannedFold& planned) const {
    const Definition& definition = plan.definitions[planned.definition];
    Figure figure;
    figure.name = planned.name;
    figure.kind = definition.kind;
    const std::string_view fixed = find_kind(definition.kind)->statistic;
    figure.statistic = fixed.empty() ? definition.statistic : std::string(fixed);
    figure.unit = definition.unit;
    figure.better = definition.better;
    figure.target = definition.target;
    figure.title = definition.title;
    figure.definition = definition.definition;
    if (!planned.category.empty()) {
      if (!figure.title.zh.empty()) figure.title.zh += " (" + planned.category + ")";
      if (!figure.title.en.empty()) figure.title.en += " (" + planned.category + ")";
    }
    return figure;
  }

  void join_totals() {
    std::ranges::sort(members, {}, &Member::entity);
    std::ranges::sort(totals);
    auto total = totals.begin();
    for (Member& member : members) {
      while (total != totals.end() && total->first < member.entity) ++total;
      if (total != totals.end() && total->first == member.entity) member.total = total->second;
    }
  }

  trace::Schema schema;
  Plan plan;
  bool detail;  ///< entities, too
  Lives lives;
  ResourceFold resources;
  ProcedureFold procedures;
  std::vector<std::unique_ptr<Fold>> folds;
  std::vector<std::pair<std::uint16_t, Fold*>> watchers;  ///< by resource
  std::vector<Member> members;
  std::vector<std::pair<trace::EntityId, Duration>> totals;
  SimTime last{};  ///< latest stamp of the record, which an interrupted run cuts short
};

Collector::Collector(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Collector::~Collector() = default;

Result<std::unique_ptr<Collector>> Collector::make(const trace::Schema& schema, Keep keep) {
  auto plan = make_plan(schema);
  if (!plan) return tl::unexpected(plan.error());
  return std::unique_ptr<Collector>(
      new Collector(std::make_unique<Impl>(schema, std::move(*plan), keep)));
}

trace::Reads Collector::reads() const {
  const bool ledger = std::ranges::any_of(
      impl_->plan.roles, [](const RolePlan& role) { return !role.ledgers.empty(); });
  return {false, false, ledger, false};
}

void Collector::consume(const trace::Batch& batch) {
  impl_->bear(batch);
  const auto reach = [this](SimTime at) { impl_->last = std::max(impl_->last, at); };
  impl_->lives.set(batch.marks);
  for (const trace::MarkSet& mark : batch.marks) reach(mark.at);
  for (const trace::Booked& row : batch.ledger) impl_->lives.book(row);
  // As many lives as end in a batch lie in as many places: those to come are asked for in time.
  constexpr std::size_t ahead = 8, soon = 4;
  const auto& ended = batch.ended;
  for (std::size_t i = 0; i < ended.size(); ++i) {
    if (i + ahead < ended.size()) impl_->lives.fetch(ended[i + ahead].entity);
    if (i + soon < ended.size()) impl_->lives.fetch_life(ended[i + soon].entity);
    impl_->end(ended[i]);
    reach(ended[i].at);
  }
  for (const trace::Level& level : batch.levels) {
    impl_->watch(level);
    reach(level.at);
  }
}

Results Collector::finish() {
  for (const trace::EntityId entity : impl_->lives.remaining()) {
    impl_->settle(*impl_->lives.find(entity), std::nullopt);
  }
  Results results;
  for (std::size_t i = 0; i < impl_->folds.size(); ++i) {
    Figure figure = impl_->heading(impl_->plan.folds[i]);
    impl_->folds[i]->finish(figure);
    results.figures.push_back(std::move(figure));
  }
  impl_->resources.finish(results.figures);
  impl_->procedures.finish(results.figures);
  impl_->join_totals();
  results.members = std::move(impl_->members);
  return results;
}

}  // namespace portflow::kpi

#include "kpi/collector.hpp"

#include <algorithm>
#include <limits>
#include <span>

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

  void bear(const trace::Born& born) {
    procedures.add(born);
    if (!detail) return;
    const bool in_cohort = born.at >= schema.cohort_from && born.at < schema.to;
    members.push_back({.entity = born.entity,
                       .parent = born.parent,
                       .created = born.at,
                       .total = {},
                       .ordinal = born.ordinal,
                       .role = born.role,
                       .in_cohort = in_cohort});
  }

  /// Takes some rows of the first table in which any are left.
  /// \returns whether there are more
  bool go_on(const trace::Batch& batch, std::size_t rows) {
    const auto any = [&](const auto& table, std::size_t& from, auto&& use) {
      const std::size_t begin = from;
      from += std::min(rows, table.size() - begin);
      use(begin, from);
      return from > begin;
    };
    const auto each = [&](const auto& table, std::size_t& from, auto&& use) {
      return any(table, from, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) use(table[i]);
      });
    };
    Progress& at = progress;
    if (at.remembered.row < batch.born.size()) {
      lives.remember(batch, at.remembered, rows);
      return true;
    }
    if (at.borne.row < batch.born.size()) {
      lives.bear(batch, at.borne, rows);
      return true;
    }
    return each(batch.born, at.born, [&](const trace::Born& born) { bear(born); }) ||
           any(batch.marks, at.marks,
               [&](std::size_t begin, std::size_t end) {
                 lives.set(batch.marks, begin, end);
                 const std::span set{batch.marks};
                 for (const auto& mark : set.subspan(begin, end - begin)) reach(mark.at);
               }) ||
           each(batch.ledger, at.ledger, [&](const trace::Booked& row) { lives.book(row); }) ||
           any(batch.ended, at.ended,
               [&](std::size_t begin, std::size_t end) { this->end(batch.ended, begin, end); }) ||
           each(batch.levels, at.levels, [&](const trace::Level& level) {
             watch(level);
             reach(level.at);
           });
  }

  void reach(SimTime at) { last = std::max(last, at); }

  /// Takes ends [from, to) in.
  void end(std::span<const trace::Ended> ended, std::size_t from, std::size_t to) {
    // As many lives as end in a batch lie in as many places: those to come are asked for in time.
    constexpr std::size_t ahead = 8, soon = 4;
    for (std::size_t i = from; i < to; ++i) {
      if (i + ahead < ended.size()) lives.fetch(ended[i + ahead].entity);
      if (i + soon < ended.size()) lives.fetch_life(ended[i + soon].entity);
      end(ended[i]);
      reach(ended[i].at);
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

  /// How far the batch in hand was taken in, table by table.
  struct Progress {
    Lives::Births remembered, borne;
    std::size_t born{0}, marks{0}, ledger{0}, ended{0}, levels{0};
  };

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
  Progress progress;
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
  while (consume_some(batch, std::numeric_limits<std::size_t>::max())) {
  }
}

bool Collector::consume_some(const trace::Batch& batch, std::size_t rows) {
  const bool left = impl_->go_on(batch, rows);
  if (!left) impl_->progress = {};
  return left;
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

#include "kpi/spans.hpp"

#include <algorithm>
#include <utility>

#include "core/words.hpp"
#include "kpi/lives.hpp"
#include "kpi/plan.hpp"

namespace portflow::kpi {
namespace {

bool is_span(const Plan& plan, const PlannedFold& fold) {
  return plan.definitions[fold.definition].kind == "span";
}

std::vector<std::string> span_names(const Plan& plan) {
  std::vector<std::string> names;
  for (const PlannedFold& fold : plan.folds) {
    if (is_span(plan, fold)) names.push_back(fold.name);
  }
  return names;
}

}  // namespace

Result<std::vector<std::string>> span_names(const trace::Schema& schema) {
  const auto plan = make_plan(schema);
  if (!plan) return tl::unexpected(plan.error());
  return span_names(*plan);
}

struct SpanWatch::Impl {
  Impl(const trace::Schema& schema, Plan made, std::size_t chosen)
      : plan(std::move(made)), fold(chosen), lives(plan, schema) {}

  void settle(const Life& life, std::optional<SimTime> done) {
    for (const Use& use : plan.roles[life.role].uses) {
      if (!Lives::measures(use, life.readings) || !feeds(use, life.readings, fold)) continue;
      const Observation seen = observation_of(use, life, done, last);
      if (standing_of(seen) != Standing::outside) spans.push_back(seen);
    }
  }

  Plan plan;
  std::size_t fold;
  Lives lives;
  SimTime last{};
  std::vector<Observation> spans;
};

SpanWatch::SpanWatch(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SpanWatch::~SpanWatch() = default;

Result<std::unique_ptr<SpanWatch>> SpanWatch::make(const trace::Schema& schema,
                                                   const std::string& name) {
  auto plan = make_plan(schema);
  if (!plan) return tl::unexpected(plan.error());
  const auto found = std::ranges::find_if(plan->folds, [&](const PlannedFold& fold) {
    return is_span(*plan, fold) && (name.empty() || fold.name == name);
  });
  if (found == plan->folds.end()) {
    const auto names = span_names(*plan);
    if (names.empty()) return fail(Failure::input, "the scenario has no KPI of kind span");
    const std::string close = nearest(name, names);
    return fail(Failure::input, "no span KPI '" + name + "'; " +
                                    (close.empty() ? "there are " + listed(names)
                                                   : "did you mean '" + close + "'?"));
  }
  const auto fold = static_cast<std::size_t>(found - plan->folds.begin());
  return std::unique_ptr<SpanWatch>(
      new SpanWatch(std::make_unique<Impl>(schema, std::move(*plan), fold)));
}

void SpanWatch::consume(const trace::Batch& batch) {
  Impl& impl = *impl_;
  impl.lives.bear(batch);
  impl.lives.set(batch.marks);
  for (const trace::MarkSet& mark : batch.marks) impl.last = std::max(impl.last, mark.at);
  for (const trace::Ended& ended : batch.ended) {
    impl.last = std::max(impl.last, ended.at);
    const Life* life = impl.lives.find(ended.entity);
    if (life == nullptr) continue;
    impl.settle(*life, ended.end);
    impl.lives.forget(ended.entity);
  }
  for (const trace::Level& level : batch.levels) impl.last = std::max(impl.last, level.at);
}

std::vector<Observation> SpanWatch::finish() {
  for (const trace::EntityId entity : impl_->lives.remaining()) {
    impl_->settle(*impl_->lives.find(entity), std::nullopt);
  }
  std::ranges::sort(impl_->spans, {}, &Observation::entity);
  return std::move(impl_->spans);
}

const std::string& SpanWatch::name() const noexcept {
  return impl_->plan.folds[impl_->fold].name;
}

const Definition& SpanWatch::definition() const noexcept {
  return impl_->plan.definitions[impl_->plan.folds[impl_->fold].definition];
}

}  // namespace portflow::kpi

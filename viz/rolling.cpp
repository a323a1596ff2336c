#include "viz/rolling.hpp"

#include <algorithm>
#include <cmath>

#include "kpi/lives.hpp"
#include "kpi/units.hpp"

namespace portflow::viz {
namespace {

/// Turns entities into samples of the KPIs, as kpi::Collector turns them into folds.
class Sampler {
 public:
  Sampler(const kpi::Plan& plan, SimTime from) : plan_(plan) {
    for (const auto& fold : plan.folds) {
      const kpi::Definition& is = plan.definitions[fold.definition];
      samples_.emplace_back(from, is.kind == "count"   ? "sum"
                                  : is.kind == "share" ? "mean"
                                                       : is.statistic);
    }
  }

  void settle(const kpi::Life& life, std::optional<SimTime> done) {
    for (const kpi::Use& use : plan_.roles[life.role].uses) {
      if (!kpi::Lives::measures(use, life.readings)) continue;
      const double weight =
          use.weight < 0 ? 1 : life.readings[static_cast<std::size_t>(use.weight)];
      const kpi::Observation seen{.entity = life.entity,
                                  .created = life.created,
                                  .ended = done.has_value(),
                                  .from = kpi::moment_of(use.from, life, done),
                                  .to = kpi::moment_of(use.to, life, done),
                                  .marked = kpi::moment_of(use.marked, life, done),
                                  .weight = weight * plan_.folds[use.fold].weight_factor};
      if (const auto sample = sample_of(definition(use), seen, done)) {
        samples_[use.fold].add(*sample);
      }
    }
  }

  /// Those of fold number `fold`, to be taken once.
  [[nodiscard]] Rolling take(std::size_t fold) {
    samples_[fold].close();
    return std::move(samples_[fold]);
  }

 private:
  [[nodiscard]] const kpi::Definition& definition(const kpi::Use& use) const {
    return plan_.definitions[plan_.folds[use.fold].definition];
  }

  static std::optional<Rolling::Sample> sample_of(const kpi::Definition& is,
                                                  const kpi::Observation& seen,
                                                  std::optional<SimTime> done) {
    const bool known = kpi::standing_of(seen) == kpi::Standing::known;
    if (is.kind == "span") {
      if (!known) return std::nullopt;
      const auto span = static_cast<double>((seen.to.at - seen.from.at).count());
      return Rolling::Sample{seen.to.at, span / kpi::milliseconds_in(is.unit), 1};
    }
    if (is.kind == "count") {
      if (is.marked.empty()) return Rolling::Sample{seen.created, seen.weight, 1};
      if (!seen.marked.is_set()) return std::nullopt;
      return Rolling::Sample{seen.marked.at, seen.weight, 1};
    }
    const double whole = kpi::share_in(is.unit);
    if (is.marked.empty()) {
      if (!known) return std::nullopt;
      const bool over = seen.to.at - seen.from.at > is.over;
      return Rolling::Sample{seen.to.at, over ? whole : 0, seen.weight};
    }
    // A mark may come early and its absence shows only at the end: count both at the end.
    if (!done) return std::nullopt;
    return Rolling::Sample{*done, seen.marked.is_set() ? whole : 0, seen.weight};
  }

  const kpi::Plan& plan_;
  std::vector<Rolling> samples_;
};

/// The schema with the wanted KPIs alone, over everybody instead of a cohort.
std::optional<trace::Schema> lean(const trace::Schema& schema, std::size_t most) {
  auto definitions = kpi::from_json(schema.kpi_definitions);
  if (!definitions) return std::nullopt;
  std::erase_if(*definitions, [](const kpi::Definition& d) {
    return d.kind != "span" && d.kind != "share" && d.kind != "count";
  });
  if (definitions->size() > most) definitions->resize(most);
  for (kpi::Definition& definition : *definitions) definition.by.clear();
  trace::Schema out;
  out.roles = schema.roles;
  out.marks = schema.marks;
  out.cohort_from = SimTime::min();
  out.to = SimTime::max();
  out.kpi_definitions = kpi::to_json(*definitions);
  return out;
}

}  // namespace

Rolling::Rolling(SimTime from, std::string statistic)
    : from_(from),
      statistic_(std::move(statistic)),
      quantile_(statistic_ != "mean" && statistic_ != "sum"),
      values_(600'000) {}

Rolling::Rolling(const std::vector<Sample>& samples, std::string statistic)
    : Rolling(samples.empty() ? SimTime{} : samples.front().at - std::chrono::hours(24),
              std::move(statistic)) {
  for (const Sample& sample : samples) add(sample);
  close();
}

std::int64_t Rolling::bin_of(SimTime at) const {
  // Bin k holds what became known in (from + (k - 1) steps, from + k steps].
  const std::int64_t gone = (at - from_).count();
  return gone <= 0 ? 0 : (gone + step.count() - 1) / step.count();
}

void Rolling::add(const Sample& sample) {
  const auto bin = static_cast<std::size_t>(bin_of(sample.at));
  if (quantile_) {
    values_.add(static_cast<std::uint32_t>(bin), static_cast<float>(sample.value));
    return;
  }
  if (sums_.size() <= bin) sums_.resize(bin + 1);
  sums_[bin].weighted += sample.value * sample.weight;
  sums_[bin].weight += sample.weight;
  ++sums_[bin].count;
}

void Rolling::close() {
  values_.close();
  for (std::size_t i = 1; i < sums_.size(); ++i) {
    sums_[i].weighted += sums_[i - 1].weighted;
    sums_[i].weight += sums_[i - 1].weight;
    sums_[i].count += sums_[i - 1].count;
  }
}

std::optional<double> Rolling::value(SimTime at, Duration window) const {
  // What is over by `at`: the bins that end by then.
  const auto over = [&](SimTime t) { return t < from_ ? -1 : (t - from_) / step; };
  const std::int64_t first = over(at - window);
  const std::int64_t last = over(at);
  if (quantile_) {
    const auto upto = [&](std::int64_t bin) {
      const auto& values = values_.entries();
      return std::upper_bound(values.begin(), values.end(), bin,
                              [](std::int64_t b, const Tally::Entry& v) { return b < v.bin; });
    };
    std::vector<float> some;
    const auto end = upto(last);
    for (auto v = upto(first); v != end; ++v) some.insert(some.end(), v->count, v->value);
    if (some.empty()) return std::nullopt;
    const double share = statistic_ == "p50"   ? 0.5
                         : statistic_ == "p90" ? 0.9
                         : statistic_ == "p95" ? 0.95
                                               : 1;
    const auto rank = std::max(1.0, std::ceil(share * static_cast<double>(some.size())));
    const auto nth = some.begin() + static_cast<std::ptrdiff_t>(rank) - 1;
    std::nth_element(some.begin(), nth, some.end());
    return static_cast<double>(*nth);
  }
  const auto upto = [&](std::int64_t bin) {
    if (bin < 0 || sums_.empty()) return Sum{};
    return sums_[std::min(static_cast<std::size_t>(bin), sums_.size() - 1)];
  };
  const Sum before = upto(first);
  const Sum by_now = upto(last);
  if (by_now.count == before.count) return std::nullopt;
  const double sum = by_now.weighted - before.weighted;
  if (statistic_ == "sum") return sum;
  const double weight = by_now.weight - before.weight;
  return weight > 0 ? std::optional(sum / weight) : std::nullopt;
}

struct RollingKpis::State {
  trace::Schema wanted;
  kpi::Plan plan;
  std::optional<kpi::Lives> lives;
  std::optional<Sampler> sampler;
};

RollingKpis::RollingKpis(const trace::Schema& schema, std::size_t most) {
  auto wanted = lean(schema, most);
  if (!wanted) return;
  auto plan = kpi::make_plan(*wanted);
  if (!plan || plan->folds.empty()) return;
  state_ = std::make_unique<State>();
  state_->wanted = std::move(*wanted);
  state_->plan = std::move(*plan);
  state_->lives.emplace(state_->plan, state_->wanted);
  state_->sampler.emplace(state_->plan, schema.from);
}

RollingKpis::~RollingKpis() = default;
RollingKpis::RollingKpis(RollingKpis&&) noexcept = default;

void RollingKpis::consume(const trace::Batch& batch) {
  if (!state_) return;
  kpi::Lives& lives = *state_->lives;
  lives.bear(batch);
  lives.set(batch.marks);
  for (const trace::Ended& ended : batch.ended) {
    if (const kpi::Life* life = lives.find(ended.entity)) {
      state_->sampler->settle(*life, ended.end);
      lives.forget(ended.entity);
    }
  }
}

std::vector<RollingKpi> RollingKpis::close() {
  std::vector<RollingKpi> out;
  if (!state_) return out;
  for (const trace::EntityId left : state_->lives->remaining()) {
    state_->sampler->settle(*state_->lives->find(left), std::nullopt);
  }
  for (std::size_t i = 0; i < state_->plan.folds.size(); ++i) {
    const kpi::Definition& definition = state_->plan.definitions[state_->plan.folds[i].definition];
    out.push_back({definition, state_->sampler->take(i)});
  }
  state_.reset();
  return out;
}

std::vector<RollingKpi> rolling_kpis(const trace::Schema& schema, const trace::Batch& batch,
                                     std::size_t most) {
  RollingKpis kpis(schema, most);
  kpis.consume(batch);
  return kpis.close();
}

}  // namespace portflow::viz

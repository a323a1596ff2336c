#include "viz/rolling.hpp"

#include <algorithm>
#include <cmath>

#include "kpi/lives.hpp"
#include "kpi/units.hpp"

namespace portflow::viz {
namespace {

using Samples = std::vector<Rolling::Sample>;

/// Turns entities into samples of the KPIs, as kpi::Collector turns them into folds.
class Sampler {
 public:
  explicit Sampler(const kpi::Plan& plan) : plan_(plan), samples_(plan.folds.size()) {}

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
        samples_[use.fold].push_back(*sample);
      }
    }
  }

  /// Those of fold number `fold`, to be taken once.
  [[nodiscard]] Samples take(std::size_t fold) { return std::move(samples_[fold]); }

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
  std::vector<Samples> samples_;
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

/// Which marks some role keeps: most rows are of others, and a look-up each would cost most.
std::vector<bool> marks_read(const kpi::Plan& plan, std::size_t marks) {
  std::vector<bool> read(marks);
  for (const kpi::RolePlan& role : plan.roles) {
    for (std::size_t m = 0; m < std::min(marks, role.mark_slot.size()); ++m) {
      if (role.mark_slot[m] >= 0) read[m] = true;
    }
  }
  return read;
}

}  // namespace

Rolling::Rolling(std::vector<Sample> samples, std::string statistic)
    : samples_(std::move(samples)), statistic_(std::move(statistic)) {
  std::stable_sort(samples_.begin(), samples_.end(),
                   [](const Sample& a, const Sample& b) { return a.at < b.at; });
  weighted_.push_back(0);
  weights_.push_back(0);
  for (const Sample& sample : samples_) {
    weighted_.push_back(weighted_.back() + sample.value * sample.weight);
    weights_.push_back(weights_.back() + sample.weight);
  }
}

std::optional<double> Rolling::value(SimTime at, Duration window) const {
  const auto upto = [&](SimTime t) {
    return static_cast<std::size_t>(
        std::upper_bound(samples_.begin(), samples_.end(), t,
                         [](SimTime u, const Sample& s) { return u < s.at; }) -
        samples_.begin());
  };
  const std::size_t first = upto(at - window);
  const std::size_t last = upto(at);
  if (first == last) return std::nullopt;
  const double sum = weighted_[last] - weighted_[first];
  if (statistic_ == "sum") return sum;
  if (statistic_ == "mean") {
    const double weight = weights_[last] - weights_[first];
    return weight > 0 ? std::optional(sum / weight) : std::nullopt;
  }
  const double share = statistic_ == "p50"   ? 0.5
                       : statistic_ == "p90" ? 0.9
                       : statistic_ == "p95" ? 0.95
                                             : 1;
  std::vector<double> values;
  for (std::size_t i = first; i < last; ++i) values.push_back(samples_[i].value);
  const auto rank = std::max(1.0, std::ceil(share * static_cast<double>(values.size())));
  const auto nth = values.begin() + static_cast<std::ptrdiff_t>(rank) - 1;
  std::nth_element(values.begin(), nth, values.end());
  return *nth;
}

std::vector<RollingKpi> rolling_kpis(const trace::Schema& schema, const trace::Batch& batch,
                                     std::size_t most) {
  const auto wanted = lean(schema, most);
  if (!wanted) return {};
  auto plan = kpi::make_plan(*wanted);
  if (!plan || plan->folds.empty()) return {};
  kpi::Lives lives(*plan, *wanted);
  Sampler sampler(*plan);
  lives.bear(batch);
  const std::vector<bool> read = marks_read(*plan, schema.marks.size());
  for (const trace::MarkSet& mark : batch.marks) {
    if (mark.mark < read.size() && read[mark.mark]) lives.set(mark);
  }
  for (const trace::Ended& ended : batch.ended) {
    if (const kpi::Life* life = lives.find(ended.entity)) {
      sampler.settle(*life, ended.end);
      lives.forget(ended.entity);
    }
  }
  for (const trace::EntityId left : lives.remaining()) {
    sampler.settle(*lives.find(left), std::nullopt);
  }
  std::vector<RollingKpi> out;
  for (std::size_t i = 0; i < plan->folds.size(); ++i) {
    const kpi::Definition& definition = plan->definitions[plan->folds[i].definition];
    std::string statistic = definition.kind == "count"   ? "sum"
                            : definition.kind == "share" ? "mean"
                                                         : definition.statistic;
    out.push_back({definition, Rolling(sampler.take(i), std::move(statistic))});
  }
  return out;
}

}  // namespace portflow::viz

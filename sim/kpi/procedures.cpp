#include "kpi/procedures.hpp"

#include <algorithm>

#include "kpi/units.hpp"

namespace portflow::kpi {
namespace {

/// The two never overlap, so that several sums are made at once.
void add_up(std::int64_t* __restrict sums, const std::int64_t* __restrict ticks) {
  for (std::size_t i = 0; i < cause_count; ++i) sums[i] += ticks[i];
}

}  // namespace

ProcedureFold::ProcedureFold(const trace::Schema& schema, Keep keep)
    : cohort_from_(schema.cohort_from), cohort_to_(schema.to), keep_(keep) {
  for (const trace::RoleInfo& role : schema.roles) {
    const auto known = std::ranges::find(sums_, role.procedure, &Sums::name);
    of_role_.push_back(static_cast<std::size_t>(known - sums_.begin()));
    if (known == sums_.end()) sums_.emplace_back().name = role.procedure;
  }
}

ProcedureFold::Sums* ProcedureFold::of(std::uint16_t role, SimTime created) {
  if (role >= of_role_.size() || created < cohort_from_ || created >= cohort_to_) return nullptr;
  return &sums_[of_role_[role]];
}

void ProcedureFold::add(const trace::Born& born) {
  if (Sums* sums = of(born.role, born.at)) ++sums->born;
}

void ProcedureFold::add(const trace::Ended& ended) {
  Sums* sums = of(ended.role, ended.created);
  if (sums == nullptr) return;
  const std::int64_t ms = (ended.end - ended.created).count();
  sums->times.add(ms);
  add_up(sums->causes.data(), ended.ticks_by_cause.data());
  if (keep_ != Keep::figures) keep(*sums, ended);
}

/// What only reports ask for, apart from what every run adds up.
[[gnu::noinline]] void ProcedureFold::keep(Sums& sums, const trace::Ended& ended) const {
  const auto ms = static_cast<double>((ended.end - ended.created).count());
  sums.daily.add(ended.created, ms);
  if (keep_ != Keep::entities_and_curves) return;
  sums.entities.push_back({ended.entity, ms / milliseconds_in("s")});
}

void ProcedureFold::finish(std::vector<Figure>& figures) {
  for (Sums& sums : sums_) {
    if (sums.name.empty()) continue;
    Figure time;
    time.name = "procedure." + sums.name + ".time";
    time.kind = "span";
    time.statistic = "mean";
    time.unit = "s";
    time.automatic = true;
    std::vector<std::int64_t> times = sums.times.row();
    summarise(times, milliseconds_in("s"), time);
    time.unfinished = sums.born - std::min<std::uint64_t>(sums.born, time.count);
    std::ranges::sort(sums.entities);
    time.entities = std::move(sums.entities);
    time.curve = sums.daily.points(1.0 / milliseconds_in("s"));
    const std::uint64_t count = time.count, unfinished = time.unfinished;
    figures.push_back(std::move(time));

    for (std::size_t i = 0; i < cause_count; ++i) {
      Figure cause;
      cause.name = "cause." + sums.name + "." + std::string(cause_names[i]);
      cause.kind = "cause";
      cause.statistic = "mean";
      cause.unit = "h";
      cause.better = i == 0 ? Better::neither : Better::lower;
      cause.automatic = true;
      cause.count = count;
      cause.unfinished = unfinished;
      if (count > 0) {
        cause.value =
            static_cast<double>(sums.causes[i]) / static_cast<double>(count) / milliseconds_in("h");
      }
      cause.mean = cause.value;
      figures.push_back(std::move(cause));
    }
  }
}

}  // namespace portflow::kpi

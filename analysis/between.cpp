#include "analysis/between.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "analysis/history.hpp"
#include "analysis/spans.hpp"

namespace portflow::analysis {
namespace {

Fare fare_of(const History& history, const std::optional<Window>& window) {
  Fare fare;
  fare.born = true;
  if (!window) return fare;
  fare.total = window->to - window->from;
  fare.sums = sums_within(history.path, window->from, window->to);
  return fare;
}

using PlaceKey = std::tuple<trace::EntityId, std::string, std::string, Cause>;

/// Time on the path, place by place.
std::map<PlaceKey, Duration> places_of(const trace::Schema& schema, const History& history,
                                       const std::optional<Window>& window) {
  std::map<PlaceKey, Duration> places;
  if (!window) return places;
  for (const trace::PathPart& part : history.path) {
    const Duration lasts = within(part, window->from, window->to);
    if (lasts == Duration::zero()) continue;
    const std::string step = part.step == trace::no_code ? "" : schema.steps[part.step];
    const std::string resource =
        part.resource == trace::no_code ? "" : schema.resources[part.resource].name;
    places[{part.owner, step, resource, part.cause}] += lasts;
  }
  return places;
}

std::vector<PathShift> shifts_between(const std::map<PlaceKey, Duration>& a,
                                      const std::map<PlaceKey, Duration>& b) {
  std::map<PlaceKey, PathShift> all;
  const auto shift_of = [&](const PlaceKey& key) -> PathShift& {
    PathShift& shift = all[key];
    std::tie(shift.owner, shift.step, shift.resource, shift.cause) = key;
    return shift;
  };
  for (const auto& [key, lasts] : a) shift_of(key).a = lasts;
  for (const auto& [key, lasts] : b) shift_of(key).b = lasts;
  std::vector<PathShift> shifts;
  for (auto& [key, shift] : all) {
    if (shift.a != shift.b) shifts.push_back(std::move(shift));
  }
  std::ranges::stable_sort(shifts, std::greater{}, [](const PathShift& shift) {
    return std::chrono::abs(shift.b - shift.a);
  });
  return shifts;
}

/// Adds the own steps of one arm to those of both; a repeated step is told apart by its turn.
void add_steps(const trace::Schema& schema, const std::vector<trace::StepDone>& done, bool is_b,
               std::vector<StepShift>& all) {
  std::map<std::string, std::uint32_t> turns;
  for (const trace::StepDone& step : done) {
    if (step.step == trace::no_code) continue;
    const std::string& name = schema.steps[step.step];
    const std::uint32_t turn = ++turns[name];
    auto found = std::ranges::find_if(all, [&](const StepShift& shift) {
      return shift.step == name && shift.occurrence == turn;
    });
    if (found == all.end()) {
      all.push_back({.step = name, .occurrence = turn});
      found = all.end() - 1;
    }
    (is_b ? found->wait_b : found->wait_a) = step.start - step.ready;
    (is_b ? found->service_b : found->service_a) = step.at - step.start;
  }
}

void pair_steps(const Arms& arms, const History& a, const History& b, Versus& result) {
  add_steps(arms.a.schema(), a.steps, false, result.steps);
  add_steps(arms.b.schema(), b.steps, true, result.steps);
  result.same_steps = std::erase_if(result.steps, [](const StepShift& shift) {
    return shift.wait_a == shift.wait_b && shift.service_a == shift.service_b;
  });
}

/// Adds what one arm booked to what both did; an item of another unit is another one.
void add_booked(const trace::Schema& schema, const std::vector<trace::Booked>& rows, bool is_b,
                std::vector<BookedShift>& all) {
  for (const trace::Booked& row : rows) {
    const trace::LedgerItem& item = schema.items[row.item];
    auto found = std::ranges::find_if(all, [&](const BookedShift& shift) {
      return shift.ledger == item.ledger && shift.item == item.name && shift.unit == item.unit;
    });
    if (found == all.end()) {
      all.push_back({.ledger = item.ledger, .item = item.name, .unit = item.unit});
      found = all.end() - 1;
    }
    auto& sum = is_b ? found->b : found->a;
    sum = sum.value_or(LedgerParts{}) + row.amount;
  }
}

/// Fills in the sums of those that were chosen.
Result<void> add_sums(const Record& record, const Spans& spans, std::vector<Differing>& most,
                      Fare Differing::* arm) {
  std::vector<trace::EntityId> entities;
  entities.reserve(most.size());
  for (const Differing& one : most) entities.push_back(one.entity);
  const auto histories = histories_of(record, entities);
  if (!histories) return tl::unexpected(histories.error());
  for (std::size_t i = 0; i < most.size(); ++i) {
    const kpi::Observation* span = find(spans, most[i].entity);
    most[i].*arm = fare_of((*histories)[i], window_of((*histories)[i], span));
  }
  return {};
}

}  // namespace

std::string unlike(const Arms& arms) {
  const trace::Schema& a = arms.a.schema();
  const trace::Schema& b = arms.b.schema();
  if (a.scenario_name != b.scenario_name) {
    return fmt::format("the scenarios are '{}' and '{}'", a.scenario_name, b.scenario_name);
  }
  if (a.seed != b.seed) return fmt::format("the seeds are {} and {}", a.seed, b.seed);
  if (a.replication != b.replication) {
    return fmt::format("the replications are {} and {}", a.replication, b.replication);
  }
  return {};
}

Result<trace::EntityId> read_name(const Arms& arms, const std::string& text) {
  auto in_a = arms.a.directory().read(text);
  if (in_a) return in_a;
  // Growth adds entities that only one policy has.
  auto in_b = arms.b.directory().read(text);
  return in_b ? in_b : in_a;
}

Result<Versus> versus(const Arms& arms, trace::EntityId entity, const std::string& kpi) {
  Versus result;
  result.entity = entity;
  result.kpi = kpi;
  std::array<History, 2> histories;
  std::array<std::map<PlaceKey, Duration>, 2> places;
  for (const bool is_b : {false, true}) {
    const Record& record = is_b ? arms.b : arms.a;
    if (auto there = record.needs_paths(); !there) return tl::unexpected(there.error());
    if (record.directory().find(entity) == nullptr) continue;
    const auto span = span_of(record, entity, kpi);
    if (!span) return tl::unexpected(span.error());
    auto found = histories_of(record, {entity});
    if (!found) return tl::unexpected(found.error());
    History& history = histories[is_b ? 1 : 0];
    history = std::move(found->front());
    const auto window = window_of(history, *span ? &**span : nullptr);
    (is_b ? result.b : result.a) = fare_of(history, window);
    places[is_b ? 1 : 0] = places_of(record.schema(), history, window);
  }
  if (!result.a.born && !result.b.born) return fail(Failure::input, "no such entity");
  result.shifts = shifts_between(places[0], places[1]);
  pair_steps(arms, histories[0], histories[1], result);
  add_booked(arms.a.schema(), histories[0].booked, false, result.booked);
  add_booked(arms.b.schema(), histories[1].booked, true, result.booked);
  return result;
}

Result<Movers> most_different(const Arms& arms, const std::string& kpi, std::size_t how_many) {
  const auto a = kpi.empty() ? lives_of(arms.a) : spans_of(arms.a, kpi);
  if (!a) return tl::unexpected(a.error());
  const auto b = kpi.empty() ? lives_of(arms.b) : spans_of(arms.b, kpi);
  if (!b) return tl::unexpected(b.error());
  Movers movers{.kpi = kpi};
  std::uint64_t known_b = 0;
  for (const kpi::Observation& span : b->entities) known_b += length_of(span) ? 1u : 0u;
  for (const kpi::Observation& span : a->entities) {
    const auto in_a = length_of(span);
    const kpi::Observation* other = find(*b, span.entity);
    const auto in_b = other == nullptr ? std::nullopt : length_of(*other);
    if (in_a && in_b) {
      ++movers.compared;
      // Those whose path is not recorded yet are counted, but there is nothing to tell of them.
      if (*in_a == *in_b) continue;
      ++movers.different;
      if (!span.ended || !other->ended) continue;
      Differing one{.entity = span.entity};
      one.a.total = in_a;
      one.b.total = in_b;
      movers.most.push_back(one);
    } else if (in_a) {
      ++movers.one_sided;
    }
  }
  movers.one_sided += known_b - movers.compared;
  const std::size_t kept = std::min(how_many, movers.most.size());
  std::ranges::partial_sort(movers.most, movers.most.begin() + static_cast<std::ptrdiff_t>(kept),
                            {}, [](const Differing& one) {
                              return std::tuple(-std::chrono::abs(one.difference()).count(),
                                                one.entity);
                            });
  movers.most.resize(kept);
  if (auto done = add_sums(arms.a, *a, movers.most, &Differing::a); !done) {
    return tl::unexpected(done.error());
  }
  if (auto done = add_sums(arms.b, *b, movers.most, &Differing::b); !done) {
    return tl::unexpected(done.error());
  }
  return movers;
}

}  // namespace portflow::analysis

#include "kpi/lives.hpp"

#include <algorithm>
#include <tuple>

namespace portflow::kpi {

Moment moment_of(MarkRef ref, const Life& life, std::optional<SimTime> done) {
  switch (ref) {
    case MarkRef::created:
      return {Moment::State::set, life.created};
    case MarkRef::done:
      return done ? Moment{Moment::State::set, *done} : Moment{};
    case MarkRef::absent:
    case MarkRef::never:
      return {};
    default:
      return life.marks[static_cast<std::size_t>(ref)];
  }
}

Observation observation_of(const Use& use, const Life& life, std::optional<SimTime> done,
                           SimTime known_until) {
  return {.entity = life.entity,
          .created = life.created,
          .ended = done.has_value(),
          .from = moment_of(use.from, life, done),
          .to = moment_of(use.to, life, done),
          .marked = moment_of(use.marked, life, done),
          .known_until = known_until,
          .weight = use.weight < 0 ? 1 : life.readings[static_cast<std::size_t>(use.weight)],
          .booked = use.ledger < 0 ? 0 : life.ledgers[static_cast<std::size_t>(use.ledger)]};
}

bool feeds(const Use& use, std::span<const double> readings, std::size_t fold) {
  if (use.fold == fold) return true;
  return std::ranges::any_of(use.groups, [&](const Use::Group& group) {
    // Not a number where the record is damaged.
    const double code = readings[group.reading];
    if (!(code >= 0 && code < static_cast<double>(group.folds.size()))) return false;
    return group.folds[static_cast<std::size_t>(code)] == fold;
  });
}

Lives::Lives(const Plan& plan, const trace::Schema& schema)
    : plan_(plan), cohort_from_(schema.cohort_from), cohort_to_(schema.to) {
  pools_.resize(schema.roles.size());
  for (const trace::RoleInfo& role : schema.roles) {
    attribute_count_.push_back(role.attributes.size());
  }
  any_kin_ = std::ranges::any_of(plan.roles, &RolePlan::borne_by_kin);
  mark_read_.resize(schema.marks.size());
  for (const RolePlan& role : plan.roles) {
    for (std::size_t mark = 0; mark < std::min(mark_read_.size(), role.mark_slot.size()); ++mark) {
      if (role.mark_slot[mark] >= 0) mark_read_[mark] = true;
    }
  }
  any_uses_ =
      std::ranges::any_of(plan.roles, [](const RolePlan& role) { return !role.uses.empty(); });
}

template <class Visit>
void Lives::each(const trace::Batch& batch, Births& from, std::size_t count, Visit&& visit) const {
  const std::size_t end = from.row + std::min(count, batch.born.size() - from.row);
  while (from.row < end) {
    const trace::Born& born = batch.born[from.row++];
    const bool known = born.role < attribute_count_.size();
    const std::size_t own = known ? attribute_count_[born.role] : 0;
    if (!known || own > batch.attributes.size() - from.attribute) {
      from.row = batch.born.size();  // damaged: nothing after it can be read
      return;
    }
    visit(born, std::span(batch.attributes).subspan(from.attribute, own));
    from.attribute += own;
  }
}

void Lives::bear(const trace::Batch& batch) {
  Births remembered, borne;
  remember(batch, remembered, batch.born.size());
  bear(batch, borne, batch.born.size());
}

void Lives::remember(const trace::Batch& batch, Births& from, std::size_t count) {
  if (!any_kin_) {
    from.row = batch.born.size();
    return;
  }
  each(batch, from, count, [&](const trace::Born& born, std::span<const double> attributes) {
    remember(born, attributes);
  });
}

void Lives::bear(const trace::Batch& batch, Births& from, std::size_t count) {
  if (!any_uses_) {
    from.row = batch.born.size();
    return;
  }
  // Births stand side by side, so that the one which comes some births later can be read now.
  const auto prepare = [&](const trace::Born& born) {
    const auto left = batch.born.data() + batch.born.size() - &born;
    if (left <= 8) return;
    const trace::Born& later = (&born)[8];
    handles_.fetch(later.entity);
    kin_places_.fetch(later.parent);
  };
  each(batch, from, count, [&](const trace::Born& born, std::span<const double> attributes) {
    prepare(born);
    if (in_cohort(born.at)) keep(born, attributes);
  });
}

void Lives::remember(const trace::Born& born, std::span<const double> attributes) {
  const RolePlan& plan = plan_.roles[born.role];
  if (!plan.borne_by_kin) return;
  kin_places_.set(born.entity, static_cast<std::uint32_t>(kin_.size()));
  const std::size_t first = kin_readings_.size();
  kin_.push_back({born.parent, static_cast<std::uint32_t>(first), born.role});
  kin_readings_.resize(first + plan.kin_readings, -1);
  const std::size_t known = std::min(attributes.size(), plan.read_by_kin.size());
  for (std::size_t i = 0; i < known; ++i) {
    if (plan.read_by_kin[i] < 0) continue;
    kin_readings_[first + static_cast<std::size_t>(plan.read_by_kin[i])] = attributes[i];
  }
}

double Lives::read(const Reading& reading, const trace::Born& born,
                   std::span<const double> attributes) const {
  if (reading.attribute < 0) return reading.constant;
  const auto index = static_cast<std::size_t>(reading.attribute);
  if (reading.levels == 0) return attributes[index];
  trace::EntityId at = born.parent;
  for (std::uint32_t level = 1;; ++level) {
    const std::uint32_t* place = kin_places_.find(at);
    // An orphan in a damaged record: -1 is no category and no quantity.
    if (place == nullptr) return -1;
    const Kin& kin = kin_[*place];
    if (level == reading.levels) {
      const auto& read = plan_.roles[kin.role].read_by_kin;
      if (index >= read.size() || read[index] < 0) return -1;
      return kin_readings_[kin.first + static_cast<std::size_t>(read[index])];
    }
    at = kin.parent;
  }
}

void Lives::keep(const trace::Born& born, std::span<const double> attributes) {
  const RolePlan& plan = plan_.roles[born.role];
  if (plan.uses.empty()) return;
  scratch_.clear();
  for (const Reading& reading : plan.readings) scratch_.push_back(read(reading, born, attributes));
  const bool wanted =
      std::ranges::any_of(plan.uses, [&](const Use& use) { return measures(use, scratch_); });
  if (!wanted) return;

  Pool& pool = pools_[born.role];
  std::uint32_t place = 0;
  if (pool.free.empty()) {
    place = static_cast<std::uint32_t>(pool.entities.size());
    pool.entities.emplace_back();
    pool.created.emplace_back();
    pool.readings.resize(pool.readings.size() + plan.readings.size());
    pool.marks.resize(pool.marks.size() + plan.marks);
    pool.ledgers.resize(pool.ledgers.size() + plan.ledgers.size());
  } else {
    place = pool.free.back();
    pool.free.pop_back();
  }
  pool.entities[place] = born.entity;
  pool.created[place] = born.at;
  std::ranges::copy(
      scratch_, pool.readings.begin() + static_cast<std::ptrdiff_t>(place * plan.readings.size()));
  std::fill_n(pool.marks.begin() + static_cast<std::ptrdiff_t>(place * plan.marks), plan.marks,
              Moment{});
  std::fill_n(pool.ledgers.begin() + static_cast<std::ptrdiff_t>(place * plan.ledgers.size()),
              plan.ledgers.size(), 0);
  handles_.set(born.entity, {born.role, place});
}

void Lives::set(std::span<const trace::MarkSet> marks, std::size_t from, std::size_t to) {
  if (handles_.empty()) return;
  // Each look-up waits for memory twice, unless it was asked for in time.
  constexpr std::size_t ahead = 16, soon = 8;
  const auto is_read = [this](const trace::MarkSet& mark) {
    return mark.mark < mark_read_.size() && mark_read_[mark.mark];
  };
  for (std::size_t i = from; i < to; ++i) {
    if (i + ahead < marks.size() && is_read(marks[i + ahead])) {
      handles_.fetch(marks[i + ahead].entity);
    }
    if (i + soon < marks.size() && is_read(marks[i + soon])) fetch_mark(marks[i + soon]);
    if (is_read(marks[i])) set(marks[i]);
  }
}

void Lives::fetch_mark(const trace::MarkSet& mark) const noexcept {
  const Handle* handle = handles_.find(mark.entity);
  if (handle == nullptr) return;
  const RolePlan& plan = plan_.roles[handle->role];
  if (mark.mark >= plan.mark_slot.size() || plan.mark_slot[mark.mark] < 0) return;
  const auto slot = static_cast<std::size_t>(plan.mark_slot[mark.mark]);
  __builtin_prefetch(&pools_[handle->role].marks[handle->place * plan.marks + slot], 1);
}

void Lives::fetch_life(trace::EntityId entity) const noexcept {
  if (handles_.empty()) return;
  const Handle* handle = handles_.find(entity);
  if (handle == nullptr) return;
  const auto [role, place] = *handle;
  const Pool& pool = pools_[role];
  const RolePlan& plan = plan_.roles[role];
  __builtin_prefetch(&pool.created[place]);
  __builtin_prefetch(&pool.entities[place], 1);
  const auto* readings = pool.readings.data() + place * plan.readings.size();
  __builtin_prefetch(readings);
  if (plan.readings.size() > 4) __builtin_prefetch(readings + plan.readings.size() - 1);
  const Moment* marks = pool.marks.data() + place * plan.marks;
  constexpr std::size_t line = 64 / sizeof(Moment);
  for (std::size_t i = 0; i < plan.marks; i += line) __builtin_prefetch(marks + i);
  if (!plan.ledgers.empty()) {
    __builtin_prefetch(pool.ledgers.data() + place * plan.ledgers.size());
  }
}

void Lives::set(const trace::MarkSet& mark) {
  const Handle* handle = handles_.find(mark.entity);
  if (handle == nullptr) return;
  const auto [role, place] = *handle;
  const RolePlan& plan = plan_.roles[role];
  if (mark.mark >= plan.mark_slot.size() || plan.mark_slot[mark.mark] < 0) return;
  const auto slot = static_cast<std::size_t>(plan.mark_slot[mark.mark]);
  Moment& moment = pools_[role].marks[place * plan.marks + slot];
  // Marks are write-once; a branch that skipped its step may still void it first.
  if (moment.is_set()) return;
  moment = mark.is_void != 0 ? Moment{Moment::State::voided, mark.at}
                             : Moment{Moment::State::set, mark.at};
}

void Lives::book(const trace::Booked& row) {
  const Handle* handle = handles_.find(row.entity);
  if (handle == nullptr) return;
  const auto [role, place] = *handle;
  const auto& ledgers = plan_.roles[role].ledgers;
  for (std::size_t i = 0; i < ledgers.size(); ++i) {
    if (row.item >= ledgers[i].size() || !ledgers[i][row.item]) continue;
    pools_[role].ledgers[place * ledgers.size() + i] += row.amount.count;
  }
}

const Life* Lives::seek(trace::EntityId entity) {
  const Handle* handle = handles_.find(entity);
  if (handle == nullptr) return nullptr;
  const auto [role, place] = *handle;
  const Pool& pool = pools_[role];
  const std::size_t readings = plan_.roles[role].readings.size();
  const std::size_t marks = plan_.roles[role].marks;
  const std::size_t ledgers = plan_.roles[role].ledgers.size();
  found_ = {entity,
            pool.created[place],
            role,
            std::span(pool.readings).subspan(place * readings, readings),
            std::span(pool.marks).subspan(place * marks, marks),
            std::span(pool.ledgers).subspan(place * ledgers, ledgers)};
  return &found_;
}

void Lives::forget(trace::EntityId entity) {
  const Handle* handle = handles_.find(entity);
  if (handle == nullptr) return;
  Pool& pool = pools_[handle->role];
  pool.entities[handle->place] = trace::no_entity;
  pool.free.push_back(handle->place);
  handles_.erase(entity);
}

std::vector<trace::EntityId> Lives::remaining() const {
  std::vector<std::tuple<SimTime, trace::EntityId>> left;
  for (const Pool& pool : pools_) {
    for (std::size_t place = 0; place < pool.entities.size(); ++place) {
      if (pool.entities[place] == trace::no_entity) continue;
      left.emplace_back(pool.created[place], pool.entities[place]);
    }
  }
  std::ranges::sort(left);
  std::vector<trace::EntityId> result;
  result.reserve(left.size());
  for (const auto& [created, entity] : left) result.push_back(entity);
  return result;
}

}  // namespace portflow::kpi

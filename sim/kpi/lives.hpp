/// \file lives.hpp
/// The entities that are under way, with what KPIs need of them, and nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/wide_pages.hpp"
#include "kpi/fold.hpp"
#include "kpi/plan.hpp"
#include "trace/batch.hpp"
#include "trace/id_map.hpp"

namespace portflow::kpi {

/// One entity as kept; the spans are valid until the next birth.
struct Life {
  trace::EntityId entity{trace::no_entity};
  SimTime created{};
  std::uint16_t role{0};
  std::span<const double> readings;
  std::span<const Moment> marks;
  std::span<const std::int64_t> ledgers;  ///< parts of their units
};

/// The instant of `life` that `ref` means; `done` is when the entity ended, if it has.
[[nodiscard]] Moment moment_of(MarkRef ref, const Life& life, std::optional<SimTime> done);

/// What a fold is shown of `life` as `use` measures it.
/// \param known_until  how far the record reaches
[[nodiscard]] Observation observation_of(const Use& use, const Life& life,
                                         std::optional<SimTime> done, SimTime known_until);

/// Whether an entity with these readings, which `use` measures, is shown to `fold`: the whole, or
/// the group that it belongs to.
[[nodiscard]] bool feeds(const Use& use, std::span<const double> readings, std::size_t fold);

/// Keeps entities of the cohort that some KPI measures, from birth to end; and for roles whose
/// descendants read through them, attributes and parent until the record ends, since members
/// may be born late.
class Lives {
 public:
  Lives(const Plan& plan, const trace::Schema& schema);

  /// Takes a batch's births, members with their groups in any order.
  void bear(const trace::Batch& batch);
  void set(std::span<const trace::MarkSet> marks) { set(marks, 0, marks.size()); }

  /// How far a pass over a batch's births has come.
  struct Births {
    std::size_t row{0};
    std::size_t attribute{0};
  };
  /// Takes `count` more of a batch's births in. All of them must be remembered before the first is
  /// borne, since a member may stand before its group where both are born at one instant.
  void remember(const trace::Batch& batch, Births& from, std::size_t count);
  void bear(const trace::Batch& batch, Births& from, std::size_t count);
  /// Takes marks [from, to) in; the next ones are asked for in time.
  void set(std::span<const trace::MarkSet> marks, std::size_t from, std::size_t to);
  void book(const trace::Booked& row);

  /// The entity, if it is kept.
  [[nodiscard]] const Life* find(trace::EntityId entity) {
    return handles_.empty() ? nullptr : seek(entity);
  }
  void forget(trace::EntityId entity);

  /// Brings an entity near that find() will soon be asked for: first where it is, later itself.
  void fetch(trace::EntityId entity) const noexcept {
    if (!handles_.empty()) handles_.fetch(entity);
  }
  void fetch_life(trace::EntityId entity) const noexcept;

  /// Those still there, by creation and then by entity.
  [[nodiscard]] std::vector<trace::EntityId> remaining() const;

  /// Whether `use` measures an entity with these readings.
  [[nodiscard]] static bool measures(const Use& use, std::span<const double> readings) {
    return use.where.holds(
        [&](std::int32_t slot) { return readings[static_cast<std::size_t>(slot)]; });
  }

 private:
  /// Entities of one role side by side; freed places are used again.
  struct Pool {
    std::vector<trace::EntityId> entities;
    std::vector<SimTime> created;
    std::vector<double> readings;
    std::vector<Moment> marks;
    std::vector<std::int64_t> ledgers;
    std::vector<std::uint32_t> free;
  };
  struct Handle {
    std::uint16_t role{0};
    std::uint32_t place{0};
  };
  /// Whom descendants may ask for long after it is gone: no more than they read, one behind the
  /// other in order of birth, so that whoever is asked for soon after its birth is still near.
  struct Kin {
    trace::EntityId parent{trace::no_entity};
    std::uint32_t first{0};
    std::uint16_t role{0};
  };
  template <class T>
  using Long = std::vector<T, WideAllocator<T>>;

  [[nodiscard]] bool in_cohort(SimTime created) const {
    return created >= cohort_from_ && created < cohort_to_;
  }
  [[nodiscard]] const Life* seek(trace::EntityId entity);
  void set(const trace::MarkSet& mark);
  void fetch_mark(const trace::MarkSet& mark) const noexcept;
  template <class Visit>
  void each(const trace::Batch& batch, Births& from, std::size_t count, Visit&& visit) const;
  void remember(const trace::Born& born, std::span<const double> attributes);
  void keep(const trace::Born& born, std::span<const double> attributes);
  [[nodiscard]] double read(const Reading& reading, const trace::Born& born,
                            std::span<const double> attributes) const;

  const Plan& plan_;
  SimTime cohort_from_, cohort_to_;
  bool any_kin_{false};          ///< some role is borne by kin
  bool any_uses_{false};         ///< some role is measured
  std::vector<bool> mark_read_;  ///< by mark: some role reads it
  std::vector<std::size_t> attribute_count_;
  std::vector<Pool> pools_;
  trace::IdMap<Handle> handles_;
  trace::IdMap<std::uint32_t> kin_places_;  ///< in kin_
  Long<Kin> kin_;
  Long<double> kin_readings_;
  std::vector<double> scratch_;
  Life found_;
};

}  // namespace portflow::kpi

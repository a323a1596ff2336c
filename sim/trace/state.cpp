#include "trace/state.hpp"

#include <algorithm>
#include <cstring>

#include "trace/digest_rows.hpp"
#include "trace/id_map.hpp"
#include "trace/identities.hpp"
#include "trace/stream.hpp"

namespace portflow::trace {
namespace {

/// Rows [first, last) of a table, a chunk at a time; see(number, row) says false to stop.
template <class Row, class See>
void each_row(const TableReader& table, std::uint64_t first, std::uint64_t last, See&& see) {
  Unpacker unpacker;
  std::vector<Row> rows(chunk_rows);
  last = std::min(last, table.rows());
  while (first < last) {
    const std::uint64_t chunk = first / chunk_rows;
    const std::size_t count = table.read(chunk, rows.data(), unpacker);
    const std::uint64_t end = std::min(last, chunk * chunk_rows + count);
    for (; first < end; ++first) {
      if (!see(first, rows[first - chunk * chunk_rows])) return;
    }
    if (count == 0) return;
  }
}

/// The births that are looked at, in their order.
class Births {
 public:
  explicit Births(const TableReader& table) : table_(table), rows_(chunk_rows) {}

  const StoredBirth& row(std::uint64_t number) {
    const std::uint64_t chunk = number / chunk_rows;
    if (!chunk_ || chunk != *chunk_) {
      chunk_ = chunk;
      table_.read(chunk, rows_.data(), unpacker_, birth_key_columns);
    }
    return rows_[number % chunk_rows];
  }
  [[nodiscard]] std::uint64_t rows() const noexcept { return table_.rows(); }

 private:
  const TableReader& table_;
  std::vector<StoredBirth> rows_;
  Unpacker unpacker_;
  std::optional<std::uint64_t> chunk_;
};

class Seek {
 public:
  Seek(const Tables& tables, const Schema& schema, SimTime at) : tables_(tables) {
    state_.at = at;
    state_.balances.resize(schema.items.size());
    find_keyframe();
  }

  State take(const Schema& schema) {
    add_present();
    follow_steps();
    add_moves();
    add_levels(schema);
    add_balances();
    return std::move(state_);
  }

 private:
  [[nodiscard]] const std::optional<TableReader>& table(Table which) const {
    return tables_.plain[static_cast<std::size_t>(which)];
  }
  /// Calls see(row) for the rows of a table from the keyframe's midnight to before `at`.
  template <class Row, class See>
  void since_midnight(Table which, See&& see) const {
    since_midnight<Row>(which, table(which), std::forward<See>(see));
  }
  /// Likewise for some columns of it.
  template <class Row, class See>
  void since_midnight(Table which, const std::optional<TableReader>& columns, See&& see) const {
    if (!columns) return;
    const std::uint64_t first = from_.rows[static_cast<std::size_t>(which)];
    each_row<Row>(*columns, first, columns->rows(), [&](std::uint64_t, const Row& row) {
      if (row.at >= state_.at) return false;
      see(row);
      return true;
    });
  }
  /// Calls see(row) for the keyframe's rows of a table that holds its state.
  template <class Row, class See>
  void of_keyframe(Table which, std::uint64_t Keyframe::* begin, See&& see) const {
    if (!found_ || !table(which)) return;
    const std::uint64_t end = last_ ? table(which)->rows() : to_.*begin;
    each_row<Row>(*table(which), from_.*begin, end, [&](std::uint64_t, const Row& row) {
      see(row);
      return true;
    });
  }

  /// The latest keyframe that is not after `at`, and the one after it.
  void find_keyframe() {
    if (!table(Table::keyframes)) return;
    each_row<Keyframe>(*table(Table::keyframes), 0, table(Table::keyframes)->rows(),
                       [&](std::uint64_t, const Keyframe& row) {
                         if (row.at > state_.at) {
                           to_ = row;
                           last_ = false;
                           return false;
                         }
                         from_ = row;
                         found_ = true;
                         return true;
                       });
  }

  void add_present() {
    Births births(*table(Table::born));
    const auto add = [&](const StoredBirth& born, SimTime since, std::uint16_t step) {
      const EntityId entity = named(born.number, tables_.identities, "/born");
      places_.set(born.number, static_cast<std::uint32_t>(state_.present.size()));
      state_.present.push_back({entity, born.at, since, born.role, step});
    };
    std::vector<AliveStep> steps;
    of_keyframe<AliveStep>(Table::alive_steps, &Keyframe::alive_steps,
                           [&](const AliveStep& row) { steps.push_back(row); });
    std::size_t next = 0;
    of_keyframe<Alive>(Table::alive, &Keyframe::alive, [&](const Alive& run) {
      const std::uint64_t end = std::min(std::uint64_t{run.row} + run.count, births.rows());
      for (std::uint64_t row = run.row; row < end; ++row, ++next) {
        const StoredBirth& born = births.row(row);
        const bool knows = next < steps.size();
        add(born, knows ? steps[next].since : born.at, knows ? steps[next].step : no_code);
      }
    });
    for (std::uint64_t row = from_.rows[0]; row < births.rows(); ++row) {
      const StoredBirth& born = births.row(row);
      if (born.at >= state_.at) break;
      add(born, born.at, no_code);
    }
  }

  void follow_steps() {
    since_midnight<StepState>(Table::steps, tables_.step_states, [&](const StepState& row) {
      const std::uint32_t* place = places_.find(row.number);
      if (place == nullptr) return;
      state_.present[*place].since = row.at;
      state_.present[*place].step = row.step;
    });
    since_midnight<EndKey>(Table::ended, tables_.end_keys, [&](const EndKey& row) {
      const std::uint32_t* place = places_.find(row.number);
      if (place != nullptr) state_.present[*place].entity = no_entity;
    });
    std::erase_if(state_.present,
                  [](const State::Present& one) { return one.entity == no_entity; });
  }

  void add_moves() {
    if (!table(Table::moves)) return;
    of_keyframe<UnderWay>(Table::under_way, &Keyframe::under_way,
                          [&](const UnderWay& row) { moves_.push_back(row.move); });
    // Rows of the keyframe stand close together, so that most chunks serve many of them.
    std::size_t next = 0;
    while (next < moves_.size()) {
      const std::uint64_t chunk = moves_[next] / chunk_rows;
      each_row<Moved>(*table(Table::moves), moves_[next], (chunk + 1) * chunk_rows,
                      [&](std::uint64_t number, const Moved& row) {
                        if (next == moves_.size()) return false;
                        if (number != moves_[next]) return true;
                        if (row.end > state_.at) state_.under_way.push_back(row);
                        ++next;
                        return true;
                      });
      while (next < moves_.size() && moves_[next] / chunk_rows <= chunk) ++next;
    }
    since_midnight<Moved>(Table::moves, [&](const Moved& row) {
      if (row.end > state_.at) state_.under_way.push_back(row);
    });
  }

  /// Every resource has a row an interval, so the latest ones stand close before `at`; where the
  /// day has just begun, before its midnight.
  void add_levels(const Schema& schema) {
    if (!table(Table::levels)) return;
    std::vector<Level> latest(schema.resources.size());
    std::vector<bool> known(latest.size(), false);
    const auto keep = [&](const Level& row) {
      if (row.resource >= latest.size()) return;
      latest[row.resource] = row;
      known[row.resource] = true;
    };
    const std::uint64_t midnight = from_.rows[static_cast<std::size_t>(Table::levels)];
    const std::uint64_t before = std::min<std::uint64_t>(midnight, 2 * latest.size());
    each_row<Level>(*table(Table::levels), midnight - before, midnight,
                    [&](std::uint64_t, const Level& row) {
                      keep(row);
                      return true;
                    });
    since_midnight<Level>(Table::levels, keep);
    for (std::size_t i = 0; i < latest.size(); ++i) {
      if (known[i]) state_.levels.push_back(latest[i]);
    }
  }

  void add_balances() {
    of_keyframe<Balance>(Table::balances, &Keyframe::balances, [&](const Balance& row) {
      if (row.item < state_.balances.size()) state_.balances[row.item] = row.amount;
    });
    since_midnight<Booked>(Table::ledger, [&](const Booked& row) {
      if (row.item < state_.balances.size()) state_.balances[row.item] += row.amount;
    });
  }

  const Tables& tables_;
  bool found_{false}, last_{true};
  Keyframe from_, to_;
  IdMap<std::uint32_t> places_;  ///< in state_.present, by number, as good a key as a hash
  std::vector<std::uint64_t> moves_;
  State state_;
};

}  // namespace

State state_at(const Tables& tables, const Schema& schema, SimTime at) {
  return Seek(tables, schema, at).take(schema);
}

}  // namespace portflow::trace

#include "trace/digest.hpp"

#include <algorithm>
#include <optional>

#include "trace/day.hpp"

namespace portflow::trace {
namespace {

/// Calls see(index of Table, rows) for each table of a batch but paths, which come with ends.
template <class See>
void each_table(const StoredBatch& batch, See&& see) {
  see(0, batch.born);
  see(1, batch.marks);
  see(2, batch.steps);
  see(3, batch.ended);
  see(5, batch.moves);
  see(6, batch.levels);
  see(7, batch.ledger);
}

constexpr std::uint32_t nowhere = 0xffffffff;
/// Lives that are brought near before they are asked for.
constexpr std::size_t ahead = 12;

}  // namespace

void DigestRows::clear() noexcept {
  keyframes.clear();
  alive.clear();
  alive_steps.clear();
  under_way.clear();
  balances.clear();
  role_rows.clear();
  level_tiles.clear();
  lane_tiles.clear();
}

Digest::Digest(const Schema& schema, Detail level)
    : has_steps_(level >= Detail::stages),
      role_rows_(schema.roles.size(), 0),
      balances_(schema.items.size()) {}

const DigestRows& Digest::take(const StoredBatch& batch, const Numbers& numbers) {
  due_.clear();
  Places places{};
  for (;;) {
    std::optional<SimTime> least;
    each_table(batch, [&](std::size_t table, const auto& rows) {
      if (places[table] == rows.size()) return;
      const SimTime at = rows[places[table]].at;
      if (!least || at < *least) least = at;
    });
    if (!least) break;
    if (!begun_) {
      begun_ = true;
      next_ = end_of_day(*least);
    }
    if (*least >= next_ && next_ != SimTime::max()) {
      next_ = end_of_day(*least);
      if (next_ != SimTime::max()) make_keyframe(next_ - Days{1});
    }
    take_until(batch, numbers, next_, places);
  }
  levels_.take(batch.levels, due_.level_tiles);
  lanes_.take(batch.moves, due_.lane_tiles);
  return due_;
}

const DigestRows& Digest::finish() {
  due_.clear();
  levels_.finish(due_.level_tiles);
  lanes_.finish(due_.lane_tiles);
  return due_;
}

Digest::Life* Digest::life_of(std::uint32_t number) {
  const bool known = number < places_.size() && places_[number] != nowhere;
  return known ? &lives_[places_[number]] : nullptr;
}

/// Brings a life near that will be asked for soon.
void Digest::fetch(std::uint32_t number) const {
  if (number < places_.size() && places_[number] != nowhere) {
    __builtin_prefetch(&lives_[places_[number]]);
  }
}

void Digest::take_until(const StoredBatch& batch, const Numbers& numbers, SimTime end,
                        Places& places) {
  const Places first = places;
  each_table(batch, [&](std::size_t table, const auto& rows) {
    std::size_t& place = places[table];
    if (end == SimTime::max()) {
      place = rows.size();
    } else {
      const auto rest = rows.subspan(place);
      place += static_cast<std::size_t>(
          std::ranges::partition_point(rest, [end](const auto& row) { return row.at < end; }) -
          rest.begin());
    }
    counts_.rows[table] += place - first[table];
  });
  const std::uint64_t born_before = counts_.rows[0] - (places[0] - first[0]);
  for (std::size_t i = first[0]; i < places[0]; ++i) {
    const Born& born = batch.born[i];
    const std::uint32_t number = numbers.born[i];
    if (number >= places_.size()) places_.resize(number + std::size_t{1} + number / 2, nowhere);
    places_[number] = static_cast<std::uint32_t>(lives_.size());
    ++role_rows_[born.role];
    const auto row = static_cast<std::uint32_t>(born_before + i - first[0]);
    lives_.push_back({{born.at, no_code}, false, number, row});
  }
  for (std::size_t i = first[2]; i < places[2]; ++i) {
    if (i + ahead < places[2]) fetch(numbers.steps[i + ahead]);
    Life* life = life_of(numbers.steps[i]);
    if (life == nullptr) continue;
    life->latest = {batch.steps[i].at, batch.steps[i].step};
  }
  for (std::size_t i = first[3]; i < places[3]; ++i) {
    if (i + ahead < places[3]) fetch(numbers.ended[i + ahead]);
    Life* life = life_of(numbers.ended[i]);
    if (life == nullptr) continue;
    life->over = true;
    places_[numbers.ended[i]] = nowhere;
  }
  const std::uint64_t moves_before = counts_.rows[5] - (places[5] - first[5]);
  for (std::size_t i = first[5]; i < places[5]; ++i) {
    under_way_.emplace_back(batch.moves[i].end,
                            static_cast<std::uint32_t>(moves_before + i - first[5]));
  }
  for (std::size_t i = first[7]; i < places[7]; ++i) {
    const Booked& row = batch.ledger[i];
    // A code without a name is refused when its chunk is written.
    if (row.item < balances_.size()) balances_[row.item] += row.amount;
  }
}

void Digest::make_keyframe(SimTime at) {
  counts_.at = at;
  due_.keyframes.push_back(counts_);
  give_out_alive();
  std::erase_if(under_way_, [&](const auto& one) { return one.first <= at; });
  for (const auto& [end, move] : under_way_) due_.under_way.push_back({move});
  counts_.under_way += under_way_.size();
  for (std::size_t item = 0; item < balances_.size(); ++item) {
    if (balances_[item] == LedgerParts{}) continue;
    due_.balances.push_back({balances_[item], static_cast<std::uint16_t>(item)});
    ++counts_.balances;
  }
  for (std::size_t role = 0; role < role_rows_.size(); ++role) {
    if (role_rows_[role] == 0) continue;
    due_.role_rows.push_back({role_rows_[role], static_cast<std::uint16_t>(role)});
    ++counts_.role_rows;
  }
}

/// Forgets whoever is over, and gives out the rest in the order of births.
void Digest::give_out_alive() {
  std::size_t kept = 0;
  for (const Life& life : lives_) {
    if (life.over) continue;
    if (&lives_[kept] != &life) {
      lives_[kept] = life;
      places_[life.number] = static_cast<std::uint32_t>(kept);
    }
    ++kept;
  }
  lives_.resize(kept);
  const std::size_t first = due_.alive.size();
  Alive run;
  for (const Life& life : lives_) {
    if (life.row == run.row + run.count && run.count > 0) {
      ++run.count;
      continue;
    }
    if (run.count > 0) due_.alive.push_back(run);
    run = {life.row, 1};
  }
  if (run.count > 0) due_.alive.push_back(run);
  counts_.alive += due_.alive.size() - first;
  if (!has_steps_) return;
  counts_.alive_steps += kept;
  due_.alive_steps.reserve(due_.alive_steps.size() + kept);
  for (const Life& life : lives_) due_.alive_steps.push_back(life.latest);
}

}  // namespace portflow::trace

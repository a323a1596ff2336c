#include "trace/stream.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

#include "trace/day.hpp"

namespace portflow::trace {
namespace {

const std::optional<TableReader> left_out;

const std::optional<TableReader>& plain(const Tables& tables, Table table) {
  return tables.plain[static_cast<std::size_t>(table)];
}

}  // namespace

bool RoleStream::next(std::vector<double>& attributes, Unpacker& unpacker,
                      std::vector<std::byte>& room) {
  if (table_ == nullptr) return true;
  if (next_ == count_) {
    if (row_ >= table_->rows()) return false;
    const std::size_t stride = table_->layout().stride;
    const std::uint64_t chunk = row_ / chunk_rows;
    const std::uint64_t left = table_->rows() - chunk * chunk_rows;
    room.resize(static_cast<std::size_t>(std::min<std::uint64_t>(chunk_rows, left)) * stride);
    const std::size_t read = table_->read(chunk, room.data(), unpacker);
    const auto first = static_cast<std::size_t>(row_ % chunk_rows);
    if (read <= first) return false;
    next_ = 0;
    count_ = std::min(slice_rows, read - first);
    const auto from = room.begin() + static_cast<std::ptrdiff_t>(first * stride);
    rows_.assign(from, from + static_cast<std::ptrdiff_t>(count_ * stride));
    row_ += count_;
  }
  const std::byte* from = rows_.data() + next_++ * table_->layout().stride;
  for (const AttributeInfo& attribute : role_->attributes) {
    double value = 0;
    if (attribute.categories.empty()) {
      std::memcpy(&value, from, sizeof value);
    } else {
      std::uint16_t code = 0;
      std::memcpy(&code, from, sizeof code);
      value =
          code == no_code ? std::numeric_limits<double>::quiet_NaN() : static_cast<double>(code);
    }
    attributes.push_back(value);
    from += sizeof value;
  }
  return true;
}

Replay::Replay(const Tables& tables, const Schema& schema, Parts parts)
    : finished_(tables.finished),
      by_hours_(parts.by_hours),
      born_(BirthSource(parts.births ? plain(tables, Table::born) : left_out, tables.identities)),
      marks_(MarkSource(parts.marks ? plain(tables, Table::marks) : left_out, tables.step_keys,
                        tables.identities)),
      steps_(PlainSource<StepDone>(parts.steps ? plain(tables, Table::steps) : left_out)),
      ended_(PlainSource<Ended>(parts.ends ? plain(tables, Table::ended) : left_out)),
      paths_(PathSource(parts.paths ? plain(tables, Table::paths) : left_out,
                        parts.paths ? plain(tables, Table::path_heads) : left_out, tables.end_keys,
                        tables.identities)),
      moves_(PlainSource<Moved>(parts.moves ? plain(tables, Table::moves) : left_out)),
      levels_(PlainSource<Level>(parts.levels ? plain(tables, Table::levels) : left_out)),
      ledger_(PlainSource<Booked>(parts.ledger ? plain(tables, Table::ledger) : left_out)) {
  for (std::size_t i = 0; i < tables.roles.size(); ++i) {
    roles_.emplace_back(tables.roles[i], schema.roles[i]);
  }
}

void Replay::start(const Start& start) {
  const auto go = [&](auto& stream, Table table) {
    stream.source().start(start.rows[static_cast<std::size_t>(table)]);
    // The chunk begins with rows of the day before.
    stream.until(start.at, unpacker_, [](const auto&) {});
  };
  go(born_, Table::born);
  go(marks_, Table::marks);
  go(steps_, Table::steps);
  go(ended_, Table::ended);
  paths_.source().start(start.head, start.first_head, start.first_segment);
  go(moves_, Table::moves);
  go(levels_, Table::levels);
  go(ledger_, Table::ledger);
  for (std::size_t i = 0; i < roles_.size(); ++i) roles_[i].start(start.role_rows[i]);
}

std::optional<SimTime> Replay::earliest() {
  std::optional<SimTime> least;
  const auto look = [&](auto& stream) {
    const auto at = stream.next(unpacker_);
    if (at && (!least || *at < *least)) least = at;
  };
  look(born_);
  look(marks_);
  look(steps_);
  look(ended_);
  look(paths_);
  look(moves_);
  look(levels_);
  look(ledger_);
  return least;
}

void Replay::add_births(std::span<const Born> rows, Batch& batch) {
  for (const Born& born : rows) {
    if (births_lost_) return;
    if (born.role < roles_.size() && roles_[born.role].next(batch.attributes, unpacker_, room_)) {
      batch.born.push_back(born);
    } else if (finished_) {
      throw FileError(Failure::input, "damaged: /born lists more births than /entities holds");
    } else {
      // The run was killed before the chunk of this role was full.
      births_lost_ = true;
    }
  }
}

bool Replay::next_day(Batch& batch) {
  batch.clear();
  // A day may hold nothing but births that were lost with their roles' rows.
  while (batch.empty()) {
    const auto first = earliest();
    if (!first) return false;
    SimTime end = end_of_day(*first);
    if (by_hours_ && end != SimTime::max()) {
      constexpr Duration hour = std::chrono::hours{1};
      end = *first - time_of_day(*first) % hour + hour;
    }
    if (end == SimTime::max()) {
      rest(batch);
      return !batch.empty();
    }
    const auto into = [](auto& to) {
      return [&to](auto rows) { to.insert(to.end(), rows.begin(), rows.end()); };
    };
    born_.until(end, unpacker_, [&](std::span<const Born> rows) { add_births(rows, batch); });
    marks_.until(end, unpacker_, into(batch.marks));
    steps_.until(end, unpacker_, into(batch.steps));
    ended_.until(end, unpacker_, into(batch.ended));
    paths_.until(end, unpacker_, into(batch.paths));
    moves_.until(end, unpacker_, into(batch.moves));
    levels_.until(end, unpacker_, into(batch.levels));
    ledger_.until(end, unpacker_, into(batch.ledger));
    batch.sealed = end;
  }
  return true;
}

void Replay::rest(Batch& batch) {
  std::vector<Born> births;
  born_.rest(births, unpacker_);
  add_births(births, batch);
  marks_.rest(batch.marks, unpacker_);
  steps_.rest(batch.steps, unpacker_);
  ended_.rest(batch.ended, unpacker_);
  paths_.rest(batch.paths, unpacker_);
  moves_.rest(batch.moves, unpacker_);
  levels_.rest(batch.levels, unpacker_);
  ledger_.rest(batch.ledger, unpacker_);
  batch.sealed = SimTime::max();
}

}  // namespace portflow::trace

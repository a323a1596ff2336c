#include "trace/recorder.hpp"

#include <algorithm>

namespace portflow::trace {

Merger::Merger(std::size_t processes) : cursor_(processes), limit_(processes) {
  recorders_.reserve(processes);
  for (std::size_t i = 0; i < processes; ++i) {
    recorders_.push_back(std::make_unique<Recorder>(blocks_));
  }
  heap_.reserve(processes);
}

Recorder& Merger::recorder(std::size_t process) {
  PORTFLOW_ASSERT(process < recorders_.size(), "process " + std::to_string(process));
  return *recorders_[process];
}

void Merger::begin_seal(SimTime sealed, std::span<Sink* const> sinks) {
  complete();
  gather(sealed, false);
  if (batch_.empty() || sinks.empty()) return;
  feed_.begin(batch_, sinks);
}

void Merger::seal(SimTime sealed, std::span<Sink* const> sinks) {
  begin_seal(sealed, sinks);
  complete();
}

void Merger::seal(SimTime sealed, Sink& sink) {
  Sink* one = &sink;
  seal(sealed, std::span<Sink* const>(&one, 1));
}

void Merger::finish(std::span<Sink* const> sinks) {
  complete();
  gather(SimTime::max(), true);
  if (batch_.empty() || sinks.empty()) return;
  feed_.begin(batch_, sinks);
  complete();
}

void Merger::finish(Sink& sink) {
  Sink* one = &sink;
  finish(std::span<Sink* const>(&one, 1));
}

void Merger::record_for(std::span<Sink* const> sinks) {
  Reads read{false, false, false, false};
  for (const Sink* sink : sinks) {
    const Reads its = sink->reads();
    read.steps = read.steps || its.steps;
    read.moves = read.moves || its.moves;
    read.ledger = read.ledger || its.ledger;
    read.numbers = read.numbers || its.numbers;
  }
  for (const auto& recorder : recorders_) recorder->read_ = read;
  numbered_ = read.numbers;
}

/// Finds how many rows of each recorder are to be merged, and which of them comes first.
/// \returns how many there are of all
template <class Row>
std::size_t Merger::limit(Pending<Row> Recorder::* table, SimTime sealed, bool all) {
  heap_.clear();
  std::size_t count = 0;
  for (std::size_t i = 0; i < recorders_.size(); ++i) {
    const std::span<const Row> rows = ((*recorders_[i]).*table).rows();
    const auto end = all ? rows.end()
                         : std::partition_point(rows.begin(), rows.end(),
                                                [&](const Row& row) { return row.at < sealed; });
    cursor_[i] = 0;
    limit_[i] = static_cast<std::size_t>(end - rows.begin());
    count += limit_[i];
    if (limit_[i] > 0) {
      heap_.push_back({rows.front().at.time_since_epoch().count(), static_cast<std::uint32_t>(i)});
    }
  }
  return count;
}

/// Merges one table, run by run: take(place, rows) gets as many rows of one recorder as precede
/// the next row of any other. \pre limit()
template <class Row, class Take>
void Merger::merge(Pending<Row> Recorder::* table, Take&& take) {
  const auto later = [](const Source& a, const Source& b) {
    return a.at != b.at ? a.at > b.at : a.place > b.place;
  };
  const auto stamp = [](const Row& row) { return row.at.time_since_epoch().count(); };
  std::make_heap(heap_.begin(), heap_.end(), later);

  while (!heap_.empty()) {
    const std::uint32_t place = heap_.front().place;
    const std::span<const Row> rows = ((*recorders_[place]).*table).rows().first(limit_[place]);
    const std::size_t begin = cursor_[place];
    std::size_t end = begin + 1;
    if (heap_.size() == 1) {
      end = rows.size();
    } else {
      const Source& rival = heap_.size() == 2 || later(heap_[2], heap_[1]) ? heap_[1] : heap_[2];
      while (end < rows.size() && later(rival, {stamp(rows[end]), place})) ++end;
    }
    take(place, rows.subspan(begin, end - begin));
    cursor_[place] = end;

    Source moving{0, place};
    if (end < rows.size()) {
      moving.at = stamp(rows[end]);
    } else {
      moving = heap_.back();
      heap_.pop_back();
      if (heap_.empty()) break;
    }
    std::size_t hole = 0;
    for (std::size_t child = 1; child < heap_.size(); child = 2 * hole + 1) {
      if (child + 1 < heap_.size() && later(heap_[child], heap_[child + 1])) ++child;
      if (!later(moving, heap_[child])) break;
      heap_[hole] = heap_[child];
      hole = child;
    }
    heap_[hole] = moving;
  }
  for (std::size_t i = 0; i < recorders_.size(); ++i) {
    if (limit_[i] > 0) ((*recorders_[i]).*table).take(limit_[i]);
  }
}

template <class Row>
void Merger::gather(Pending<Row> Recorder::* table, std::vector<Row>& to, SimTime sealed,
                    bool all) {
  const std::size_t count = limit(table, sealed, all);
  if (count == 0) return;
  Pending<Row>& first = (*recorders_[heap_.front().place]).*table;
  if (heap_.size() == 1 && first.hand_over(to, count)) return;
  to.resize(count);
  auto next = to.begin();
  merge(table, [&](std::uint32_t, auto rows) { next = std::copy(rows.begin(), rows.end(), next); });
}

void Merger::gather(SimTime sealed, bool all) {
  batch_.clear();
  batch_.sealed = sealed;
  batch_.born.reserve(limit(&Recorder::born_, sealed, all));
  merge(&Recorder::born_, [&](std::uint32_t place, auto rows) {
    Recorder& from = *recorders_[place];
    std::size_t count = 0;
    for (const auto& row : rows) {
      batch_.born.push_back(row);
      count += row.attributes;
    }
    const auto begin =
        from.attributes_.begin() + static_cast<std::ptrdiff_t>(from.attributes_taken_);
    batch_.attributes.insert(batch_.attributes.end(), begin,
                             begin + static_cast<std::ptrdiff_t>(count));
    from.attributes_taken_ += count;
  });
  for (const auto& recorder : recorders_) {
    auto& values = recorder->attributes_;
    auto& taken = recorder->attributes_taken_;
    if (taken * 2 < values.size()) continue;
    values.erase(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(taken));
    taken = 0;
  }
  gather(&Recorder::marks_, batch_.marks, sealed, all);
  gather(&Recorder::steps_, batch_.steps, sealed, all);
  gather(&Recorder::ended_, batch_.ended, sealed, all);
  gather(&Recorder::paths_, batch_.paths, sealed, all);
  gather(&Recorder::moves_, batch_.moves, sealed, all);
  gather(&Recorder::levels_, batch_.levels, sealed, all);
  gather(&Recorder::ledger_, batch_.ledger, sealed, all);
  if (numbered_) number();
}

/// Puts numbers in place of tickets.
void Merger::number() {
  for (Born& row : batch_.born) row.number = numbers_.count(row.number);
  // A member may stand before its group where both are born at one instant.
  for (Born& row : batch_.born) row.parent_number = numbers_.of(row.parent_number);
  const auto each = [this](auto& rows) {
    for (auto& row : rows) row.number = numbers_.of(row.number);
  };
  each(batch_.marks);
  each(batch_.steps);
  each(batch_.ended);
  each(batch_.moves);
  each(batch_.ledger);
}

}  // namespace portflow::trace

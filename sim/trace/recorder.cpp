#include "trace/recorder.hpp"

#include <algorithm>

namespace portflow::trace {

Merger::Merger(std::size_t processes) : cursor_(processes), limit_(processes) {
  recorders_.reserve(processes);
  for (std::size_t i = 0; i < processes; ++i) recorders_.push_back(std::make_unique<Recorder>());
  heap_.reserve(processes);
}

Recorder& Merger::recorder(std::size_t process) {
  PORTFLOW_ASSERT(process < recorders_.size(), "process " + std::to_string(process));
  return *recorders_[process];
}

void Merger::seal(SimTime sealed, std::span<Sink* const> sinks) {
  gather(sealed, false);
  feed(sinks);
}

void Merger::seal(SimTime sealed, Sink& sink) {
  Sink* one = &sink;
  seal(sealed, std::span<Sink* const>(&one, 1));
}

void Merger::finish(std::span<Sink* const> sinks) {
  gather(SimTime::max(), true);
  feed(sinks);
}

void Merger::finish(Sink& sink) {
  Sink* one = &sink;
  finish(std::span<Sink* const>(&one, 1));
}

void Merger::feed(std::span<Sink* const> sinks) {
  if (batch_.empty()) return;
  for (Sink* sink : sinks) sink->consume(batch_);
}

/// Merges one table, run by run: after start(count) with the number of rows to come,
/// take(place, rows) gets as many rows of one recorder as precede the next row of any other.
template <class Row, class Start, class Take>
void Merger::merge(Pending<Row> Recorder::* table, SimTime sealed, bool all, Start&& start,
                   Take&& take) {
  const auto later = [](const Source& a, const Source& b) {
    return a.at != b.at ? a.at > b.at : a.place > b.place;
  };
  const auto stamp = [](const Row& row) { return row.at.time_since_epoch().count(); };

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
    if (limit_[i] > 0) heap_.push_back({stamp(rows.front()), static_cast<std::uint32_t>(i)});
  }
  if (count == 0) return;
  start(count);
  std::make_heap(heap_.begin(), heap_.end(), later);

  while (!heap_.empty()) {
    const std::uint32_t place = heap_.front().place;
    const std::span<const Row> rows = ((*recorders_[place]).*table).rows().first(limit_[place]);
    const std::size_t begin = cursor_[place];
    std::size_t end = begin + 1;
    if (heap_.size() == 1) {
      end = rows.size();
    } else {
      const Source& rival =
          heap_.size() == 2 || later(heap_[2], heap_[1]) ? heap_[1] : heap_[2];
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

void Merger::gather(SimTime sealed, bool all) {
  batch_.clear();
  const auto merge_into = [&](auto& to, auto table) {
    auto next = to.begin();
    merge(
        table, sealed, all,
        [&](std::size_t count) {
          to.resize(count);
          next = to.begin();
        },
        [&](std::uint32_t, auto rows) { next = std::copy(rows.begin(), rows.end(), next); });
  };
  const auto reserve = [this](std::size_t count) { batch_.born.reserve(count); };
  merge(&Recorder::born_, sealed, all, reserve, [&](std::uint32_t place, auto rows) {
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
  merge_into(batch_.marks, &Recorder::marks_);
  merge_into(batch_.steps, &Recorder::steps_);
  merge_into(batch_.ended, &Recorder::ended_);
  merge_into(batch_.paths, &Recorder::paths_);
  merge_into(batch_.moves, &Recorder::moves_);
  merge_into(batch_.levels, &Recorder::levels_);
  merge_into(batch_.ledger, &Recorder::ledger_);
}

}  // namespace portflow::trace

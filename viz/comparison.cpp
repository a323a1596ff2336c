#include "viz/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "trace/reader.hpp"

namespace portflow::viz {
namespace {

using std::chrono::hours;

constexpr std::size_t most_movers = 60;

/// Student's 97.5 % point, after Hill's expansion: within a thousandth from four degrees on.
double student(std::size_t degrees) {
  constexpr double z = 1.959964;
  const double n = static_cast<double>(degrees);
  const double z3 = z * z * z;
  const double z5 = z3 * z * z;
  return z + (z3 + z) / (4 * n) + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n) +
         (3 * z5 * z * z + 19 * z5 + 17 * z3 - 15 * z) / (384 * n * n * n);
}

/// How long every life took, by entity.
class Ends final : public trace::Sink {
 public:
  void consume(const trace::Batch& batch) override {
    for (const trace::Ended& row : batch.ended) {
      totals.add({row.entity, (row.end - row.created).count(), row.role});
    }
  }
  struct Total {
    trace::EntityId entity;
    std::int64_t ms;
    std::uint16_t role;
  };
  ByEntity<Total> totals;
};

/// Those who fared most differently, of each direction so many that none is lost to the other.
class Extremes {
 public:
  void offer(const MoverPair& pair) {
    std::vector<MoverPair>& heap = pair.difference().count() > 0 ? longer_ : shorter_;
    if (heap.size() == most_movers / 2) {
      if (!more(pair, heap.front())) return;
      std::pop_heap(heap.begin(), heap.end(), more);
      heap.pop_back();
    }
    heap.push_back(pair);
    std::push_heap(heap.begin(), heap.end(), more);
  }
  [[nodiscard]] std::vector<MoverPair> take() {
    std::vector<MoverPair> all = std::move(longer_);
    all.insert(all.end(), shorter_.begin(), shorter_.end());
    std::sort(all.begin(), all.end(), more);
    return all;
  }

 private:
  static bool more(const MoverPair& x, const MoverPair& y) {
    const auto dx = std::abs(x.difference().count());
    const auto dy = std::abs(y.difference().count());
    return dx != dy ? dx > dy : x.entity < y.entity;
  }
  std::vector<MoverPair> longer_, shorter_;  // heaps, the least in front
};

/// The causes of a few.
class CausesOf final : public trace::Sink {
 public:
  void consume(const trace::Batch& batch) override {
    for (const trace::Ended& row : batch.ended) {
      const auto found = wanted.find(row.entity);
      if (found != wanted.end()) found->second = row.ticks_by_cause;
    }
  }
  std::unordered_map<trace::EntityId, CauseTicks> wanted;
};

Result<void> read(const Store& store, const std::string& path, trace::Sink& sink) {
  std::shared_ptr<const trace::Reader> reader = store.reader();
  if (!reader) {
    auto opened = trace::Reader::open(path);
    if (!opened) return tl::unexpected(opened.error());
    reader = std::move(*opened);
  }
  return reader->replay(sink, {.steps = true,
                               .paths = true,
                               .births = true,
                               .marks = true,
                               .moves = true,
                               .levels = true,
                               .ledger = true,
                               .whole_days = true});
}

/// Pairs the ends of two runs, both by entity.
Result<void> pair_up(const Ends& a, const Ends& b, Comparison& out) {
  Extremes extremes;
  ByEntity<Ends::Total>::Walk walk_a(a.totals);
  ByEntity<Ends::Total>::Walk walk_b(b.totals);
  const Ends::Total* p = walk_a.next();
  const Ends::Total* q = walk_b.next();
  while (p != nullptr || q != nullptr) {
    if (q == nullptr || (p != nullptr && p->entity < q->entity)) {
      ++out.only_a;
      p = walk_a.next();
      continue;
    }
    if (p == nullptr || q->entity < p->entity) {
      ++out.only_b;
      q = walk_b.next();
      continue;
    }
    ++out.matched;
    if (q->ms != p->ms) {
      ++out.different;
      out.changes.add({p->entity, (q->ms - p->ms) / 1000});
      extremes.offer({p->entity, p->role, Duration(p->ms), Duration(q->ms), {}, {}});
    }
    p = walk_a.next();
    q = walk_b.next();
  }
  out.movers = extremes.take();
  return out.changes.close();
}

std::string unlike(const trace::Schema& a, const trace::Schema& b) {
  if (a.scenario_name != b.scenario_name) return "scenario";
  if (a.seed != b.seed) return "seed";
  return a.replication != b.replication ? "replication" : "";
}

}  // namespace

std::int64_t Changes::of(trace::EntityId entity) const {
  if (all_.size() == 0) return 0;
  if (lately_.empty()) lately_.resize(slots);
  Change& slot = lately_[(entity ^ entity >> 32) % slots];
  if (slot.entity != entity) slot = all_.find(entity).value_or(Change{entity, 0});
  return slot.seconds;
}

std::optional<PairedTile> paired(const Tile& a, const Tile& b, SimTime from, SimTime to) {
  const auto whole_a = a.over(to, to - from);
  const auto whole_b = b.over(to, to - from);
  if (!whole_a || !whole_b) return std::nullopt;
  PairedTile out;
  out.value_a = *whole_a;
  out.value_b = *whole_b;
  out.difference = *whole_b - *whole_a;
  std::vector<double> days;
  for (SimTime day = from + hours(24); day <= to; day += hours(24)) {
    const auto p = a.over(day, hours(24));
    const auto q = b.over(day, hours(24));
    if (p && q) days.push_back(*q - *p);
  }
  out.days = days.size();
  if (days.size() < 5) return out;
  double sum = 0;
  for (const double d : days) sum += d;
  const double mean = sum / static_cast<double>(days.size());
  double squares = 0;
  for (const double d : days) squares += (d - mean) * (d - mean);
  const double n = static_cast<double>(days.size());
  const double half = student(days.size() - 1) * std::sqrt(squares / (n - 1) / n);
  out.low = out.difference - half;
  out.high = out.difference + half;
  if (out.difference == 0 && half == 0) {
    out.verdict = Verdict::same;
  } else if (a.better != kpi::Better::neither && (out.low > 0 || out.high < 0)) {
    const bool down = out.difference < 0;
    out.verdict = down == (a.better == kpi::Better::lower) ? Verdict::better : Verdict::worse;
  }
  return out;
}

Result<Comparison> compare(const Store& a, const Store& b, const std::string& path_a,
                           const std::string& path_b) {
  Comparison out;
  out.unlike = unlike(a.schema(), b.schema());
  const SimTime from = std::max(a.schema().cohort_from, a.begin());
  const SimTime to = std::min(a.end(), b.end());
  for (std::size_t i = 0; i < a.tiles().size(); ++i) {
    for (std::size_t j = 0; j < b.tiles().size(); ++j) {
      if (a.tiles()[i].name != b.tiles()[j].name) continue;
      auto tile = paired(a.tiles()[i], b.tiles()[j], from, to);
      if (!tile) continue;
      tile->a = i;
      tile->b = j;
      out.tiles.push_back(*tile);
    }
  }
  Ends ends_a;
  Ends ends_b;
  if (auto done = read(a, path_a, ends_a); !done) return tl::unexpected(done.error());
  if (auto done = ends_a.totals.close(); !done) return tl::unexpected(done.error());
  if (auto done = read(b, path_b, ends_b); !done) return tl::unexpected(done.error());
  if (auto done = ends_b.totals.close(); !done) return tl::unexpected(done.error());
  if (auto done = pair_up(ends_a, ends_b, out); !done) return tl::unexpected(done.error());
  CausesOf causes_a;
  CausesOf causes_b;
  for (const MoverPair& m : out.movers) causes_a.wanted[m.entity] = causes_b.wanted[m.entity] = {};
  if (auto done = read(a, path_a, causes_a); !done) return tl::unexpected(done.error());
  if (auto done = read(b, path_b, causes_b); !done) return tl::unexpected(done.error());
  for (MoverPair& m : out.movers) {
    m.causes_a = causes_a.wanted[m.entity];
    m.causes_b = causes_b.wanted[m.entity];
  }
  return out;
}

}  // namespace portflow::viz

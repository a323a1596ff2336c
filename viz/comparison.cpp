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
      totals.push_back({row.entity, (row.end - row.created).count(), row.role});
    }
  }
  void sort() {
    std::sort(totals.begin(), totals.end(),
              [](const Total& p, const Total& q) { return p.entity < q.entity; });
  }
  struct Total {
    trace::EntityId entity;
    std::int64_t ms;
    std::uint16_t role;
  };
  std::vector<Total> totals;
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

Result<void> read(const std::string& path, trace::Sink& sink) {
  auto reader = trace::Reader::open(path);
  if (!reader) return tl::unexpected(reader.error());
  return (*reader)->replay(sink, {.steps = true, .paths = true});
}

/// Pairs the ends of two runs, both by entity.
void pair_up(const Ends& a, const Ends& b, Comparison& out) {
  auto q = b.totals.begin();
  for (const Ends::Total& p : a.totals) {
    while (q != b.totals.end() && q->entity < p.entity) {
      ++out.only_b;
      ++q;
    }
    if (q == b.totals.end() || q->entity != p.entity) {
      ++out.only_a;
      continue;
    }
    ++out.matched;
    if (q->ms != p.ms) {
      ++out.different;
      out.changes.emplace_back(p.entity, static_cast<std::int32_t>((q->ms - p.ms) / 1000));
      out.movers.push_back({p.entity, p.role, Duration(p.ms), Duration(q->ms), {}, {}});
    }
    ++q;
  }
  out.only_b += static_cast<std::uint64_t>(b.totals.end() - q);
  const auto most = [](const MoverPair& x, const MoverPair& y) {
    const auto dx = std::abs(x.difference().count());
    const auto dy = std::abs(y.difference().count());
    return dx != dy ? dx > dy : x.entity < y.entity;
  };
  // The greatest of both kinds, so that none is lost to the other.
  std::vector<MoverPair> kept;
  for (const bool longer : {true, false}) {
    std::vector<MoverPair> some;
    std::copy_if(out.movers.begin(), out.movers.end(), std::back_inserter(some),
                 [&](const MoverPair& m) { return (m.difference().count() > 0) == longer; });
    const std::size_t n = std::min(some.size(), most_movers / 2);
    std::partial_sort(some.begin(), some.begin() + static_cast<std::ptrdiff_t>(n), some.end(),
                      most);
    kept.insert(kept.end(), some.begin(), some.begin() + static_cast<std::ptrdiff_t>(n));
  }
  std::sort(kept.begin(), kept.end(), most);
  out.movers = std::move(kept);
}

std::string unlike(const trace::Schema& a, const trace::Schema& b) {
  if (a.scenario_name != b.scenario_name) return "scenario";
  if (a.seed != b.seed) return "seed";
  return a.replication != b.replication ? "replication" : "";
}

}  // namespace

std::int32_t Comparison::change_of(trace::EntityId entity) const {
  const auto at = std::lower_bound(changes.begin(), changes.end(), entity,
                                   [](const auto& c, trace::EntityId id) { return c.first < id; });
  return at != changes.end() && at->first == entity ? at->second : 0;
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
  if (auto done = read(path_a, ends_a); !done) return tl::unexpected(done.error());
  if (auto done = read(path_b, ends_b); !done) return tl::unexpected(done.error());
  ends_a.sort();
  ends_b.sort();
  pair_up(ends_a, ends_b, out);
  CausesOf causes_a;
  CausesOf causes_b;
  for (const MoverPair& m : out.movers) causes_a.wanted[m.entity] = causes_b.wanted[m.entity] = {};
  if (auto done = read(path_a, causes_a); !done) return tl::unexpected(done.error());
  if (auto done = read(path_b, causes_b); !done) return tl::unexpected(done.error());
  for (MoverPair& m : out.movers) {
    m.causes_a = causes_a.wanted[m.entity];
    m.causes_b = causes_b.wanted[m.entity];
  }
  return out;
}

}  // namespace portflow::viz

#include "bench/fleet/fleet.hpp"

#include <algorithm>
#include <cmath>
#include <queue>
#include <vector>

#include "core/random.hpp"
#include "trace/reader.hpp"
#include "trace/writer.hpp"

namespace portflow::bench {
namespace {

using std::chrono::hours;

struct Way {
  Duration length{};
  std::uint16_t route{0}, role{0};
};

Result<std::vector<Way>> ways_of(const trace::Reader& reader) {
  constexpr std::size_t looked_at = 200'000;
  const trace::Schema& schema = reader.schema();
  const auto moves = reader.moves(0, looked_at);
  if (!moves) return tl::unexpected(moves.error());
  std::vector<Way> ways;
  for (const trace::Moved& move : *moves) {
    const std::string& mode = schema.roles[move.role].mode;
    const std::string& by = schema.routes[move.route].mode;
    const bool drawn = !mode.empty() || by == "road";
    if (!drawn || (by == "rail" && mode != "train") || move.end <= move.begin) continue;
    ways.push_back({move.end - move.begin, move.route, move.role});
  }
  if (ways.empty()) return fail(Failure::input, "the trace holds no moves to take after");
  return ways;
}

struct End {
  SimTime at, created;
  trace::EntityId entity;
  std::uint16_t role;
  friend bool operator>(const End& a, const End& b) {
    return a.at != b.at ? a.at > b.at : a.entity > b.entity;
  }
};

/// Ends by time, as a run records them.
class Ends {
 public:
  void add(const End& end) { waiting_.push(end); }
  void until(SimTime limit, std::vector<trace::Ended>& out) {
    for (; !waiting_.empty() && waiting_.top().at < limit; waiting_.pop()) {
      const End& end = waiting_.top();
      trace::Ended& row = out.emplace_back();
      row = {.at = end.at,
             .end = end.at,
             .created = end.created,
             .entity = end.entity,
             .role = end.role};
      row.ticks_by_cause[static_cast<std::size_t>(Cause::travel)] = (end.at - end.created).count();
    }
  }

 private:
  std::priority_queue<End, std::vector<End>, std::greater<>> waiting_;
};

trace::Schema schema_of(const trace::Schema& like, std::uint32_t days) {
  trace::Schema schema = like;
  schema.scenario_name = "fleet";
  schema.scenario_title = {"车队", "Fleet"};
  schema.to = schema.until = schema.from + hours(24 * days);
  schema.cohort_from = schema.from;
  schema.follow = Duration(0);
  schema.fingerprint.clear();
  return schema;
}

}  // namespace

Result<Fleet> write_fleet(const FleetOptions& options) {
  const auto reader = trace::Reader::open(options.like);
  if (!reader) return tl::unexpected(reader.error());
  const auto ways = ways_of(**reader);
  if (!ways) return tl::unexpected(ways.error());
  double mean_ms = 0;
  for (const Way& way : *ways) {
    mean_ms += static_cast<double>(way.length.count()) / static_cast<double>(ways->size());
  }
  const double gap_ms = mean_ms / options.at_once;
  const trace::Schema schema = schema_of((*reader)->schema(), options.days);
  auto writer =
      trace::Writer::open(options.out, schema, trace::Detail::stages, true, {.wall = hours(1)});
  if (!writer) return tl::unexpected(writer.error());

  const Draws draws(options.seed, 0);
  std::vector<std::uint32_t> ordinals(schema.roles.size());
  Ends ends;
  trace::Batch batch;
  Fleet fleet{0, mean_ms / 3.6e6};
  double clock_ms = 0;
  for (SimTime hour = schema.from; hour < schema.to; hour += hours(1)) {
    batch.clear();
    const auto limit_ms = static_cast<double>((hour + hours(1) - schema.from).count());
    for (; clock_ms < limit_ms; ++fleet.moves) {
      const trace::EntityId entity = fleet.moves + 1;
      const double share = draws.quantile(entity, Point{1});
      const Way& way = (*ways)[static_cast<std::size_t>(share * static_cast<double>(ways->size()))];
      const SimTime at = schema.from + Duration(static_cast<std::int64_t>(clock_ms));
      batch.born.push_back(
          {.at = at, .entity = entity, .ordinal = ++ordinals[way.role], .role = way.role});
      batch.attributes.insert(batch.attributes.end(), schema.roles[way.role].attributes.size(), 0);
      batch.moves.push_back({.at = at,
                             .begin = at,
                             .end = at + way.length,
                             .entity = entity,
                             .route = way.route,
                             .role = way.role});
      ends.add({at + way.length, at, entity, way.role});
      clock_ms -= gap_ms * std::log(draws.quantile(entity, Point{2}));
    }
    ends.until(hour + hours(1), batch.ended);
    (*writer)->consume(batch);
  }
  const auto done = (*writer)->finish("00000000000f1ee7", fleet.moves, schema.to);
  if (!done) return tl::unexpected(done.error());
  return fleet;
}

}  // namespace portflow::bench

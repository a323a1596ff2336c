// How the index of movers is made: modes, small ships, trains with their boxes, fates.
#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "viz/causes.hpp"
#include "viz/movers.hpp"

namespace portflow::viz {
namespace {

constexpr std::size_t fan = 16;
constexpr std::uint8_t no_cause = 15;

std::optional<Mode> mode_of(const trace::RoleInfo& role, const trace::RouteInfo& route) {
  if (role.mode == "ship") return Mode::ship;
  if (role.mode == "truck") return route.mode == "rail" ? Mode::wagon : Mode::truck;
  if (role.mode == "train") return Mode::train;
  if (role.mode == "aircraft") return Mode::aircraft;
  // Without a mode of its own a mover is cargo: on the road each is a truck of its own,
  // elsewhere the ship, train or aircraft that carries it is drawn already.
  if (route.mode == "road") return Mode::truck;
  return std::nullopt;
}

/// The attribute of each role that tells a small ship, if it has one.
struct Smallness {
  std::size_t attribute{0};
  std::size_t category{0};
  bool known{false};
};

Smallness smallness(const trace::RoleInfo& role) {
  for (std::size_t a = 0; a < role.attributes.size(); ++a) {
    const auto& names = role.attributes[a].categories;
    const auto found = std::find(names.begin(), names.end(), "feeder");
    if (found != names.end()) return {a, static_cast<std::size_t>(found - names.begin()), true};
  }
  return {};
}

/// Trains by route and departure, with how many boxes of each flow they take along.
class Trains {
 public:
  Trains(const trace::Schema& schema, const std::vector<trace::Moved>& moves) {
    for (const bool locomotives : {true, false}) {
      for (const trace::Moved& move : moves) {
        if (move.role >= schema.roles.size() || move.route >= schema.routes.size()) continue;
        if (schema.routes[move.route].mode != "rail") continue;
        const trace::RoleInfo& role = schema.roles[move.role];
        if (locomotives != (role.mode == "train")) continue;
        const Key key{move.route, move.begin};
        if (locomotives) {
          boxes_[key];
        } else if (const auto train = boxes_.find(key); train != boxes_.end()) {
          ++train->second[static_cast<std::size_t>(flow_of(role.flow))];
        }
      }
    }
  }
  [[nodiscard]] bool take(const trace::Moved& box) const {
    return boxes_.contains({box.route, box.begin});
  }
  /// What most of its boxes are; `own` where it has none.
  [[nodiscard]] Flow flow(const trace::Moved& train, Flow own) const {
    const auto& counts = boxes_.at({train.route, train.begin});
    const auto most = std::max_element(counts.begin(), counts.end());
    return *most == 0 ? own : static_cast<Flow>(most - counts.begin());
  }

 private:
  using Key = std::pair<std::uint16_t, SimTime>;
  std::map<Key, std::array<std::uint32_t, flow_count>> boxes_;
};

/// How a life went, as a row keeps it.
struct Fate {
  std::uint16_t hours;
  std::uint8_t cause;
};
Fate fate_of(const trace::Ended& ended, std::uint16_t unknown) {
  Fate fate{static_cast<std::uint16_t>(std::min<std::int64_t>(
                (ended.end - ended.created) / std::chrono::hours(1), unknown - 1)),
            no_cause};
  std::int64_t most = 0;
  for (std::size_t c = 0; c < cause_count; ++c) {
    if (!is_wait(static_cast<Cause>(c)) || ended.ticks_by_cause[c] <= most) continue;
    most = ended.ticks_by_cause[c];
    fate.cause = static_cast<std::uint8_t>(c);
  }
  return fate;
}

}  // namespace

/// What is known only while rows come in.
struct Movers::Building {
  trace::Schema schema;
  std::vector<Smallness> rules;
  std::unordered_set<trace::EntityId> small;
  std::unordered_multimap<trace::EntityId, std::uint32_t> living;  // rows of those not ended
  std::vector<trace::Moved> by_rail, by_ship;  // told apart only once all are there
  std::unordered_map<trace::EntityId, Fate> rail_fates;
};

Movers::Movers() = default;
Movers::~Movers() = default;
Movers::Movers(Movers&&) noexcept = default;
Movers& Movers::operator=(Movers&&) noexcept = default;

Movers::Movers(const trace::Schema& schema, const trace::Batch& batch) : Movers(schema) {
  consume(batch);
  close();
}

Movers::Movers(const trace::Schema& schema) : building_(std::make_unique<Building>()) {
  for (const trace::RouteInfo& route : schema.routes) {
    std::vector<LonLat> points;
    const std::size_t n = std::min(route.longitudes.size(), route.latitudes.size());
    points.reserve(n);
    for (std::size_t i = 0; i < n; ++i) points.push_back({route.longitudes[i], route.latitudes[i]});
    paths_.emplace_back(std::move(points));
  }
  building_->schema = schema;
  for (const trace::RoleInfo& role : schema.roles) building_->rules.push_back(smallness(role));
  // Ships set out long before the run does.
  const Duration early = std::chrono::hours(24 * 60);
  base_ = schema.from - early;
  const std::int64_t span = std::max((schema.until - base_).count(), early.count()) * 5 / 4;
  ms_a_tick_ = std::max<std::int64_t>(10, span / 0xffff'fff0ll + 1);
}

Movers::Tick Movers::tick(SimTime at) const noexcept {
  const std::int64_t ticks = (at - base_).count() / ms_a_tick_;
  return static_cast<Tick>(std::clamp<std::int64_t>(ticks, 0, 0xffff'ffffll));
}

SimTime Movers::time(Tick tick) const noexcept {
  return base_ + Duration(static_cast<std::int64_t>(tick) * ms_a_tick_);
}

void Movers::add(const trace::Moved& move, Mode mode, Flow flow) {
  Building& b = *building_;
  const auto row = static_cast<std::uint32_t>(rows_.size());
  Row& r = rows_.emplace_back();
  r.entity = move.entity;
  r.begin = tick(move.begin);
  r.end = std::max(tick(move.end), r.begin + 1);
  r.route = move.route;
  r.role = move.role;
  r.hours = unknown_hours;
  r.mode = static_cast<std::uint8_t>(mode) & 7u;
  r.flow = static_cast<std::uint8_t>(flow) & 7u;
  r.small = b.small.contains(move.entity) ? 1u : 0u;
  r.cause = no_cause;
  r.late = 0;
  carried_[static_cast<std::size_t>(flow)] = true;
  b.living.emplace(move.entity, row);
}

void Movers::end(const trace::Ended& ended) {
  Building& b = *building_;
  const Fate fate = fate_of(ended, unknown_hours);
  const auto [first, last] = b.living.equal_range(ended.entity);
  for (auto at = first; at != last; ++at) {
    rows_[at->second].hours = fate.hours;
    rows_[at->second].cause = fate.cause & 15u;
  }
  b.living.erase(first, last);
  const auto rail = b.rail_fates.find(ended.entity);
  if (rail != b.rail_fates.end()) rail->second = fate;
}

void Movers::consume(const trace::Batch& batch) {
  Building& b = *building_;
  // A schema without times, as tests have, leaves the rows to say when it all is.
  if (b.schema.until == SimTime{} && rows_.empty() && !batch.moves.empty()) {
    base_ = batch.moves.front().begin - std::chrono::hours(24 * 60);
  }
  std::size_t attribute = 0;
  for (const trace::Born& born : batch.born) {
    if (born.role >= b.schema.roles.size()) continue;
    const trace::RoleInfo& role = b.schema.roles[born.role];
    const Smallness& rule = b.rules[born.role];
    const bool named = role.mode == "ship" && role.name.find("feeder") != std::string::npos;
    const bool told =
        rule.known && role.mode == "ship" && attribute + rule.attribute < batch.attributes.size() &&
        batch.attributes[attribute + rule.attribute] == static_cast<double>(rule.category);
    if (named || told) b.small.insert(born.entity);
    attribute += role.attributes.size();
  }
  for (const trace::Moved& move : batch.moves) {
    if (move.role >= b.schema.roles.size() || move.route >= b.schema.routes.size()) continue;
    if (move.end <= move.begin || paths_[move.route].points().empty()) continue;
    const trace::RoleInfo& role = b.schema.roles[move.role];
    if (role.mode == "ship") b.by_ship.push_back(move);
    if (b.schema.routes[move.route].mode == "rail") {
      b.by_rail.push_back(move);
      b.rail_fates.try_emplace(move.entity, Fate{unknown_hours, no_cause});
      continue;
    }
    const auto mode = mode_of(role, b.schema.routes[move.route]);
    if (mode) add(move, *mode, flow_of(role.flow));
  }
  for (const trace::Ended& ended : batch.ended) end(ended);
}

void Movers::add_trains() {
  Building& b = *building_;
  const Trains trains(b.schema, b.by_rail);
  for (const trace::Moved& move : b.by_rail) {
    const trace::RoleInfo& role = b.schema.roles[move.role];
    const auto mode = mode_of(role, b.schema.routes[move.route]);
    if (!mode || (*mode == Mode::wagon && trains.take(move))) continue;
    const bool train = *mode == Mode::train;
    add(move, *mode, train ? trains.flow(move, flow_of(role.flow)) : flow_of(role.flow));
    const Fate fate = b.rail_fates.at(move.entity);
    rows_.back().hours = fate.hours;
    rows_.back().cause = fate.cause & 15u;
  }
}

void Movers::close() {
  add_trains();
  Building& b = *building_;
  std::vector<trace::EntityId> small(b.small.begin(), b.small.end());
  std::sort(small.begin(), small.end());
  stays_ = Stays(b.schema, std::move(b.by_ship), small);
  building_.reset();
  build_index();
}

void Movers::build_index() {
  std::sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
    return a.begin != b.begin   ? a.begin < b.begin
           : a.route != b.route ? a.route < b.route
                                : a.entity < b.entity;
  });
  ends_.reserve(rows_.size());
  for (const Row& row : rows_) ends_.push_back(row.end);
  // The lowest level is the rows themselves.
  std::vector<Tick> level((rows_.size() + fan - 1) / fan, 0);
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    level[i / fan] = std::max(level[i / fan], rows_[i].end);
  }
  while (!level.empty()) {
    latest_.push_back(std::move(level));
    const std::vector<Tick>& below = latest_.back();
    if (below.size() <= 1) break;
    level.assign((below.size() + fan - 1) / fan, 0);
    for (std::size_t i = 0; i < below.size(); ++i) {
      level[i / fan] = std::max(level[i / fan], below[i]);
    }
  }
  std::sort(ends_.begin(), ends_.end());
}

void Movers::judge(const Totals& totals) {
  for (Row& row : rows_) {
    const auto median = totals.median(row.role);
    if (!median || row.hours == unknown_hours) continue;
    const Duration total = std::chrono::hours(row.hours);
    const Late late = total <= *median                   ? Late::none
                      : total <= *median + Totals::grace ? Late::some
                                                         : Late::much;
    row.late = static_cast<std::uint8_t>(late) & 3u;
  }
}

}  // namespace portflow::viz

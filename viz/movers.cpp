#include "viz/movers.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace portflow::viz {
namespace {

constexpr std::size_t fan = 16;

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

std::vector<trace::EntityId> small_ships(const trace::Schema& schema, const trace::Batch& batch) {
  std::vector<Smallness> rules;
  rules.reserve(schema.roles.size());
  for (const trace::RoleInfo& role : schema.roles) rules.push_back(smallness(role));
  std::vector<trace::EntityId> small;
  std::size_t at = 0;
  for (const trace::Born& born : batch.born) {
    if (born.role >= schema.roles.size()) continue;
    const trace::RoleInfo& role = schema.roles[born.role];
    const Smallness& rule = rules[born.role];
    const bool named = role.mode == "ship" && role.name.find("feeder") != std::string::npos;
    const bool told = rule.known && role.mode == "ship" &&
                      at + rule.attribute < batch.attributes.size() &&
                      batch.attributes[at + rule.attribute] == static_cast<double>(rule.category);
    if (named || told) small.push_back(born.entity);
    at += role.attributes.size();
  }
  std::sort(small.begin(), small.end());
  return small;
}

/// Trains by route and departure, with how many boxes of each flow they take along.
class Trains {
 public:
  Trains(const trace::Schema& schema, const trace::Batch& batch) {
    for (const bool locomotives : {true, false}) {
      for (const trace::Moved& move : batch.moves) {
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

}  // namespace

Path::Path(std::vector<LonLat> points) : points_(std::move(points)) {
  double run = 0;
  for (std::size_t i = 0; i < points_.size(); ++i) {
    if (i > 0) run += distance_km(points_[i - 1], points_[i]);
    run_.push_back(run);
  }
}

Path::Pose Path::pose(double share) const {
  if (points_.empty()) return {};
  if (points_.size() == 1 || length_km() <= 0) return {points_[0], points_[0]};
  const double run = std::clamp(share, 0.0, 1.0) * length_km();
  const auto after = std::upper_bound(run_.begin(), run_.end(), run);
  const auto next = std::min(static_cast<std::size_t>(after - run_.begin()), points_.size() - 1);
  const LonLat a = points_[next - 1];
  const LonLat b = points_[next];
  const double leg = run_[next] - run_[next - 1];
  const double part = leg > 0 ? (run - run_[next - 1]) / leg : 0;
  const LonLat at{a.lon + (b.lon - a.lon) * part, a.lat + (b.lat - a.lat) * part};
  return {at, {at.lon + (b.lon - a.lon), at.lat + (b.lat - a.lat)}};
}

Movers::Movers(const trace::Schema& schema, const trace::Batch& batch) {
  for (const trace::RouteInfo& route : schema.routes) {
    std::vector<LonLat> points;
    const std::size_t n = std::min(route.longitudes.size(), route.latitudes.size());
    points.reserve(n);
    for (std::size_t i = 0; i < n; ++i) points.push_back({route.longitudes[i], route.latitudes[i]});
    paths_.emplace_back(std::move(points));
  }
  const std::vector<trace::EntityId> small = small_ships(schema, batch);
  stays_ = Stays(schema, batch, small);
  const Trains trains(schema, batch);
  for (const trace::Moved& move : batch.moves) {
    if (move.role >= schema.roles.size() || move.route >= schema.routes.size()) continue;
    if (move.end <= move.begin || paths_[move.route].points().empty()) continue;
    const trace::RoleInfo& role = schema.roles[move.role];
    const auto mode = mode_of(role, schema.routes[move.route]);
    if (!mode || (*mode == Mode::wagon && trains.take(move))) continue;
    const bool train = *mode == Mode::train && schema.routes[move.route].mode == "rail";
    const Flow flow = train ? trains.flow(move, flow_of(role.flow)) : flow_of(role.flow);
    rows_.push_back({move.begin, move.end, move.entity, move.route, *mode, flow,
                     std::binary_search(small.begin(), small.end(), move.entity)});
  }
  std::stable_sort(rows_.begin(), rows_.end(),
                   [](const Row& a, const Row& b) { return a.begin < b.begin; });
  for (const Row& row : rows_) {
    carried_[static_cast<std::size_t>(row.flow)] = true;
    begins_.push_back(row.begin);
    ends_.push_back(row.end);
  }
  latest_.push_back(ends_);
  while (latest_.back().size() > 1) {
    const std::vector<SimTime>& below = latest_.back();
    std::vector<SimTime> level((below.size() + fan - 1) / fan, SimTime::min());
    for (std::size_t i = 0; i < below.size(); ++i) {
      level[i / fan] = std::max(level[i / fan], below[i]);
    }
    latest_.push_back(std::move(level));
  }
  std::sort(ends_.begin(), ends_.end());
}

void Movers::collect(std::size_t level, std::size_t block, SimTime at,
                     std::vector<Mover>& out) const {
  if (latest_[level][block] <= at) return;
  if (level == 0) {
    const Row& row = rows_[block];
    const auto gone = static_cast<double>((at - row.begin).count());
    const auto whole = static_cast<double>((row.end - row.begin).count());
    out.push_back({.row = static_cast<std::uint32_t>(block),
                   .entity = row.entity,
                   .mode = row.mode,
                   .flow = row.flow,
                   .small = row.small,
                   .route = row.route,
                   .along = gone / whole});
    return;
  }
  const std::size_t end = std::min((block + 1) * fan, latest_[level - 1].size());
  for (std::size_t child = block * fan; child < end; ++child) {
    std::size_t first = child;
    for (std::size_t l = level - 1; l > 0; --l) first *= fan;
    if (rows_[first].begin > at) break;
    collect(level - 1, child, at, out);
  }
}

std::vector<Mover> Movers::at(SimTime at) const {
  std::vector<Mover> out;
  if (!rows_.empty() && rows_.front().begin <= at) collect(latest_.size() - 1, 0, at, out);
  return out;
}

std::size_t Movers::count(SimTime at) const {
  const auto begun = std::upper_bound(begins_.begin(), begins_.end(), at) - begins_.begin();
  const auto ended = std::upper_bound(ends_.begin(), ends_.end(), at) - ends_.begin();
  return static_cast<std::size_t>(begun - ended);
}

std::optional<SimTime> Movers::busiest() const {
  if (rows_.empty()) return std::nullopt;
  SimTime best = begins_.front();
  for (SimTime t = begins_.front(); t < ends_.back(); t += std::chrono::hours(1)) {
    if (count(t) > count(best)) best = t;
  }
  return best;
}

}  // namespace portflow::viz

// How the index of movers is made: modes, small ships, trains with their boxes, fates.
#include <algorithm>
#include <array>
#include <map>
#include <unordered_set>

#include "viz/movers.hpp"

namespace portflow::viz {
namespace {

constexpr std::size_t fan = 16;
constexpr Duration bin{15 * 60 * 1000};

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

}  // namespace

/// What is known only while rows come in.
struct Movers::Building {
  explicit Building(const trace::Schema& of) : schema(of), stays(of) {}
  trace::Schema schema;
  std::vector<Smallness> rules;
  std::unordered_set<trace::EntityId> small;
  Stays::Maker stays;
};

Movers::Movers() = default;
Movers::~Movers() = default;
Movers::Movers(Movers&&) noexcept = default;
Movers& Movers::operator=(Movers&&) noexcept = default;

Movers::Movers(const trace::Schema& schema, const trace::Batch& batch) : Movers(schema) {
  read_from(rows_in_memory(batch.moves));
  consume(batch);
  close();
}

Movers::Movers(const trace::Schema& schema)
    : medians_(schema.roles.size()), building_(std::make_unique<Building>(schema)) {
  for (const trace::RouteInfo& route : schema.routes) {
    std::vector<LonLat> points;
    const std::size_t n = std::min(route.longitudes.size(), route.latitudes.size());
    points.reserve(n);
    for (std::size_t i = 0; i < n; ++i) points.push_back({route.longitudes[i], route.latitudes[i]});
    paths_.emplace_back(std::move(points));
  }
  for (const trace::RoleInfo& role : schema.roles) {
    building_->rules.push_back(smallness(role));
    flow_.push_back(flow_of(role.flow));
    for (std::size_t r = 0; r < schema.routes.size(); ++r) {
      const auto mode = mode_of(role, schema.routes[r]);
      const bool somewhere = !paths_[r].points().empty();
      how_.push_back(mode && somewhere ? static_cast<std::uint8_t>(*mode) : not_drawn);
    }
  }
  base_ = schema.from;
}

void Movers::take(const trace::Moved& move) {
  Building& b = *building_;
  const bool known = move.role < flow_.size() && move.route < paths_.size();
  const bool drawn = known && move.end > move.begin && how(move.role, move.route) != not_drawn;
  const auto number = static_cast<std::uint32_t>(windows_.rows());
  windows_.add(move, drawn && !is_long(move));
  fates_.add(move, drawn);
  if (known && b.schema.roles[move.role].mode == "ship" && move.end > move.begin) {
    b.stays.add(move);
  }
  if (!drawn) return;
  if (is_long(move)) {
    long_.push_back({move.begin, move.end, move.entity, number, move.route, move.role});
  }
}

/// A train is of the flow of most of its boxes, which are not drawn beside it. All set out at one
/// instant, and so lie in one batch.
void Movers::pair_trains(const std::vector<trace::Moved>& moves) {
  const Building& b = *building_;
  const auto first = static_cast<std::uint32_t>(windows_.rows() - moves.size());
  struct Load {
    std::uint32_t number;
    std::array<std::uint32_t, flow_count> boxes{};
  };
  std::map<std::pair<std::uint16_t, SimTime>, Load> trains;
  for (const bool locomotives : {true, false}) {
    for (std::size_t i = 0; i < moves.size(); ++i) {
      const trace::Moved& move = moves[i];
      const auto number = first + static_cast<std::uint32_t>(i);
      if (!fates_.drawn(number) || move.role >= flow_.size() || move.route >= paths_.size()) {
        continue;
      }
      if (b.schema.routes[move.route].mode != "rail") continue;
      if (locomotives != (b.schema.roles[move.role].mode == "train")) continue;
      if (locomotives) {
        trains.try_emplace({move.route, move.begin}, Load{number});
      } else if (const auto train = trains.find({move.route, move.begin}); train != trains.end()) {
        ++train->second.boxes[static_cast<std::size_t>(flow_[move.role])];
        fates_.hide(number);
      }
    }
  }
  for (const auto& [key, load] : trains) {
    const auto most = std::max_element(load.boxes.begin(), load.boxes.end());
    if (*most == 0) continue;
    const auto flow = static_cast<Flow>(most - load.boxes.begin());
    train_flows_.emplace_back(load.number, flow);
    carried_[static_cast<std::size_t>(flow)] = true;
  }
}

void Movers::consume(const trace::Batch& batch) {
  Building& b = *building_;
  // A schema without times, as tests have, leaves the rows to say when it all is.
  if (b.schema.until == SimTime{} && windows_.rows() == 0 && !batch.moves.empty()) {
    base_ = batch.moves.front().begin;
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
  const auto first = static_cast<std::uint32_t>(windows_.rows());
  for (const trace::Moved& move : batch.moves) take(move);
  pair_trains(batch.moves);
  for (std::size_t i = 0; i < batch.moves.size(); ++i) {
    const trace::Moved& move = batch.moves[i];
    const auto number = first + static_cast<std::uint32_t>(i);
    if (!fates_.drawn(number) || move.role >= flow_.size() || move.route >= paths_.size()) continue;
    const std::size_t end = bin_of(move.end);
    if (changes_.size() <= end) changes_.resize(end + 1);
    ++changes_[bin_of(move.begin)];
    --changes_[end];
    ++drawn_;
    if (how(move.role, move.route) != static_cast<std::uint8_t>(Mode::train)) {
      carried_[static_cast<std::size_t>(flow_[move.role])] = true;
    }
  }
  for (const trace::Ended& ended : batch.ended) {
    fates_.end(ended);
    b.stays.end(ended.entity);
  }
}

void Movers::close() {
  Building& b = *building_;
  small_.assign(b.small.begin(), b.small.end());
  std::sort(small_.begin(), small_.end());
  std::sort(train_flows_.begin(), train_flows_.end());
  fates_.close();
  stays_ = b.stays.close(small_);
  building_.reset();
  for (std::size_t i = 1; i < changes_.size(); ++i) changes_[i] += changes_[i - 1];
  build_index();
}

void Movers::build_index() {
  std::erase_if(long_, [this](const Long& row) { return !fates_.drawn(row.number); });
  std::sort(long_.begin(), long_.end(), [](const Long& a, const Long& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.number < b.number;
  });
  long_ends_.reserve(long_.size());
  for (const Long& row : long_) long_ends_.push_back(row.end);
  std::sort(long_ends_.begin(), long_ends_.end());
  // The lowest level is the rows themselves.
  std::vector<SimTime> level((long_.size() + fan - 1) / fan, SimTime::min());
  for (std::size_t i = 0; i < long_.size(); ++i) {
    level[i / fan] = std::max(level[i / fan], long_[i].end);
  }
  while (!level.empty()) {
    latest_.push_back(std::move(level));
    const std::vector<SimTime>& below = latest_.back();
    if (below.size() <= 1) break;
    level.assign((below.size() + fan - 1) / fan, SimTime::min());
    for (std::size_t i = 0; i < below.size(); ++i) {
      level[i / fan] = std::max(level[i / fan], below[i]);
    }
  }
}

void Movers::judge(const Totals& totals) {
  for (std::size_t role = 0; role < medians_.size(); ++role) {
    medians_[role] = totals.median(static_cast<std::uint16_t>(role));
  }
  shown_at_.reset();
}

}  // namespace portflow::viz

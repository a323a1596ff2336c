#include "viz/bands.hpp"

#include <algorithm>
#include <queue>
#include <tuple>
#include <utility>

namespace portflow::viz {
namespace {

/// Gives each bar the least unit that is free when it begins.
std::uint32_t give_units(std::vector<Bar>& bars) {
  using Busy = std::pair<SimTime, std::uint32_t>;
  std::priority_queue<Busy, std::vector<Busy>, std::greater<>> busy;
  std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> free;
  std::uint32_t units = 0;
  for (Bar& bar : bars) {
    while (!busy.empty() && busy.top().first <= bar.from) {
      free.push(busy.top().second);
      busy.pop();
    }
    if (free.empty()) free.push(units++);
    bar.unit = free.top();
    free.pop();
    busy.emplace(bar.to, bar.unit);
  }
  return units;
}

}  // namespace

Bands::Bands(const trace::Schema& schema)
    : schema_(&schema), waits_(schema.resources.size()), bands_(schema.resources.size()) {
  for (std::size_t r = 0; r < bands_.size(); ++r) {
    bands_[r].resource = static_cast<std::uint16_t>(r);
    bands_[r].pages = pages_;
    const std::string& unit = schema.resources[r].unit;
    until_move_.push_back(unit == "berth" || unit == "track" || unit == "stand");
  }
  for (const trace::RoleInfo& role : schema.roles) flow_of_role_.push_back(flow_of(role.flow));
}

void Bands::leave_out(Band& band) noexcept {
  band.left_out = true;
  band.bars = {};
}

void Bands::add(std::uint16_t resource, const trace::StepDone& step) {
  Band& band = bands_[resource];
  if (band.left_out) return;
  const auto living = living_.find(step.entity);
  const Flow flow = living == living_.end() ? Flow::mixed : living->second;
  band.bars.add(*pages_, {step.start, step.at, step.entity, 0, flow});
  ++bars_;
  Band* most = &band;
  if (band.bars.size() <= most_bars) {
    if (bars_ <= most_bars_of_all) return;
    most = &*std::max_element(bands_.begin(), bands_.end(), [](const Band& a, const Band& b) {
      return a.bars.size() < b.bars.size();
    });
  }
  bars_ -= most->bars.size();
  leave_out(*most);
}

void Bands::consume(const trace::Batch& batch) {
  for (const trace::Born& born : batch.born) {
    if (born.role >= flow_of_role_.size() || living_.size() >= most_living) continue;
    living_.emplace(born.entity, flow_of_role_[born.role]);
  }
  for (const trace::StepDone& step : batch.steps) {
    if (step.resource >= bands_.size()) continue;
    waits_[step.resource].add(step.start - step.ready);
    // A step that takes a berth ends at once, so it may well have no length of its own.
    if (step.at > step.start || until_move_[step.resource]) add(step.resource, step);
    if (until_move_[step.resource]) holders_.insert(step.entity);
  }
  for (const trace::Moved& move : batch.moves) {
    if (move.role >= schema_->roles.size()) continue;
    const std::string& mode = schema_->roles[move.role].mode;
    if (mode != "ship" && mode != "train" && mode != "aircraft") continue;
    if (holders_.contains(move.entity)) moves_.push_back(move);
  }
  for (const trace::Ended& ended : batch.ended) living_.erase(ended.entity);
}

void Bands::close() {
  living_ = {};
  holders_ = {};
  std::sort(moves_.begin(), moves_.end(), [](const auto& a, const auto& b) {
    return std::tie(a.entity, a.begin) < std::tie(b.entity, b.begin);
  });
  // As they came; each band then gets pages of its bars in order.
  const std::shared_ptr<BarPages> came = std::exchange(pages_, std::make_shared<BarPages>(512));
  for (Band& band : bands_) set_out(band);
  moves_ = {};
}

void Bands::set_out(Band& band) {
  std::vector<Bar> bars;
  bars.reserve(band.bars.size());
  for (std::size_t i = 0; i < band.bars.size(); ++i) bars.push_back(band.bar(i));
  for (Bar& bar : bars) {
    if (!until_move_[band.resource]) continue;
    // A ship that takes a berth has yet to come in: it holds it until she leaves again.
    auto move = std::lower_bound(
        moves_.begin(), moves_.end(), std::pair(bar.entity, bar.from),
        [](const trace::Moved& m, const auto& key) { return std::pair(m.entity, m.begin) < key; });
    const bool ship = schema_->resources[band.resource].unit == "berth";
    if (ship && move != moves_.end() && move->entity == bar.entity) ++move;
    if (move != moves_.end() && move->entity == bar.entity) bar.to = move->begin;
    bar.to = std::max(bar.to, bar.from + std::chrono::minutes(1));
  }
  std::sort(bars.begin(), bars.end(), [](const Bar& a, const Bar& b) {
    return std::tie(a.from, a.entity) < std::tie(b.from, b.entity);
  });
  band.units = give_units(bars);
  band.bars = {};
  band.pages = pages_;
  for (const Bar& bar : bars) {
    band.longest = std::max(band.longest, bar.to - bar.from);
    band.bars.add(*pages_, bar);
  }
}

const Band* Bands::of(std::uint16_t resource) const {
  const Band& band = bands_[resource];
  return band.bars.size() == 0 && !band.left_out ? nullptr : &band;
}

std::vector<Bar> Band::within(SimTime from, SimTime to) const {
  std::vector<Bar> out;
  const auto first = bars.upto(*pages, from - longest - Duration(1),
                               [](SimTime t, const Bar& bar) { return t < bar.from; });
  for (std::size_t i = first; i < bars.size(); ++i) {
    const Bar one = bar(i);
    if (one.from >= to) break;
    if (one.to > from) out.push_back(one);
  }
  return out;
}

}  // namespace portflow::viz

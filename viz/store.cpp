#include "viz/store.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "viz/route_name.hpp"

namespace portflow::viz {
namespace {

using std::chrono::hours;
constexpr Duration quarter{15 * 60 * 1000};

/// The resource that a facility names as its main one, and those of the same unit: the three
/// groups of berths of a quay count as its berths.
std::vector<std::uint16_t> main_resources(const trace::Schema& schema, std::size_t facility) {
  const trace::FacilityInfo& info = schema.facilities[facility];
  std::vector<std::uint16_t> own;
  std::optional<std::size_t> main;
  for (std::size_t r = 0; r < schema.resources.size(); ++r) {
    const trace::ResourceInfo& resource = schema.resources[r];
    if (resource.facility != facility) continue;
    own.push_back(static_cast<std::uint16_t>(r));
    const std::string& wanted = info.main_resource;
    if (resource.name == wanted || resource.name == info.name + "." + wanted) main = r;
  }
  if (own.empty()) return own;
  const std::string& unit = schema.resources[main.value_or(own.front())].unit;
  std::erase_if(own, [&](std::uint16_t r) { return schema.resources[r].unit != unit; });
  return own;
}

std::string last_word(const std::string& name) {
  return name.substr(name.rfind('.') + 1);
}

}  // namespace

Store::Store(trace::Schema schema, const trace::Batch& batch) : Store(std::move(schema)) {
  movers_.read_from(rows_in_memory(batch.moves));
  consume(batch);
  close();
}

Store::Store(trace::Schema schema)
    : schema_(std::move(schema)),
      begin_(schema_.from),
      end_(schema_.to),
      movers_(schema_),
      levels_(schema_),
      causes_(schema_),
      totals_(schema_),
      born_(schema_.from, "sum"),
      ended_(schema_.from, "sum"),
      tile_maker_(std::make_unique<TileMaker>(schema_)) {}

void Store::consume(const trace::Batch& batch) {
  movers_.consume(batch);
  levels_.consume(batch);
  causes_.consume(batch);
  totals_.consume(batch);
  tile_maker_->consume(batch);
  for (const trace::Born& row : batch.born) born_.add({row.at, 1, 1});
  for (const trace::Ended& row : batch.ended) ended_.add({row.at, 1, 1});
  if (!batch.levels.empty()) last_level_ = batch.levels.back().at;
  if (!batch.moves.empty()) last_move_ = batch.moves.back().at;
  if (!batch.ended.empty()) last_end_ = batch.ended.back().at;
}

void Store::close() {
  movers_.close();
  causes_.close();
  born_.close();
  ended_.close();
  quays_ = Quays(schema_, levels_);
  tiles_ = tile_maker_->close(levels_);
  tile_maker_.reset();
  if (!sealed()) {
    // The tables of a run that was cut off end at different instants: all hold up to the first.
    for (const SimTime last : {last_level_, last_move_, last_end_}) {
      if (last != SimTime{}) end_ = std::min(end_, last);
    }
  }
  if (end_ <= begin_) end_ = std::max(schema_.until, begin_ + hours(1));
  for (std::size_t f = 0; f < schema_.facilities.size(); ++f) {
    main_.push_back(main_resources(schema_, f));
  }
  find_places();
  exposures_ = exposures_of(schema_);
  find_notable();
  movers_.judge(totals_);
}

void Store::find_places() {
  std::set<std::string> seen;
  for (const trace::FacilityInfo& f : schema_.facilities) seen.insert(f.name);
  for (const trace::RouteInfo& route : schema_.routes) {
    const RouteEnds ends = route_ends(route.name);
    const std::size_t n = std::min(route.longitudes.size(), route.latitudes.size());
    if (ends.to.empty() || n == 0) continue;
    const auto add = [&](std::string_view end, std::size_t point) {
      const std::string name(end);
      if (!seen.insert(name).second) {
        for (RoutePlace& place : places_) place.routes += place.name == name ? 1u : 0u;
        return;
      }
      const auto known = std::find_if(schema_.places.begin(), schema_.places.end(),
                                      [&](const auto& place) { return place.name == name; });
      places_.push_back({name,
                         known == schema_.places.end() ? trace::Label{} : known->title,
                         {route.longitudes[point], route.latitudes[point]},
                         name.find("pilot") != std::string::npos,
                         1});
    };
    add(ends.from, 0);
    add(ends.to, n - 1);
  }
}

void Store::find_notable() {
  struct Peak {
    std::uint16_t resource;
    bool targeted;
    std::int64_t wait;
  };
  const auto held_with_another = [&](std::uint16_t r, const std::vector<Peak>& others) {
    return std::any_of(others.begin(), others.end(), [&](const Peak& other) {
      return schema_.resources[other.resource].facility == schema_.resources[r].facility &&
             levels_.same_waits(other.resource, r);
    });
  };
  std::vector<Peak> peaks;
  std::int64_t longest = -1;
  for (std::size_t i = 0; i < levels_.resources(); ++i) {
    const auto r = static_cast<std::uint16_t>(i);
    if (!levels_.ever_waited(r) || held_with_another(r, peaks)) continue;
    const Duration target = levels_.target(r);
    Peak peak{r, target.count() > 0, 0};
    bool over = false;
    for (SimTime at = begin_; at <= end_; at += quarter) {
      const auto wait = levels_.wait(r, at, hours(2));
      const std::int64_t now = wait ? wait->count() : 0;
      peak.wait = std::max(peak.wait, now);
      if (now > longest) {
        longest = now;
        longest_wait_ = at;
      }
      const bool breach = target.count() > 0 && now > target.count();
      if (breach && !over) over_target_.emplace_back(at, at);
      if (breach) over_target_.back().second = at;
      over = breach;
    }
    peaks.push_back(peak);
  }
  std::stable_sort(peaks.begin(), peaks.end(), [](const Peak& a, const Peak& b) {
    return a.targeted != b.targeted ? a.targeted : a.wait > b.wait;
  });
  for (const Peak& peak : peaks) notable_.push_back(peak.resource);
  for (const auto& span : over_target_) breaches_.add(Breach::wait, span.first);
  find_idle(schema_, levels_, breaches_);
  totals_.close(breaches_);
  breaches_.sort();
}

std::vector<FacilityState> Store::facilities(SimTime at) const {
  std::vector<FacilityState> out;
  for (std::size_t f = 0; f < schema_.facilities.size(); ++f) {
    if (!schema_.facilities[f].placed) continue;
    FacilityState state{.facility = static_cast<std::uint16_t>(f), .state = {}};
    if (!main_[f].empty()) {
      state.has_resource = true;
      state.state = levels_.together(main_[f], at);
    }
    out.push_back(state);
  }
  return out;
}

bool Store::facility_at(LonLat place) const {
  return std::any_of(schema_.facilities.begin(), schema_.facilities.end(), [&](const auto& f) {
    return f.placed && distance_km({f.longitude, f.latitude}, place) < 1;
  });
}

std::vector<QueueRow> Store::queues(SimTime at) const {
  std::vector<QueueRow> out;
  out.reserve(notable_.size());
  for (const std::uint16_t r : notable_) out.push_back({r, levels_.at(r, at), levels_.target(r)});
  const auto wait = [](const QueueRow& row) { return row.state.wait.value_or(Duration(0)); };
  std::stable_sort(out.begin(), out.end(), [&](const QueueRow& a, const QueueRow& b) {
    return wait(a) != wait(b) ? wait(a) > wait(b) : a.state.queue > b.state.queue;
  });
  return out;
}

Store::ResourceName Store::resource_parts(std::uint16_t resource, Language language) const {
  const trace::ResourceInfo& info = schema_.resources[resource];
  const std::string word = resource_title(last_word(info.name), language);
  if (info.facility >= schema_.facilities.size()) return {word, {}};
  const trace::FacilityInfo& facility = schema_.facilities[info.facility];
  std::string title = pick(facility.title, language);
  if (title.empty()) title = facility.name;
  const auto siblings = std::count_if(
      schema_.resources.begin(), schema_.resources.end(),
      [&](const trace::ResourceInfo& other) { return other.facility == info.facility; });
  return {title, siblings <= 1 ? std::string() : word};
}

std::string Store::resource_name(std::uint16_t resource, Language language) const {
  const ResourceName parts = resource_parts(resource, language);
  if (parts.resource.empty()) return parts.facility;
  return parts.facility + (language == Language::zh ? " · " : ", ") + parts.resource;
}

bool Store::is_holiday(SimTime at) const {
  return std::binary_search(schema_.holidays.begin(), schema_.holidays.end(), date_of(at));
}

std::optional<std::int64_t> Store::unfinished(SimTime at) const {
  if (!sealed()) return std::nullopt;
  const Duration ever = at - begin_ + hours(24 * 3650);
  const double left = born_.value(at, ever).value_or(0) - ended_.value(at, ever).value_or(0);
  return static_cast<std::int64_t>(left);
}

std::vector<Store::Activity> Store::activity(std::size_t slots) const {
  std::vector<Activity> out;
  const Duration slot =
      (end_ - begin_) / static_cast<std::int64_t>(std::max<std::size_t>(slots, 1));
  std::size_t most = 1;
  std::vector<std::size_t> counts;
  for (std::size_t i = 0; i < slots; ++i) {
    const SimTime from = begin_ + slot * static_cast<std::int64_t>(i);
    counts.push_back(movers_.count_about(from + slot / 2));
    most = std::max(most, counts.back());
    const bool breach = std::any_of(over_target_.begin(), over_target_.end(), [&](const auto& s) {
      return s.first < from + slot && s.second >= from;
    });
    out.push_back({0, breach});
  }
  for (std::size_t i = 0; i < slots; ++i) {
    out[i].level = static_cast<float>(counts[i]) / static_cast<float>(most);
  }
  return out;
}

}  // namespace portflow::viz

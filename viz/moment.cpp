#include "viz/moment.hpp"

#include <algorithm>
#include <array>

#include "viz/store.hpp"

namespace portflow::viz {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

/// The middle of the placed facilities; of few coordinates the median is robust.
LonLat middle_of(const trace::Schema& schema) {
  std::vector<double> lons;
  std::vector<double> lats;
  for (const trace::FacilityInfo& f : schema.facilities) {
    if (!f.placed) continue;
    lons.push_back(f.longitude);
    lats.push_back(f.latitude);
  }
  if (lons.empty()) return {};
  std::sort(lons.begin(), lons.end());
  std::sort(lats.begin(), lats.end());
  return {lons[lons.size() / 2], lats[lats.size() / 2]};
}

/// Points for what waits at `at`: each kind counts up to a few, so that none drowns the rest.
double points_of_queues(const Store& store, SimTime at) {
  double sum = 0;
  int waiting = 0;
  int breaches = 0;
  double longest = 0;
  for (const QueueRow& row : store.queues(at)) {
    longest = std::max(longest, static_cast<double>(row.state.queue));
    waiting += row.state.queue > 0 ? 1 : 0;
    breaches += row.state.breach ? 1 : 0;
  }
  sum += 4 * std::min(waiting, 5) + 8 * std::min(breaches, 1) + std::min(longest, 60.0) / 8;
  const Stays& stays = store.movers().stays();
  sum += 2.0 * static_cast<double>(std::min<std::size_t>(stays.count(at, Haven::anchorage), 3));
  sum += 0.5 * static_cast<double>(std::min<std::size_t>(stays.count(at, Haven::berth), 8));
  const auto hour = time_of_day(at) / hours(1);
  return hour >= 8 && hour < 20 ? sum + 12 : sum;
}

/// And for who is under way near the port.
double points_of_movers(const Store& store, LonLat middle, SimTime at) {
  constexpr double in_sight_km = 35;
  std::array<int, mode_count> near{};
  for (const Mover& mover : store.movers().at(at)) {
    if (mover.mode == Mode::truck) continue;
    const LonLat place = store.movers().paths()[mover.route].pose(mover.along).at;
    if (distance_km(place, middle) < in_sight_km) ++near[static_cast<std::size_t>(mover.mode)];
  }
  const auto seen = [&](Mode mode, int most) {
    return std::min(near[static_cast<std::size_t>(mode)], most);
  };
  return 2 * seen(Mode::ship, 3) + 7 * seen(Mode::aircraft, 2) + 3 * seen(Mode::train, 1);
}

}  // namespace

SimTime telling_moment(const Store& store) {
  const LonLat middle = middle_of(store.schema());
  const SimTime half = store.begin() + (store.end() - store.begin()) / 2;
  SimTime best = half - time_of_day(half) % Duration(minutes(30));
  best = std::max(best, store.begin());
  struct Choice {
    double points;
    SimTime at;
  };
  std::vector<Choice> choices;
  // A year is looked at more coarsely: some hundred moments are choice enough.
  const Duration step =
      std::max<Duration>(minutes(30), (store.end() - best) / 400 / minutes(30) * minutes(30));
  for (SimTime at = best; at <= store.end(); at += step) {
    choices.push_back({points_of_queues(store, at), at});
  }
  // Who is under way has to be read from the file: of the best alone.
  constexpr std::size_t looked_at = 24;
  std::stable_sort(choices.begin(), choices.end(),
                   [](const Choice& a, const Choice& b) { return a.points > b.points; });
  if (choices.size() > looked_at) choices.resize(looked_at);
  double most = -1;
  for (const Choice& choice : choices) {
    const double now = choice.points + points_of_movers(store, middle, choice.at);
    if (now <= most) continue;
    most = now;
    best = choice.at;
  }
  return best;
}

}  // namespace portflow::viz

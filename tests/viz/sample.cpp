#include "viz/sample.hpp"

#include <algorithm>
#include <cmath>

namespace portflow::viz::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

/// A small generator of equal numbers everywhere; quality does not matter here.
class Dice {
 public:
  double share() {
    state_ = state_ * 6364136223846793005ull + 1442695040888963407ull;
    return static_cast<double>(state_ >> 33) / 2147483648.0;
  }
  std::int64_t ms(double from_hours, double to_hours) {
    return static_cast<std::int64_t>((from_hours + (to_hours - from_hours) * share()) * 3.6e6);
  }

 private:
  std::uint64_t state_{42};
};

enum Role : std::uint16_t { liner, feeder, imports, outward, transit, passenger, flight, train };

trace::RoleInfo role(const char* name, const char* type, const char* flow, const char* mode) {
  return {
      .name = name, .type = type, .procedure = type, .flow = flow, .mode = mode, .attributes = {}};
}

trace::FacilityInfo facility(const char* name, const char* kind, const char* zh, const char* en,
                             double lon, double lat, const char* shown) {
  return {.name = name,
          .kind = kind,
          .title = {zh, en},
          .longitude = lon,
          .latitude = lat,
          .placed = true,
          .main_resource = shown};
}

trace::RouteInfo route(const char* name, const char* mode,
                       std::initializer_list<std::pair<double, double>> points) {
  trace::RouteInfo r{.name = name, .mode = mode, .longitudes = {}, .latitudes = {}};
  for (const auto& [lon, lat] : points) {
    r.longitudes.push_back(lon);
    r.latitudes.push_back(lat);
  }
  return r;
}

trace::RouteInfo back(const trace::RouteInfo& there, const char* name) {
  trace::RouteInfo r = there;
  r.name = name;
  std::reverse(r.longitudes.begin(), r.longitudes.end());
  std::reverse(r.latitudes.begin(), r.latitudes.end());
  return r;
}

void add_dictionaries(trace::Schema& s) {
  s.roles = {role("liners", "ship", "import", "ship"),
             role("feeders", "ship", "domestic", "ship"),
             role("liners/imports", "box", "import", "truck"),
             role("liners/exports", "box", "export", "truck"),
             role("liners/transit", "box", "transit", "truck"),
             role("flights/passengers", "passenger", "passengers", ""),
             role("flights", "flight", "passengers", "aircraft"),
             role("trains", "train", "transit", "train")};
  s.facilities = {
      facility("quay", "quay", "大窑湾集装箱码头", "Dayaowan quay", 121.905, 39.010, "berth_2"),
      facility("yard", "station", "大窑湾堆场", "Dayaowan yard", 121.897, 39.016, "slot"),
      facility("gate", "station", "大窑湾闸口", "Dayaowan truck gate", 121.885, 39.020, "in_lane"),
      facility("customs", "station", "大窑湾海关", "Dayaowan customs", 121.870, 39.024, "desk"),
      facility("inspection", "station", "查验场地", "Inspection ground", 121.862, 39.017, "bay"),
      facility("rail_centre", "rail_terminal", "大连铁路集装箱中心站", "Rail container centre",
               121.855, 39.030, "track"),
      facility("arrival_hall", "hall", "周水子机场入境大厅", "Zhoushuizi arrivals", 121.5383,
               38.9656, "counter"),
      facility("departure_hall", "hall", "周水子机场出境大厅", "Zhoushuizi departures", 121.5400,
               38.9640, "counter"),
      facility("dalian_bay", "quay", "大连湾港区", "Dalian Bay", 121.660, 38.985, "berth")};
  const auto resource = [&](const char* name, std::uint16_t f, const char* unit, int target_min) {
    s.resources.push_back(
        {.name = name, .facility = f, .unit = unit, .wait_target_ms = target_min * 60000.0});
  };
  resource("quay.berth_2", 0, "berth", 0);
  resource("quay.crane", 0, "crane", 0);
  resource("yard.slot", 1, "TEU", 0);
  resource("gate.in_lane", 2, "lane", 15);
  resource("gate.out_lane", 2, "lane", 15);
  resource("customs.desk", 3, "desk", 0);
  resource("inspection.bay", 4, "bay", 30);
  resource("inspection.scanner", 4, "scanner", 0);
  resource("rail_centre.track", 5, "track", 60);
  resource("arrival_hall.counter", 6, "counter", 30);
  resource("arrival_hall.echannel", 6, "e-channel", 0);
  resource("departure_hall.counter", 7, "counter", 30);
  resource("dalian_bay.berth", 8, "berth", 0);
  s.routes = {
      route("busan > pilot_ground", "sea",
            {{129.05, 35.1},
             {129.2, 35.0},
             {128.1693, 34.4069},
             {127.4446, 34.1044},
             {125.5737, 34.1527},
             {123.3871, 37.2294},
             {122.764, 37.477},
             {122.623, 37.8694},
             {122.0, 38.7},
             {121.942, 38.9}}),
      route("pilot_ground > quay", "sea", {{121.942, 38.9}, {121.94, 38.97}, {121.912, 39.005}}),
      route(
          "gate > dalian_city", "road",
          {{121.885, 39.02}, {121.80, 39.05}, {121.72, 39.05}, {121.64, 38.98}, {121.615, 38.915}}),
      route("rail_centre > shenyang", "rail",
            {{121.855, 39.03},
             {121.72, 39.1},
             {121.97, 39.39},
             {122.0, 39.63},
             {122.12, 40.18},
             {122.69, 40.88},
             {123.43, 41.8}}),
      route("seoul > arrival_hall", "air", {{126.44, 37.46}, {124.1, 38.3}, {121.5383, 38.9656}}),
      route("gate > jinpu", "road", {{121.885, 39.02}, {121.80, 39.05}, {121.72, 39.05}})};
  s.routes.push_back(back(s.routes[0], "pilot_ground > busan"));
  s.routes.push_back(back(s.routes[1], "quay > pilot_ground"));
  s.routes.push_back(back(s.routes[2], "dalian_city > gate"));
  s.routes.push_back(back(s.routes[3], "shenyang > rail_centre"));
  s.routes.push_back(back(s.routes[4], "departure_hall > seoul"));
  s.routes.push_back(back(s.routes[5], "jinpu > gate"));
}

/// Traffic of a day: low at night, highest in the early afternoon.
double wave(SimTime at) {
  const double hour = static_cast<double>(time_of_day(at).count()) / 3.6e6;
  return 0.12 + std::exp(-std::pow((hour - 14.2) / 3.4, 2));
}

void add_levels(const trace::Schema& s, trace::Batch& b) {
  struct Shape {
    std::uint32_t capacity, queue;
    double wait_min;
  };
  constexpr Shape shapes[] = {{5, 3, 130}, {45, 2, 4},    {60000, 0, 0}, {24, 42, 14},
                              {18, 12, 5}, {30, 70, 24},  {16, 30, 46},  {4, 8, 18},
                              {4, 19, 24}, {16, 312, 38}, {20, 20, 3},   {12, 160, 27},
                              {6, 2, 70}};
  for (SimTime at = s.from + s.level_span; at <= s.to; at += s.level_span) {
    for (std::size_t r = 0; r < s.resources.size(); ++r) {
      const Shape& shape = shapes[r];
      const double busy_day = weekday_of(at) >= 5 ? 1.2 : 0.85;
      const double load = wave(at - minutes(20 * static_cast<int>(r))) * busy_day;
      trace::Level level{.at = at, .span = s.level_span, .resource = static_cast<std::uint16_t>(r)};
      level.capacity_now = shape.capacity;
      level.busy_now = static_cast<std::uint32_t>(std::min(1.0, 0.35 + 0.6 * load) *
                                                  static_cast<double>(shape.capacity));
      level.queue_now = static_cast<std::uint32_t>(load * shape.queue);
      level.queue_max = level.queue_now;
      level.busy = level.busy_now * s.level_span.count();
      level.queued = level.queue_now * s.level_span.count();
      level.capacity = level.capacity_now * s.level_span.count();
      level.started = r < 2 ? 1 : 6;
      level.waited = static_cast<std::int64_t>(load * shape.wait_min * 60000.0) * level.started;
      b.levels.push_back(level);
    }
  }
}

void add_lives(const trace::Schema& s, trace::Batch& b, Dice& dice) {
  const auto life = [&](Role r, SimTime from, Duration total, trace::EntityId id) {
    b.born.push_back({.at = from,
                      .entity = id,
                      .parent = 0,
                      .ordinal = static_cast<std::uint32_t>(id),
                      .role = r});
    if (from + total > s.to) return;
    trace::Ended end{
        .at = from + total, .end = from + total, .created = from, .entity = id, .role = r};
    const std::int64_t t = total.count();
    constexpr double split[] = {0.2, 0.2, 0.05, 0.01, 0.2, 0.13, 0.1, 0.02, 0.04, 0.05};
    std::int64_t rest = t;
    for (std::size_t c = 1; c < cause_count; ++c) {
      end.ticks_by_cause[c] = static_cast<std::int64_t>(static_cast<double>(t) * split[c]);
      rest -= end.ticks_by_cause[c];
    }
    end.ticks_by_cause[0] = rest;
    b.ended.push_back(end);
  };
  const auto move = [&](Role r, std::uint16_t way, SimTime from, Duration takes,
                        trace::EntityId id) {
    b.moves.push_back({.at = from + takes,
                       .begin = from,
                       .end = from + takes,
                       .entity = id,
                       .route = way,
                       .role = r});
  };
  trace::EntityId id = 1;
  for (SimTime at = s.from - hours(48); at < s.to; at += minutes(10)) {
    const double load = wave(at);
    if (dice.share() < 0.045) {
      const Role r = dice.share() < 0.5 ? liner : feeder;
      const SimTime pilot = at + hours(40);
      life(r, at, Duration(dice.ms(95, 120)), ++id);
      move(r, 0, at, hours(40), id);
      move(r, 1, pilot + hours(2), minutes(80), id);
      move(r, 7, pilot + hours(26), minutes(80), id);
      move(r, 6, pilot + hours(29), hours(40), id);
    }
    if (dice.share() < 0.05) {
      const bool out = dice.share() < 0.5;
      life(train, at, hours(9), ++id);
      move(train, out ? 3 : 9, at, hours(9), id);
    }
    if (dice.share() < 0.18 * load + 0.02) {
      const bool out = dice.share() < 0.5;
      life(flight, at, hours(2), ++id);
      move(flight, out ? 10 : 4, at, minutes(75), id);
      for (int p = 0; p < 12; ++p)
        life(passenger, at + minutes(75), Duration(dice.ms(0.2, 1)), ++id);
    }
    for (int n = 0; n < static_cast<int>(load * 5); ++n) {
      const Role r = dice.share() < 0.4 ? imports : dice.share() < 0.6 ? outward : transit;
      const SimTime from = at + Duration(dice.ms(0, 0.16));
      life(r, from - hours(40), Duration(dice.ms(30, 90)), ++id);
      constexpr std::uint16_t ways[] = {2, 5, 8, 11};
      move(r, ways[static_cast<std::size_t>(dice.share() * 4)], from, Duration(dice.ms(0.6, 1.1)),
           id);
    }
    for (int n = 0; n < 4; ++n) {
      trace::StepDone step{.at = at,
                           .ready = at - Duration(dice.ms(0.02, 0.9 * load)),
                           .start = at,
                           .entity = id,
                           .step = 0,
                           .resource = 9};
      step.ready = std::min(step.ready, at);
      if (at >= s.from) b.steps.push_back(step);
    }
  }
  const auto by_at = [](const auto& p, const auto& q) { return p.at < q.at; };
  std::stable_sort(b.born.begin(), b.born.end(), by_at);
  std::stable_sort(b.ended.begin(), b.ended.end(), by_at);
  std::stable_sort(b.moves.begin(), b.moves.end(), by_at);
}

/// One import box with a path: discharge, a wait for the bay that another holds, inspection.
void add_story(const trace::Schema& s, trace::Batch& b) {
  const SimTime born = s.from + hours(120);
  b.born.push_back(
      {.at = born, .entity = storied_box, .parent = 0, .ordinal = 481, .role = imports});
  struct Part {
    int from, to;
    std::uint16_t step, resource;
    Cause cause;
    trace::EntityId holder;
  };
  constexpr Part parts[] = {{0, 2, 1, 1, Cause::behind, 0},
                            {2, 3, 1, 1, Cause::working, 0},
                            {3, 9, 2, 6, Cause::closed, 0},
                            {9, 18, 2, 6, Cause::busy, 2},
                            {18, 20, 2, 6, Cause::working, 0}};
  const SimTime end = born + hours(20);
  for (std::size_t i = std::size(parts); i-- > 0;) {
    const Part& p = parts[i];
    b.paths.push_back({.at = end,
                       .begin = born + hours(p.from),
                       .end = born + hours(p.to),
                       .entity = storied_box,
                       .owner = storied_box,
                       .holder = p.holder,
                       .step = p.step,
                       .resource = p.resource,
                       .cause = p.cause});
  }
  trace::Ended ended{
      .at = end, .end = end, .created = born, .entity = storied_box, .role = imports};
  for (const Part& p : parts) {
    ended.ticks_by_cause[static_cast<std::size_t>(p.cause)] +=
        Duration(hours(p.to - p.from)).count();
  }
  b.ended.push_back(ended);
  b.steps.push_back({.at = end,
                     .ready = born + hours(3),
                     .start = born + hours(18),
                     .entity = storied_box,
                     .step = 2,
                     .resource = 6});
  b.moves.push_back({.at = born + hours(14),
                     .begin = born + hours(13),
                     .end = born + hours(15),
                     .entity = storied_box,
                     .route = 2,
                     .role = imports});
  const auto by_at = [](const auto& p, const auto& q) { return p.at < q.at; };
  std::stable_sort(b.born.begin(), b.born.end(), by_at);
  std::stable_sort(b.ended.begin(), b.ended.end(), by_at);
  std::stable_sort(b.steps.begin(), b.steps.end(), by_at);
  std::stable_sort(b.moves.begin(), b.moves.end(), by_at);
}

}  // namespace

Sample quicker(Sample sample) {
  sample.schema.measures = {"m04"};
  sample.schema.fingerprint = "fedcba9876543210";
  constexpr auto closed = static_cast<std::size_t>(Cause::closed);
  for (trace::Ended& row : sample.batch.ended) {
    const Duration less = std::min<Duration>(hours(1), Duration(row.ticks_by_cause[closed]));
    row.end -= less;
    row.ticks_by_cause[closed] -= less.count();
    // Its path likewise: what came after the closed hours comes earlier.
    for (trace::PathPart& part : sample.batch.paths) {
      if (part.entity != row.entity) continue;
      part.end -= less;
      if (part.cause == Cause::closed) break;
      part.begin -= less;
    }
  }
  for (trace::Level& row : sample.batch.levels) row.waited -= row.waited / 4;
  return sample;
}

Sample make_sample() {
  Sample sample;
  trace::Schema& s = sample.schema;
  s.scenario_name = "dalian-sample";
  s.scenario_title = {"大连样本周", "Dalian, a sample week"};
  s.measures = {"m03", "m07"};
  s.from = midnight({2024, 6, 3});
  s.to = s.from + hours(24 * 7);
  s.until = s.to;
  s.level_span = minutes(15);
  s.fingerprint = "0123456789abcdef";
  s.events = 1'234'567;
  s.steps = {"border.counter", "import_box.discharge", "import_box.inspect"};
  add_dictionaries(s);
  add_levels(s, sample.batch);
  Dice dice;
  add_lives(s, sample.batch, dice);
  add_story(s, sample.batch);
  return sample;
}

}  // namespace portflow::viz::test

// Ways through the network: the cheapest by mode, none where there is none, ties by the file.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "network/network.hpp"

namespace portflow::network {
namespace {

constexpr double hour = 3.6e6;

spec::Link link(const std::string& from, const std::string& to, const std::string& mode,
                double hours_taken, double cost_fen = 0) {
  spec::Link result;
  result.from = from;
  result.to = to;
  result.mode = mode;
  result.time = hours_taken * hour;
  result.cost = cost_fen;
  return result;
}

Network network(std::vector<spec::Link> links) {
  spec::Scenario scenario;
  scenario.network.links = std::move(links);
  return Network(scenario);
}

std::vector<std::uint32_t> links_of(const std::optional<Journey>& journey) {
  std::vector<std::uint32_t> result;
  if (journey) {
    for (const Hop& hop : journey->hops) result.push_back(hop.link);
  }
  return result;
}

/// port - (road 8 h, 4000) - city; port - (rail 2 h) - yard - (rail 3 h, wait 6 h) - city.
Network two_ways() {
  auto train = link("yard", "city", "rail", 3, 1000);
  train.wait = 6 * hour;
  return network({link("port", "city", "road", 8, 4000), link("port", "yard", "rail", 2), train,
                  link("port", "island", "sea", 20)});
}

TEST(Route, IsTheCheapestOfMoneyAndTime) {
  const Network net = two_ways();
  // Time is worth nothing: 1000 against 4000. At 1000 an hour: 1000 + 11000 against 12000 is a
  // tie but for the hop; at 2000 the road wins.
  EXPECT_THAT(links_of(net.route("port", "city", {}, 0)), testing::ElementsAre(1, 2));
  EXPECT_THAT(links_of(net.route("port", "city", {}, 900)), testing::ElementsAre(1, 2));
  EXPECT_THAT(links_of(net.route("port", "city", {}, 2000)), testing::ElementsAre(0));
}

TEST(Route, KeepsToTheModesAllowed) {
  const Network net = two_ways();
  EXPECT_THAT(links_of(net.route("port", "city", {"road"}, 0)), testing::ElementsAre(0));
  EXPECT_THAT(links_of(net.route("port", "city", {"rail"}, 9999)), testing::ElementsAre(1, 2));
  EXPECT_FALSE(net.route("port", "city", {"sea", "air"}, 0));
  EXPECT_FALSE(net.route("island", "city", {"road", "rail"}, 0));
}

TEST(Route, IsNoneBetweenUnknownOrUnconnectedPlaces) {
  const Network net = network({link("a", "b", "road", 1), link("c", "d", "road", 1)});
  EXPECT_FALSE(net.route("a", "c", {}, 0));
  EXPECT_FALSE(net.route("a", "nowhere", {}, 0));
  EXPECT_FALSE(net.route("nowhere", "a", {}, 0));
}

TEST(Route, SumsTimesWaitsAndCosts) {
  const auto journey = two_ways().route("port", "city", {"rail"}, 0);
  ASSERT_TRUE(journey);
  EXPECT_EQ(journey->time, 5 * hour);
  EXPECT_EQ(journey->wait, 6 * hour);
  EXPECT_EQ(journey->cost, 1000);
  EXPECT_EQ(journey->least, 5 * hour);
  EXPECT_EQ(journey->mode, "rail");
}

TEST(Route, RunsBothWaysUnlessOneWay) {
  auto one_way = link("a", "b", "road", 1);
  one_way.one_way = true;
  const Network net = network({one_way, link("b", "c", "road", 2)});
  EXPECT_THAT(links_of(net.route("a", "c", {}, 0)), testing::ElementsAre(0, 1));
  EXPECT_FALSE(net.route("c", "a", {}, 0));
  const auto back = net.route("c", "b", {}, 0);
  ASSERT_TRUE(back);
  EXPECT_TRUE(back->hops.at(0).reversed);
}

TEST(Route, ToWhereOneIsTakesNothing) {
  const auto journey = two_ways().route("port", "port", {}, 100);
  ASSERT_TRUE(journey);
  EXPECT_TRUE(journey->hops.empty());
  EXPECT_EQ(journey->time, 0);
}

TEST(Time, ComesFromDistanceAndSpeedOrIsGiven) {
  spec::Link road = link("a", "b", "road", 0);
  road.distance = 30'000;
  road.speed = 60'000;
  const auto journey = network({road}).route("a", "b", {}, 0);
  ASSERT_TRUE(journey);
  EXPECT_DOUBLE_EQ(journey->time, 0.5 * hour);
}

TEST(Time, SpreadsByOneQuantileAndNeverBelowItsLeast) {
  auto first = link("a", "b", "road", 1);
  first.spread = Distribution::uniform(0.5, 1.5);
  auto second = link("b", "c", "sea", 10);
  second.spread = Distribution::triangular(0.8, 1, 1.6);
  const Network net = network({first, second});
  const auto journey = net.route("a", "c", {}, 0);
  ASSERT_TRUE(journey);
  EXPECT_DOUBLE_EQ(journey->least, (0.5 + 8) * hour);
  EXPECT_EQ(journey->mode, "sea");
  double before = 0;
  for (const double u : {1e-9, 0.1, 0.3, 0.5, 0.9, 0.999999}) {
    const double time = net.travel_time(*journey, u);
    EXPECT_GE(time, journey->least);
    EXPECT_GT(time, before);
    before = time;
  }
  EXPECT_DOUBLE_EQ(net.travel_time(*journey, 0.5), (1 + 10 * second.spread.at(0.5)) * hour);
}

TEST(Tie, GoesToFewerLinksThenToLowerNumbers) {
  // Over x or over y, alike; the file decides. And both beat three links of the same cost.
  EXPECT_THAT(links_of(network({link("a", "x", "road", 1, 10), link("x", "b", "road", 1, 10),
                                link("a", "y", "road", 1, 10), link("y", "b", "road", 1, 10)})
                           .route("a", "b", {}, 0)),
              testing::ElementsAre(0, 1));
  EXPECT_THAT(links_of(network({link("y", "b", "road", 1, 10), link("a", "y", "road", 1, 10),
                                link("a", "x", "road", 1, 10), link("x", "b", "road", 1, 10)})
                           .route("a", "b", {}, 0)),
              testing::ElementsAre(1, 0));
  EXPECT_THAT(links_of(network({link("a", "b", "road", 1, 10), link("a", "b", "road", 1, 10)})
                           .route("b", "a", {}, 0)),
              testing::ElementsAre(0));
  EXPECT_THAT(links_of(network({link("a", "p", "road", 1, 5), link("p", "q", "road", 1, 5),
                                link("q", "b", "road", 1, 10), link("a", "x", "road", 1, 10),
                                link("x", "b", "road", 1, 10)})
                           .route("a", "b", {}, 0)),
              testing::ElementsAre(3, 4));
}

/// A ladder of equal ways: unrelated links, before or after, must not turn the choice.
TEST(Tie, IsNotTurnedByUnrelatedLinks) {
  const auto ladder = [](std::vector<spec::Link> before) {
    const auto shift = static_cast<std::uint32_t>(before.size());
    for (int i = 1; i <= 4; ++i) {
      for (const char side : {'l', 'r', 'm'}) {
        for (const char next : {'m', 'r', 'l'}) {
          std::string from = i == 1 ? std::string("a") : fmt::format("{}{}", side, i);
          std::string to = i == 4 ? std::string("b") : fmt::format("{}{}", next, i + 1);
          before.push_back(link(from, to, "road", 1, 10));
        }
      }
    }
    before.push_back(link("z", "zz", "sea", 1));
    auto chosen = links_of(network(before).route("a", "b", {}, 50));
    for (auto& one : chosen) one -= shift;
    return chosen;
  };
  const auto alone = ladder({});
  ASSERT_EQ(alone.size(), 4u);
  std::vector<spec::Link> more;
  for (int i = 0; i < 40; ++i) {
    // Dead ends that hang on the ladder itself reorder any queue of places to visit.
    const auto at = fmt::format("{}{}", "lmr"[i % 3], 2 + i % 3);
    more.push_back(link(i % 2 == 0 ? "a" : at, fmt::format("n{}", i), "road", 0.1 * (i % 7)));
    EXPECT_EQ(ladder(more), alone) << i;
  }
}

TEST(Timetable, SaysHowLongToWaitForTheNextDeparture) {
  using std::chrono::hours;
  // Monday 06:00 and 18:00, Wednesday 06:00: gaps of 12, 36 and 120 h.
  const Timetable times({{0, hours{6}}, {2, hours{6}}, {0, hours{18}}});
  const SimTime monday = midnight({2024, 1, 1});
  EXPECT_EQ(times.until_next(monday), hours{6});
  EXPECT_EQ(times.until_next(monday + hours{6}), hours{0});
  EXPECT_EQ(times.until_next(monday + hours{6} + Duration{1}), hours{12} - Duration{1});
  EXPECT_EQ(times.until_next(monday + hours{20}), hours{34});
  EXPECT_EQ(times.until_next(monday + hours{60}), hours{114});
  EXPECT_EQ(times.until_next(monday - hours{1}), hours{7});
  EXPECT_EQ(times.mean(), Duration{hours{12 * 12 + 36 * 36 + 120 * 120}} / (2 * 168));
}

/// two_ways() with trains on Monday and Thursday at 08:00 instead of the mean wait.
spec::Scenario with_trains() {
  spec::Scenario scenario;
  auto train = link("yard", "city", "rail", 3, 1000);
  train.departures = {{"city", "trains"}};
  scenario.network.links = {link("port", "yard", "rail", 2), train,
                            link("city", "village", "rail", 1)};
  spec::Arrivals& arrivals = scenario.demand["trains"].arrivals;
  arrivals.kind = spec::Arrivals::Kind::timetable;
  arrivals.times = {{0, std::chrono::hours{8}}, {3, std::chrono::hours{8}}};
  return scenario;
}

TEST(Route, LastsUntilTheNextTrainHasGone) {
  const Network net(with_trains());
  const auto city = net.route("port", "city", {}, 1000);
  ASSERT_TRUE(city);
  const SimTime monday = midnight({2024, 1, 1});
  // Two hours to the yard, then the next train, then three hours.
  EXPECT_DOUBLE_EQ(city->lasting(monday + std::chrono::hours{6}), 5 * hour);
  EXPECT_DOUBLE_EQ(city->lasting(monday), 11 * hour);
  EXPECT_DOUBLE_EQ(city->lasting(monday + std::chrono::hours{7}), (2 + 71 + 3) * hour);
  EXPECT_DOUBLE_EQ(city->wait, 0);
  // Who has to be there an hour before misses the train that would leave within it.
  spec::Scenario early = with_trains();
  early.network.links[1].cut_off = hour;
  const auto sooner = Network(early).route("port", "city", {}, 1000);
  EXPECT_DOUBLE_EQ(sooner->lasting(monday + std::chrono::hours{5}), 6 * hour);
  EXPECT_DOUBLE_EQ(sooner->lasting(monday + std::chrono::hours{6}), (2 + 72 + 3) * hour);
  // Nothing leaves by a timetable for whom the train is no train of his.
  const auto village = net.route("port", "village", {}, 1000);
  ASSERT_TRUE(village);
  EXPECT_DOUBLE_EQ(village->lasting(monday), 6 * hour);
}

}  // namespace
}  // namespace portflow::network

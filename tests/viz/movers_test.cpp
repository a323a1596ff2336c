// Who is on the map and how: boxes aboard trains, ships at rest, names of routes.
#include "viz/movers.hpp"

#include <gtest/gtest.h>

#include "viz/route_name.hpp"

namespace portflow::viz {
namespace {

using std::chrono::hours;

static_assert(route_ends("pilot_ground > quay (sea)").from == "pilot_ground");
static_assert(route_ends("pilot_ground > quay (sea)").to == "quay");
static_assert(route_ends("a > b").to == "b");
static_assert(route_ends("no route").to.empty());

enum Role : std::uint16_t { ship, box, train };
enum Way : std::uint16_t { approach, leave, out, in };

struct Port {
  trace::Schema schema;
  trace::Batch batch;
  SimTime zero{hours(1'000'000)};

  Port() {
    const auto role = [](const char* type, const char* flow, const char* mode) {
      return trace::RoleInfo{.name = type,
                             .type = type,
                             .procedure = "",
                             .flow = flow,
                             .mode = mode,
                             .attributes = {}};
    };
    schema.roles = {role("ship", "", "ship"), role("box", "transit", "truck"),
                    role("train", "", "train")};
    schema.facilities = {{.name = "quay",
                          .kind = "quay",
                          .title = {},
                          .longitude = 121.9,
                          .latitude = 39,
                          .placed = true,
                          .main_resource = ""}};
    const auto route = [](const char* name, const char* mode, double from, double to) {
      return trace::RouteInfo{
          .name = name, .mode = mode, .longitudes = {from, to}, .latitudes = {39, 39}};
    };
    schema.routes = {route("pilot_ground > quay (sea)", "sea", 121.8, 121.9),
                     route("quay > pilot_ground (sea)", "sea", 121.9, 121.8),
                     route("rail_centre > harbin (rail)", "rail", 121.8, 126),
                     route("harbin > rail_centre (rail)", "rail", 126, 121.8)};
  }
  void move(Role role, Way way, int begin, int end, trace::EntityId id) {
    batch.moves.push_back({.at = zero + hours(begin),
                           .begin = zero + hours(begin),
                           .end = zero + hours(end),
                           .entity = id,
                           .route = way,
                           .role = role});
  }
};

TEST(Movers, BoxesAboardATrainAreNotDrawnBesideIt) {
  Port port;
  port.move(train, out, 0, 10, 1);
  port.move(box, out, 0, 10, 2);
  port.move(box, in, 0, 10, 3);
  const Movers movers(port.schema, port.batch);
  const auto at = movers.at(port.zero + hours(5));
  ASSERT_EQ(at.size(), 2u);
  EXPECT_EQ(at[0].mode, Mode::train);
  EXPECT_EQ(at[0].flow, Flow::transit) << "a train is of the flow of most of its boxes";
  EXPECT_EQ(at[1].mode, Mode::wagon) << "no train of the trace takes this one";
}

TEST(Movers, AShipWithoutAFlowCarriesSeveral) {
  Port port;
  port.move(ship, approach, 0, 1, 1);
  const Movers movers(port.schema, port.batch);
  ASSERT_EQ(movers.at(port.zero).size(), 1u);
  EXPECT_EQ(movers.at(port.zero)[0].flow, Flow::mixed);
  EXPECT_TRUE(movers.carries(Flow::mixed));
  EXPECT_FALSE(movers.carries(Flow::import));
}

TEST(Stays, AShipLiesBetweenItsMoves) {
  Port port;
  port.move(ship, approach, 0, 1, 1);
  port.move(ship, leave, 5, 6, 1);
  port.move(ship, approach, 2, 3, 2);
  port.move(ship, leave, 8, 9, 2);
  const Movers movers(port.schema, port.batch);
  const Stays& stays = movers.stays();
  EXPECT_EQ(stays.count(port.zero, Haven::berth), 0u);
  ASSERT_EQ(stays.at(port.zero + hours(4)).size(), 2u);
  EXPECT_EQ(stays.at(port.zero + hours(4))[0].spot, 0u);
  EXPECT_EQ(stays.at(port.zero + hours(4))[1].spot, 1u) << "two ships never share a spot";
  EXPECT_EQ(stays.count(port.zero + hours(5), Haven::berth), 1u);
  EXPECT_EQ(stays.count(port.zero + hours(9), Haven::berth), 0u);
  EXPECT_EQ(stays.count(port.zero + hours(9), Haven::anchorage), 0u) << "its last move: gone";
}

}  // namespace
}  // namespace portflow::viz

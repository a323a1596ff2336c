#include <gtest/gtest.h>

#include "io/read.hpp"
#include "spec/bind.hpp"

namespace portflow::spec {
namespace {

std::string text_of(const Errors& errors) {
  std::string result;
  for (const auto& error : errors) result += error.text() + "\n";
  return result;
}

struct Bound {
  Node root;
  Scenario scenario;
};

Bound bound(const std::string& name) {
  auto loaded = io::load(PORTFLOW_SOURCE_DIR "/scenarios/small/" + name + ".yaml");
  EXPECT_TRUE(loaded) << text_of(loaded.error().errors);
  auto scenario = bind(loaded->root);
  EXPECT_TRUE(scenario) << text_of(scenario.error().errors);
  return {std::move(loaded->root), std::move(*scenario)};
}

const Attribute& attribute(const Role& role, std::string_view name) {
  for (const auto& one : role.attributes) {
    if (one.name == name) return one;
  }
  throw std::out_of_range{std::string{name}};
}

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(OneBerth, IsTyped) {
  const auto [root, scenario] = bound("one_berth");
  EXPECT_EQ(scenario.name, "one-berth");
  EXPECT_EQ(scenario.title.zh, "一个泊位");
  EXPECT_EQ(scenario.horizon.from, midnight({2024, 1, 1}));
  EXPECT_EQ(scenario.horizon.until(), midnight({2024, 7, 31}));
  EXPECT_EQ(scenario.horizon.warm_up, Days{7});
  const auto& berth = scenario.facilities.at("quay").resources.at(0);
  EXPECT_EQ(berth.servers, 1);
  EXPECT_EQ(berth.calendar, "");
  EXPECT_EQ(scenario.facilities.at("quay").process, "quay");
  const auto& ships = scenario.demand.at("ships");
  EXPECT_EQ(ships.at, "quay");
  EXPECT_EQ(ships.arrivals.every->distribution, Distribution::exponential(36e6));
  const auto& moor = scenario.procedures.at("call").steps.at(0);
  EXPECT_EQ(moor.takes->distribution.mean(), 8 * 3.6e6);
  EXPECT_EQ(moor.marks_start, "moored");
  EXPECT_EQ(moor.marks, "left");
  EXPECT_EQ(moor.when.draw, "call.moor");
  const auto evidence = count_evidence(root);
  EXPECT_EQ(evidence.assumption, 3U);
  EXPECT_EQ(evidence.unsupported, 0U);
}

TEST(TinyPort, FacilitiesAndNetworkAreTyped) {
  const auto scenario = bound("tiny_port").scenario;
  const auto& quay = scenario.facilities.at("quay");
  EXPECT_EQ(quay.process, "sea");
  EXPECT_EQ(quay.shown, "berth");
  EXPECT_EQ(quay.position->latitude, 39.010);
  EXPECT_EQ(to_text(quay.settings), "{move_takes: {triangular: [1.5 min, 2 min, 2.8 min]}}");
  const auto& lane = scenario.facilities.at("gate").resources.at(0);
  EXPECT_EQ(lane.servers, 1);
  ASSERT_EQ(lane.by_hours.size(), 1U);
  EXPECT_EQ(lane.by_hours[0].first, (Hours{hours{6}, hours{22}}));
  EXPECT_EQ(lane.by_hours[0].second, 3);
  EXPECT_EQ(lane.wait_target, minutes{15});
  const auto& counter = scenario.facilities.at("hall").resources.at(0);
  ASSERT_TRUE(counter.elastic);
  EXPECT_EQ(counter.elastic->reserve_when, minutes{25});
  EXPECT_EQ(scenario.facilities.at("customs").resources.at(0).name, "bay");
  EXPECT_EQ(scenario.facilities.at("customs").shown, "desk");
  const auto& link = scenario.network.links.at(0);
  EXPECT_EQ(link.distance, 6000);
  EXPECT_EQ(link.speed, 35'000);
  EXPECT_EQ(link.cost, 15'000);
  EXPECT_EQ(link.spread, Distribution::triangular(0.8, 1, 1.6));
  EXPECT_EQ(scenario.network.links.at(1).time, 5 * 3.6e6);
  const auto& hand_over = scenario.network.hand_overs.at(1);
  EXPECT_EQ(hand_over.for_type, "box");
  EXPECT_FALSE(hand_over.is_message);
  EXPECT_EQ(hand_over.takes.distribution.least(), 4 * 60e3);
}

TEST(TinyPort, DemandIsTyped) {
  const auto scenario = bound("tiny_port").scenario;
  const auto& liners = scenario.demand.at("liners");
  EXPECT_EQ(liners.announced, Days{3});
  EXPECT_EQ(liners.arrivals.every->distribution, Distribution::gamma(12 * 3.6e6, 2));
  const auto& lots = liners.role.contains.at(0);
  EXPECT_EQ(lots.count.by, "type");
  EXPECT_EQ(lots.count.cases.at(0).then.distribution, Distribution::constant(20));
  EXPECT_EQ(lots.flow, "import");
  const auto& boxes = lots.contains.at(0);
  EXPECT_EQ(boxes.flow, "import");
  EXPECT_EQ(boxes.mode, "truck");
  const auto& inland = attribute(boxes, "inland");
  EXPECT_EQ(inland.kind, Attribute::Kind::chance);
  EXPECT_EQ(inland.chance.by, "lot.credit");
  EXPECT_EQ(inland.chance.cases.at(0).then.value, 0.4);
  EXPECT_EQ(attribute(boxes, "hurry").number.distribution, Distribution::lognormal(6000, 0.8));
  EXPECT_EQ(attribute(boxes, "teu").number.distribution,
            Distribution::empirical({1, 2}, {0.45, 0.55}));
  const auto& trains = scenario.demand.at("trains");
  EXPECT_EQ(trains.arrivals.kind, Arrivals::Kind::timetable);
  EXPECT_EQ(trains.arrivals.times.size(), 7U);
  EXPECT_EQ(trains.at, "rail");
  const auto& flights = scenario.demand.at("flights").arrivals.times;
  ASSERT_EQ(flights.size(), 11U);
  EXPECT_EQ(flights.back(), (std::pair<int, Duration>{5, hours{10}}));
}

TEST(TinyPort, ProceduresAreTyped) {
  const auto scenario = bound("tiny_port").scenario;
  const auto& call = scenario.procedures.at("call");
  EXPECT_EQ(call.find("arrive")->awaits.at(0).kind, Await::Kind::time);
  EXPECT_EQ(call.find("arrive")->awaits.at(0).subject, "self");
  EXPECT_EQ(call.find("berth")->holds.at(0), (Hold{"berth", Amount{.value = 1}, "leave", false}));
  EXPECT_EQ(call.find("work")->needs.at(0).amount.by, "type");
  const auto& lot = scenario.procedures.at("import_lot");
  EXPECT_EQ(lot.find("landed")->awaits.at(0), (Await{Await::Kind::all, "boxes", "landed", {}}));
  EXPECT_EQ(lot.find("select")->when.chance->cases.at(0).then.value, 0.0057);
  EXPECT_EQ(lot.find("inspect")->when.condition.text(), "selected");
  EXPECT_EQ(lot.find("inspect")->priority.cases.at(0).then.value, 1);
  const auto& box = scenario.procedures.at("import_box");
  EXPECT_EQ(box.find("stack")->holds.at(0).amount.attribute, "teu");
  EXPECT_EQ(box.find("mode")->choose->cases.at(0),
            (std::pair<std::string, std::string>{"true", "to_rail"}));
  EXPECT_EQ(box.find("load_out")->after, (std::vector<std::string>{"collect", "board"}));
  EXPECT_EQ(box.find("collect")->books.at(0).amount.value, 115'500);
  EXPECT_TRUE(box.find("deliver")->moves->leaves);
  EXPECT_EQ(box.find("collect")->takes->distribution.mean(), 90e3);
}

TEST(TinyPort, KpisKeepTheOrderOfTheFile) {
  const auto kpis = bound("tiny_port").scenario.kpis;
  ASSERT_EQ(kpis.size(), 9U);
  EXPECT_EQ(kpis[0].name, "import_clearance_time");
  EXPECT_EQ(kpis[0].where.text(), "lot.credit == aeo");
  EXPECT_EQ(kpis[0].by, (std::vector<std::string>{"lot.credit"}));
  EXPECT_EQ(kpis[1].kind, Kpi::Kind::share);
  EXPECT_EQ(kpis[1].over, minutes{30});
  EXPECT_EQ(kpis[2].statistic, "max");
  EXPECT_EQ(kpis[3].better, Kpi::Better::neither);
  EXPECT_EQ(kpis[5].weight, "teu");
  EXPECT_EQ(kpis[6].kind, Kpi::Kind::ledger);
}

TEST(TinyPort, DefaultsAreWrittenIntoTheTreeOnce) {
  auto [root, scenario] = bound("tiny_port");
  const Node* quay = root.find("facilities")->find("quay");
  const Node* berth = quay->find("resources")->find("berth");
  ASSERT_NE(berth->find("staffing"), nullptr);
  EXPECT_EQ(berth->find("staffing")->text, "fixed");
  EXPECT_TRUE(berth->find("staffing")->defaulted);
  EXPECT_EQ(berth->find("discipline")->text, "fifo");
  // Quotations of parameters stay, so that a measure can change the parameter.
  EXPECT_EQ(to_text(*quay->find("settings")),
            "{move_takes: {triangular: [1.5 min, $crane_time, 2.8 min]}}");
  const Node before = root;
  const auto again = bind(root);
  ASSERT_TRUE(again) << text_of(again.error().errors);
  EXPECT_EQ(to_text(root), to_text(before));
  EXPECT_EQ(again->procedures, scenario.procedures);
  EXPECT_EQ(again->facilities.at("hall").resources, scenario.facilities.at("hall").resources);
}

TEST(TinyPort, EvidenceIsCountedByTheNearestWord) {
  const auto evidence = count_evidence(bound("tiny_port").root);
  EXPECT_EQ(evidence.sourced, 1U);  // the tariff
  EXPECT_EQ(evidence.assumption, 90U);
  EXPECT_EQ(evidence.unsupported + evidence.proxy + evidence.derived, 0U);
}

}  // namespace
}  // namespace portflow::spec

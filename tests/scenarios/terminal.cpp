// What binds at Dalian's terminals and beyond: metres of quay, depth, a full yard, weather, blocks
// for dangerous goods, the borders of the trains to Europe. Each is turned by itself, and what
// hangs on it moves.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "scenarios/small_runs.hpp"

namespace portflow::scenario_test {
namespace {

using Figures = std::vector<kpi::Figure>;

double value(const Figures& figures, const std::string& name) {
  return figure(figures, name).value.value();
}

/// Ten days of containers, of which those of five count.
Figures containers(const std::vector<std::string>& settings = {}) {
  return figures("dalian/2023_week.yaml",
                 "{from: 2023-03-06, to: 2023-03-16, warm_up: 5 d, follow: 5 d, "
                 "confidence: assumption}",
                 {}, settings);
}

const Figures& as_it_is() {
  static const Figures run = containers();
  return run;
}

std::vector<std::string> at_each(const std::string& facility, const std::string& rest) {
  std::vector<std::string> settings;
  for (const char* phase : {"_1", "_2", "_3"}) {
    settings.push_back("facilities." + facility + phase + "." + rest);
  }
  return settings;
}

TEST(Quay, ShortOfMetresShipsWaitThoughPlacesAreFree) {
  const Figures narrow = containers(at_each("quay", "resources.line.servers=600"));
  EXPECT_GT(value(narrow, "berth_wait"), value(as_it_is(), "berth_wait") + 30);
  for (const char* quay : {"quay_1", "quay_2", "quay_3"}) {
    const std::string name = std::string("resource.") + quay;
    EXPECT_LT(value(narrow, name + ".berth.utilisation"), 0.7) << quay;
    EXPECT_LE(value(narrow, name + ".line.utilisation"), 1) << quay;
    EXPECT_GT(value(narrow, name + ".line.utilisation"),
              value(as_it_is(), name + ".line.utilisation"));
  }
}

TEST(Quay, DeepShipsWaitForTheDeepEndAndOthersDoNot) {
  std::vector<std::string> settings = at_each("quay", "resources.deep_line.servers=400");
  const auto with_deep = [&](const char* share) {
    std::vector<std::string> all = settings;
    all.push_back(fmt::format("demand.mainline.attributes.deep.chance={}", share));
    return containers(all);
  };
  const Figures none = with_deep("0 %");
  const Figures every = with_deep("100 %");
  EXPECT_GT(value(every, "berth_wait.mainline"), value(none, "berth_wait.mainline") + 30);
  EXPECT_LT(value(every, "berth_wait.feeder"), value(none, "berth_wait.feeder") + 5);
  EXPECT_GT(value(every, "resource.quay_2.deep_line.utilisation"), 0);
  // Feeders draw too little to ask for it, and regional ships do so in the first phase alone.
  EXPECT_EQ(value(none, "resource.quay_2.deep_line.utilisation"), 0);
}

TEST(Yard, BoxesAreShiftedWhereItIsFull) {
  const std::vector<std::string> full = at_each("yard", "resources.slot.servers=16000");
  std::vector<std::string> flat = full;
  flat.push_back("procedures.fetch.steps.load.slowed_by.slot={70 %: 1, 80 %: 1, 90 %: 1}");
  const double shifted = value(containers(full), "truck_time");
  const double unshifted = value(containers(flat), "truck_time");
  // Half of the trucks fetch a box, in 4 min each; a yard that is full by nine tenths adds 43 %.
  EXPECT_GT(shifted - unshifted, 0.25);
  EXPECT_LT(shifted - unshifted, 4 * 0.43);
  EXPECT_LT(value(as_it_is(), "truck_time"), shifted);
}

TEST(Appointments, TheFewerTheLongerBoxesStand) {
  const auto stand = [](const char* trucks) {
    const Figures run = figures(
        "dalian/demo.yaml",
        "{from: 2025-06-06, to: 2025-06-16, warm_up: 5 d, follow: 5 d, confidence: assumption}",
        {"truck_appointments"}, {std::string("parameters.truck_appointments.value=") + trucks});
    for (const char* gate : {"gate_1", "gate_2", "gate_3"}) {
      EXPECT_LE(value(run, std::string("resource.") + gate + ".appointment.utilisation"), 1);
    }
    return value(run, "import_dwell");
  };
  EXPECT_GT(stand("105"), stand("160"));
}

/// A spring of the whole port without containers and flights, as cheap as a week of them.
Figures rare(const std::vector<std::string>& settings = {}) {
  return figures("dalian/rare_year.yaml",
                 "{from: 2025-03-01, to: 2025-08-01, warm_up: 14 d, follow: 28 d, "
                 "confidence: assumption}",
                 {}, settings);
}

const Figures& rare_as_it_is() {
  static const Figures run = rare();
  return run;
}

TEST(DangerousGoods, WaitForTheBlockOfTheirClass) {
  const Figures few = rare({"facilities.dg_block_9.resources.slot.servers=200"});
  EXPECT_GT(value(few, "dg_yard_wait.class_9"), value(rare_as_it_is(), "dg_yard_wait.class_9") + 1);
  for (const char* other : {"dg_yard_wait.flammable", "dg_yard_wait.corrosive"}) {
    EXPECT_EQ(figure(few, other), figure(rare_as_it_is(), other)) << other;
  }
  for (const char* block : {"flammable", "corrosive", "9"}) {
    const std::string name = std::string("resource.dg_block_") + block + ".slot.utilisation";
    EXPECT_GT(value(rare_as_it_is(), name), 0.6) << name;
    EXPECT_LT(value(rare_as_it_is(), name), 0.9) << name;
  }
}

/// Ten days of the whole port, of which the boxes of five count.
Figures whole(const std::vector<std::string>& settings = {}) {
  return figures("dalian/2023.yaml",
                 "{from: 2023-03-06, to: 2023-03-16, warm_up: 5 d, follow: 8 d, "
                 "confidence: assumption}",
                 {}, settings);
}

TEST(ExportTrains, HavePlacesAndShareTheCranesOfTheCentre) {
  const Figures as_they_are = whole();
  const Figures short_trains =
      whole({"demand.from_shenyang.attributes.capacity.number.constant=40 TEU"});
  EXPECT_GT(value(short_trains, "export_train_wait"), value(as_they_are, "export_train_wait") + 1);
  const Figures few_cranes = whole({"facilities.rail_centre.resources.crane.servers=3"});
  EXPECT_EQ(figure(few_cranes, "export_train_wait"), figure(as_they_are, "export_train_wait"));
  EXPECT_GT(value(few_cranes, "export_unloading_time"),
            value(as_they_are, "export_unloading_time"));
}

TEST(EuropeRail, EveryTrainTakesOneOfThreeBorders) {
  const Figures& run = rare_as_it_is();
  const double all = value(run, "europe_trains_by_border");
  double sum = 0;
  for (const char* border : {"manzhouli", "suifenhe", "erenhot"}) {
    const double trains = value(run, std::string("europe_trains_by_border.") + border);
    EXPECT_GT(trains, 0) << border;
    sum += trains;
    EXPECT_NEAR(value(run, std::string("europe_border_time.") + border), 36, 12) << border;
  }
  EXPECT_EQ(sum, all);
  EXPECT_GT(value(run, "europe_trains_by_border.manzhouli"), 0.6 * all);
}

TEST(Line, HasPathsForAllAndMakesThemWaitWhereItHasFew) {
  const Figures few = rare({"facilities.line_out.resources.path.servers=14",
                            "facilities.line_in.resources.path.servers=14"});
  for (const char* way : {"resource.line_out.path.wait", "resource.line_in.path.wait"}) {
    EXPECT_EQ(value(rare_as_it_is(), way), 0) << way;
    EXPECT_GT(value(few, way), 60) << way;
  }
  EXPECT_EQ(value(rare_as_it_is(), "path_wait"), 0);
  EXPECT_GT(value(few, "path_wait"), 0.1);
  EXPECT_EQ(value(few, "trains"), value(rare_as_it_is(), "trains"));
}

TEST(Weather, ShutsTheChannelForShipsAlone) {
  const Figures fair = rare({"calendars.harbour.weather.fog.every={constant: 9000 d}",
                             "calendars.harbour.weather.gale.every={constant: 9000 d}"});
  for (const char* ship : {"cause.grain_call.closed", "cause.car_call.closed"}) {
    EXPECT_EQ(value(fair, ship), 0) << ship;
    EXPECT_GT(value(rare_as_it_is(), ship), 0) << ship;
  }
  for (const char* other : {"dg_admission_time", "europe_border_time", "parcel_release_time"}) {
    EXPECT_EQ(figure(fair, other), figure(rare_as_it_is(), other)) << other;
  }
}

}  // namespace
}  // namespace portflow::scenario_test

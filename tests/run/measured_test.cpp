// What an attribute measures, followed from the declaration through conditions and sums.
#include <map>

#include "run/support.hpp"

namespace portflow::run_test {
namespace {

/// Lots of 900 CNY that stay for 90 min, seen `when`; trains of `capacity` and `destination`.
struct Port {
  std::string when{"true"};
  std::string capacity{"{number: 78 TEU, unit: TEU}"};
  std::string destination{"{is: inland}"};

  [[nodiscard]] std::string text() const {
    return R"(portflow: 1
name: measured
horizon: {from: 2024-01-01, to: 2024-01-02, follow: 1 d}
confidence: assumption
facilities:
  rail: {kind: rail_terminal, resources: {crane: {servers: 1}}, settings: {lift_takes: 2 min}}
demand:
  lots:
    creates: lot
    arrivals: {every: 2 h}
    procedure: call
    attributes: {worth: {number: 900 CNY, unit: CNY}, stay: {number: 90 min, unit: min}}
  trains:
    creates: train
    arrivals: {timetable: {daily: ["20:00"]}}
    procedure: leave
    attributes: {capacity: )" +
           capacity + ", destination: " + destination + R"(}
procedures:
  call: {for: lot, steps: {look: {at: rail, when: )" +
           when + R"(, takes: 1 min, marks: seen}}}
  leave: {for: train, steps: {load: {at: rail, does: load_train}}}
kpis:
  lots: {count: {of: lot}, unit: "1", better: neither}
  seen: {count: {of: lot, marked: seen}, unit: "1", better: neither}
  dear: {count: {of: lot, where: worth >= 900 CNY}, unit: "1", better: neither}
  value: {count: {of: lot, weight: worth}, unit: CNY, better: neither}
)";
  }
};

/// A folder of the running test's own.
std::string folder() {
  return std::string{"measured-"} + testing::UnitTest::GetInstance()->current_test_info()->name();
}

run::Request request(const Scratch& scratch, const Port& port) {
  run::Request result;
  result.scenario = scratch.write("port.yaml", port.text());
  return result;
}

std::map<std::string, double> figures(const Port& port) {
  const Scratch scratch{folder()};
  const auto prepared = run_test::prepare(request(scratch, port));
  if (prepared == nullptr) return {};
  std::map<std::string, double> values;
  for (const auto& figure : run_one(*prepared).results.figures) {
    if (figure.value) values[figure.name] = *figure.value;
  }
  return values;
}

TEST(Measured, ConditionsCompareInTheUnitThatIsWritten) {
  for (const auto& [when, seen] : std::vector<std::pair<std::string, bool>>{
           {"worth > 899 CNY and worth < 901 CNY", true},
           {"worth > 1000 CNY", false},
           {"stay == 1.5 h", true},
           {"stay > 5400 s", false},
           {"stay > 0.1 d", false},
       }) {
    auto values = figures({.when = when});
    EXPECT_GT(values["lots"], 5) << when;
    EXPECT_EQ(values["seen"], seen ? values["lots"] : 0) << when;
  }
}

TEST(Measured, SumsAreInTheUnitOfTheKpi) {
  auto values = figures({});
  EXPECT_EQ(values["dear"], values["lots"]);
  EXPECT_DOUBLE_EQ(values["value"], 900 * values["lots"]);
}

TEST(Measured, ColumnsBearTheUnitOfTheirValues) {
  const Scratch scratch{folder()};
  const auto prepared = run_test::prepare(request(scratch, {}));
  ASSERT_NE(prepared, nullptr);
  std::string units;
  for (const auto& role : prepared->schema(0).roles) {
    for (const auto& one : role.attributes) units += one.name + ":" + one.unit + " ";
  }
  EXPECT_EQ(units, "stay:ms worth:fen capacity:TEU destination: ");
}

TEST(Measured, FacilitiesReadWhatTheySay) {
  const auto refusal = [](const Port& port) {
    const Scratch scratch{folder()};
    const auto asked = request(scratch, port);
    const auto prepared = run::prepare(asked);
    if (prepared) return std::string{"none"};
    std::string text = text_of(prepared.error());
    for (std::size_t at; (at = text.find(asked.scenario)) != std::string::npos;) {
      text.replace(at, asked.scenario.size(), "FILE");
    }
    return text;
  };
  EXPECT_EQ(refusal({}), "none");
  EXPECT_EQ(
      refusal({.capacity = "{number: 900 t, unit: t}"}),
      "FILE:20:37: leave.load.does: 'load_train' reads 'capacity', which is measured in t for "
      "trains; expected a volume (TEU)\n");
  EXPECT_EQ(refusal({.capacity = "{chance: 5 %}", .destination = "{number: 3}"}),
            "FILE:20:37: leave.load.does: 'load_train' reads 'destination', which is a number "
            "without a unit for trains; expected a category\n"
            "FILE:20:37: leave.load.does: 'load_train' reads 'capacity', which is yes or no for "
            "trains; expected a volume (TEU)\n");
}

}  // namespace
}  // namespace portflow::run_test

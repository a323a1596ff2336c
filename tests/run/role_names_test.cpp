// A KPI asks for a role by the name that the scenario gives it, wherever the role stands.
#include <fmt/format.h>

#include "run/run.hpp"
#include "run/support.hpp"

namespace portflow::run_test {
namespace {

/// `name value` of the KPIs of the file, after two days with a flight an hour.
std::vector<std::string> counted(const std::string& kpis) {
  const Scratch scratch("role_names");
  const std::string port = R"(portflow: 1
name: kpis
horizon: {from: 2024-01-01, to: 2024-01-03}
confidence: assumption
facilities: {hall: {kind: station}}
demand:
  flights: {creates: flight, arrivals: {every: 1 h}, procedure: land, contains: {passengers: {creates: passenger, count: 9, procedure: cross}}}
procedures:
  land: {for: flight, steps: {land: {at: hall}}}
  cross: {for: passenger, steps: {cross: {at: hall, takes: 1 min}}}
kpis:
)";
  run::Request request;
  request.scenario = scratch.write("port.yaml", port + kpis);
  const auto prepared = run_test::prepare(request);
  std::vector<std::string> lines;
  if (prepared == nullptr) return lines;
  for (const kpi::Figure& figure : run_one(*prepared).results.figures) {
    if (figure.kind != "count") continue;
    lines.push_back(fmt::format("{} {}", figure.name, figure.value.value_or(-1)));
  }
  return lines;
}

TEST(RoleNames, AreThoseOfTheScenario) {
  const std::string kpi =
      R"(  crossing: {count: {of: passenger, where: role == passengers}, by: [role], unit: "1", better: higher}
)";
  const auto figures = counted(kpi);
  ASSERT_EQ(figures.size(), 2u);
  EXPECT_EQ(figures[0], "crossing 423");  // 47 flights of 9
  EXPECT_EQ(figures[1], "crossing.passengers 423");
}

TEST(RoleNames, OfAnotherTypeAreNeverThoseOfThisOne) {
  EXPECT_EQ(counted("  none: {count: {of: passenger, where: role == flights}, unit: \"1\", better: "
                    "higher}\n")[0],
            "none 0");
}

}  // namespace
}  // namespace portflow::run_test

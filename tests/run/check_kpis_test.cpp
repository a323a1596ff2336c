// A KPI that no entity can answer is refused before anything runs, with its place in the file.
#include "run/run.hpp"
#include "run/support.hpp"

namespace portflow::run_test {
namespace {

std::string refusal(const std::string& kpis) {
  const Scratch scratch("check_kpis");
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
  const auto prepared = run::prepare(request);
  std::string text;
  if (prepared) return text;
  for (const Error& error : prepared.error().errors) {
    text += std::to_string(error.place.line) + ": " + error.path + ": " + error.message + "\n";
  }
  return text;
}

TEST(CheckKpis, RefusesWhatNoEntityAnswersWithEachPlace) {
  EXPECT_EQ(
      refusal(R"(  good: {count: {of: passenger}, unit: "1", better: higher}
  bad: {count: {of: passenger, where: role == passengers}, unit: "1", better: higher}
  worse: {count: {of: flight, where: role == ships}, unit: "1", better: higher}
)"),
      "13: kpis.bad: no passenger can be asked `role == passengers`: `role` is never "
      "`passengers`; it is flights or flights/passengers\n"
      "14: kpis.worse: no flight can be asked `role == ships`: `role` is never `ships`; it is "
      "flights or flights/passengers\n");
}

TEST(CheckKpis, TakesWhatSomeEntityAnswers) {
  EXPECT_EQ(refusal("  good: {count: {of: passenger}, unit: \"1\", better: higher}\n"), "");
}

}  // namespace
}  // namespace portflow::run_test

// Calibrations whose answers are known, and what is written of them.
#include "analysis/calibration/calibrate.hpp"

#include <gmock/gmock.h>

#include <filesystem>

#include "run/support.hpp"

namespace portflow::calibration {
namespace {

namespace fs = std::filesystem;
using run_test::Scratch;
using testing::HasSubstr;

Calibration calibrated(const std::string& file, unsigned threads = 1) {
  auto problem = read_problem(file);
  EXPECT_TRUE(problem) << run_test::text_of(problem.error());
  CalibrateOptions options;
  options.threads = threads;
  auto result = calibrate(std::move(*problem), options);
  EXPECT_TRUE(result) << run_test::text_of(result.error());
  return std::move(*result);
}

double number(const std::string& text) {
  return std::stod(text);
}

const std::string head = "portflow: 1\nname: found\nscenario: " PORTFLOW_SOURCE_DIR
                         "/tests/oracle/mm1.yaml\n"
                         "horizon: {from: 2024-01-01, to: 2024-01-15, warm_up: 1 d, follow: 1 d}\n"
                         "replications: 4\n";

/// M/M/1 with gaps of 10 s: services of s wait s^2 / (10 - s), so that 49 / 3 s mean s = 7 s.
TEST(Calibrate, FindsTheServiceTimeOfAQueueFromItsWait) {
  const Scratch scratch("calibrate");
  const std::string file = scratch.write(
      "known.yaml",
      head +
          "parameters:\n"
          "  service: {set: procedures.visit.steps.serve.takes.exponential, bounds: [3 s, 9 s], "
          "start: 4 s}\n"
          "targets:\n"
          "  wait: {of: resource.shop.server.wait, unit: s, wanted: 16.333 s, tolerance: 0.02 "
          "s}\n");
  const Calibration result = calibrated(file);
  EXPECT_EQ(result.ending, Ending::within_tolerance);
  EXPECT_NEAR(number(result.after.values[0]), 7, 0.07);
  EXPECT_EQ(result.before.values[0], "4 s");
  EXPECT_NEAR(*result.before.figures[0], 16.0 / 6, 0.2);
}

TEST(Calibrate, TellsTwoParametersApart) {
  const Scratch scratch("calibrate");
  const std::string file = scratch.write(
      "two.yaml",
      head +
          "evaluations: 120\n"
          "parameters:\n"
          "  service: {scale: procedures.visit.steps.serve.takes, bounds: [0.3, 1.1], start: 0.4}\n"
          "  gap: {set: demand.customers.arrivals.every.exponential, bounds: [9 s, 20 s], "
          "start: 18 s}\n"
          "targets:\n"
          "  busy: {of: resource.shop.server.utilisation, unit: \"1\", wanted: 0.5, tolerance: "
          "0.005}\n"
          "  wait: {of: resource.shop.server.wait, unit: s, wanted: 6 s, tolerance: 0.06 s}\n");
  const Calibration result = calibrated(file);
  EXPECT_EQ(result.ending, Ending::within_tolerance);
  EXPECT_NEAR(8 * number(result.after.values[0]), 6, 0.15) << "half busy and 6 s of wait: 6 s each";
  EXPECT_NEAR(number(result.after.values[1]), 12, 0.3);
}

TEST(Calibrate, GivesTheSameOnAnyNumberOfThreads) {
  const std::string file = run_test::scenario("small/calibration/one_berth.yaml");
  const Calibration one = calibrated(file, 1);
  const Calibration three = calibrated(file, 3);
  EXPECT_EQ(one.trials, three.trials);
  EXPECT_EQ(one.after.values, three.after.values);
  EXPECT_EQ(one.after.figures, three.after.figures);
}

TEST(Calibrate, SaysWhenTheBudgetWasTooSmall) {
  const Scratch scratch("calibrate");
  const std::string file = scratch.write(
      "short.yaml",
      head +
          "evaluations: 3\n"
          "parameters:\n"
          "  service: {set: procedures.visit.steps.serve.takes.exponential, bounds: [3 s, 9 s], "
          "start: 4 s}\n"
          "targets:\n"
          "  wait: {of: resource.shop.server.wait, unit: s, wanted: 16.333 s, tolerance: 0.001 "
          "s}\n");
  const Calibration result = calibrated(file);
  EXPECT_EQ(result.ending, Ending::budget);
  EXPECT_EQ(result.trials, 3u);
  EXPECT_THAT(ending_text(result), HasSubstr("the budget is spent"));
}

/// The overlay that lies beside the file is what the file gives, and gives what it says.
TEST(Calibrate, WritesTheOverlayThatIsKept) {
  const fs::path before = fs::current_path();
  fs::current_path(PORTFLOW_SOURCE_DIR);
  const Calibration result = calibrated("scenarios/small/calibration/one_berth.yaml", 2);
  const std::string text = overlay_text(result.problem, result.fields, ending_text(result));
  std::ifstream stream{result.problem.overlay};
  const std::string kept{std::istreambuf_iterator<char>{stream}, {}};
  fs::current_path(before);
  EXPECT_EQ(text, kept) << "run `portflow calibrate scenarios/small/calibration/one_berth.yaml`";

  run::Request request;
  request.scenario = run_test::scenario("small/calibration/one_berth_found.yaml");
  const auto prepared = run_test::prepare(request);
  EXPECT_EQ(prepared->evidence().derived, 1u);
  analysis::RunMany many;
  many.replications = result.problem.replications;
  const auto runs = analysis::replicate(*prepared, many);
  ASSERT_TRUE(runs);
  double sum = 0;
  for (const auto& run : *runs) sum += *kpi::find(run.results.figures, "berth_wait")->value;
  EXPECT_EQ(sum / result.problem.replications, *result.after.figures[0]);
}

/// A list is replaced whole, a stretched distribution bears its own label, quoted numbers theirs.
TEST(Overlay, LabelsWhatWasFound) {
  const Scratch scratch("overlay");
  const std::string file = scratch.write(
      "forms.yaml",
      "portflow: 1\nname: found\nscenario: " PORTFLOW_SOURCE_DIR
      "/tests/calibration/port.yaml\n"
      "parameters:\n"
      "  berths: {set: parameters.berths.value, bounds: [1, 4], whole: true}\n"
      "  longest: {set: procedures.call.steps.lift.takes.triangular.2, bounds: [12 min, 30 min]}\n"
      "  moor: {scale: procedures.call.steps.moor.takes, bounds: [0.5, 2]}\n"
      "targets:\n  wait: {tolerance: 1 min}\n"
      "overlay: {file: out.yaml, extends: port.yaml}\n");
  auto problem = read_problem(file);
  ASSERT_TRUE(problem) << run_test::text_of(problem.error());
  const std::vector<std::string> values{problem->parameters[0].text_of(1.6),
                                        problem->parameters[1].text_of(20),
                                        problem->parameters[2].text_of(1.25)};
  EXPECT_EQ(values[0], "2");
  const auto fields = turned(*problem, values);
  ASSERT_TRUE(fields);
  EXPECT_THAT(overlay_text(*problem, *fields, "by hand"),
              HasSubstr("parameters:\n"
                        "  berths:\n"
                        "    value: 2\n"
                        "    source: calibration\n"
                        "    confidence: derived\n"
                        "procedures:\n"
                        "  call:\n"
                        "    steps:\n"
                        "      lift:\n"
                        "        takes:\n"
                        "          triangular: [5 min, 10 min, 20 min]\n"
                        "          source: calibration\n"
                        "          confidence: derived\n"
                        "      moor:\n"
                        "        takes: {exponential: 8 min, times: 1.25, source: calibration, "
                        "confidence: derived}\n"));
}

}  // namespace
}  // namespace portflow::calibration

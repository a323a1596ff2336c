#include "report/pages.hpp"

#include <gtest/gtest.h>

#include "analysis/calibration/unmeasured.hpp"
#include "analysis/report_arms.hpp"

namespace portflow::report_test {
namespace {

const std::string demo = PORTFLOW_SOURCE_DIR "/scenarios/dalian/demo.yaml";

run::Request request(const std::vector<std::string>& measures) {
  run::Request wanted;
  wanted.scenario = demo;
  wanted.measures = measures;
  // Three days beyond the warm-up, and what was born in them followed for as long as it takes.
  wanted.settings = {"horizon.to=2025-06-15", "horizon.follow=7 d"};
  return wanted;
}

std::shared_ptr<const run::Prepared> prepared(const std::vector<std::string>& measures) {
  auto made = run::prepare(request(measures));
  EXPECT_TRUE(made) << made.error().errors.front().text();
  return std::move(*made);
}

std::vector<analysis::WeakNumber> numbers() {
  auto found = calibration::unmeasured(demo);
  EXPECT_TRUE(found);
  return std::move(*found);
}

analysis::Comparison make_comparison() {
  const auto base = prepared({}), policy = prepared({"m03", "m04", "m07.a"});
  analysis::CompareOptions options;
  options.replications = options.threads = 2;
  options.anatomy = true;
  auto made = analysis::compare(*base, *policy, options);
  EXPECT_TRUE(made);
  made->weakest = analysis::weakest_by_time(numbers(), analysis::arms_of(*made).policy);
  made->command = "portflow compare scenarios/dalian/demo.yaml --with m03,m04,m07.a";
  return std::move(*made);
}

analysis::Portrait make_portrait() {
  const auto arm = prepared({"m07.a"});
  analysis::RunMany options;
  options.replications = options.threads = 2;
  options.insight = true;
  auto made = analysis::run_experiment(*arm, options);
  EXPECT_TRUE(made);
  analysis::Portrait portrait = analysis::portrait_of(*arm, std::move(*made));
  portrait.weakest = analysis::weakest_by_time(numbers(), analysis::arms_of(portrait).base);
  portrait.command = "portflow run scenarios/dalian/demo.yaml --with m07.a --report report.html";
  return portrait;
}

}  // namespace

const analysis::Comparison& comparison() {
  static const analysis::Comparison made = make_comparison();
  return made;
}

const analysis::Portrait& portrait() {
  static const analysis::Portrait made = make_portrait();
  return made;
}

}  // namespace portflow::report_test

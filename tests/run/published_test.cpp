// A published figure is looked up among the KPIs that a run will have, when the scenario is read.
#include <gmock/gmock.h>

#include "run/support.hpp"

namespace portflow {
namespace {

using run_test::Scratch;
using run_test::text_of;

std::string with_rows(const std::string& rows) {
  return "portflow: 1\nextends: " + run_test::scenario("small/one_berth.yaml") +
         "\nsources: {report: {title: a report}}\npublished:\n" + rows;
}

std::string complaints(const std::string& rows) {
  const Scratch scratch("published");
  run::Request request;
  request.scenario = scratch.write("port.yaml", with_rows(rows));
  const auto prepared = run::prepare(request);
  if (prepared) return {};
  std::string text = text_of(prepared.error());
  for (auto at = text.find(request.scenario); at != std::string::npos;
       at = text.find(request.scenario)) {
    text.replace(at, request.scenario.size(), "port.yaml");
  }
  return text;
}

TEST(Published, ReadsKpisAndWhatEveryResourceAndProcedureGives) {
  EXPECT_EQ(complaints("  a: {of: berth_wait, unit: h, at_least: 1 h, how: set, source: report}\n"
                       "  b: {of: 100 * resource.quay.berth.utilisation + p95(time_in_port), "
                       "unit: nonsense, at_least: 1, how: set, source: report}\n"
                       "  c: {of: count(procedure.call.time), per: year, unit: \"1\", at_least: 1, "
                       "how: set, source: report}\n"),
            "");
}

TEST(Published, OfAKpiThatIsNotThereIsRefused) {
  EXPECT_EQ(
      complaints("  a: {of: bert_wait, unit: h, at_least: 1 h, how: set, source: report}\n"
                 "  b: {of: 2 * time_in_prot, unit: h, at_least: 1 h, how: set, source: report}\n"),
      "port.yaml:5:11: published.a.of: the scenario has no KPI `bert_wait`, did you mean "
      "`berth_wait`?\n"
      "port.yaml:6:11: published.b.of: the scenario has no KPI `time_in_prot`, did you mean "
      "`time_in_port`?\n");
}

TEST(Published, OfMarksReadsATypeAndAMark) {
  EXPECT_EQ(complaints("  a: {of: gap_order(ship.moored), unit: \"1\", at_least: 1, how: set, "
                       "source: report}\n"),
            "");
  EXPECT_EQ(complaints("  a: {of: gap_order(sheep.moored), unit: \"1\", at_least: 1, how: set, "
                       "source: report}\n"
                       "  b: {of: busiest_day(ship.mored), unit: \"1\", at_least: 1, how: set, "
                       "source: report}\n"),
            "port.yaml:5:11: published.a.of: the scenario has no type of entity `sheep`\n"
            "port.yaml:6:11: published.b.of: the scenario has no mark `mored`, did you mean "
            "`moored`?\n");
}

TEST(Published, InAnotherUnitIsRefused) {
  EXPECT_EQ(
      complaints("  a: {of: berth_wait, unit: min, at_least: 1 min, how: set, source: report}\n"),
      "port.yaml:5:11: published.a.of: `berth_wait` is measured in `h`, not in `min`\n");
}

TEST(Published, IsNoEvidenceOfTheScenario) {
  const Scratch scratch("published");
  run::Request bare, held;
  bare.scenario = run_test::scenario("small/one_berth.yaml");
  held.scenario =
      scratch.write("port.yaml", with_rows("  a: {of: berth_wait, unit: h, value: 32 h, "
                                           "range: [30 h, 34 h], how: result, "
                                           "source: report}\n"));
  const auto a = run_test::prepare(bare);
  const auto b = run_test::prepare(held);
  EXPECT_EQ(a->evidence().sourced, b->evidence().sourced);
  EXPECT_EQ(a->evidence().assumption, b->evidence().assumption);
}

}  // namespace
}  // namespace portflow

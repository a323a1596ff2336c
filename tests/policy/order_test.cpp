// The result depends on the set of measures alone, never on their order.
#include <algorithm>
#include <numeric>
#include <random>

#include "core/fingerprint.hpp"
#include "policy/idle.hpp"
#include "policy/port.hpp"
#include "policy/same.hpp"
#include "run/measures.hpp"
#include "run/run.hpp"

namespace portflow::policy_test {
namespace {

using policy::Compiled;
using policy::Measure;

/// Compiles every permutation; all must agree, be it on a result or on the complaints.
/// \returns whether the set compiles.
bool same_in_every_order(const spec::Node& port, const std::vector<Measure>& measures) {
  std::vector<std::size_t> order(measures.size());
  std::iota(order.begin(), order.end(), 0u);
  const auto expected = policy::compile(port, measures);
  do {
    std::vector<Measure> permuted;
    permuted.reserve(order.size());
    for (const std::size_t index : order) permuted.push_back(measures[index]);
    const auto result = policy::compile(port, permuted);
    EXPECT_EQ(result.has_value(), expected.has_value());
    if (!result || !expected) {
      const std::string said = result ? "" : text_of(result.error());
      EXPECT_EQ(said, expected ? "" : text_of(expected.error()));
    } else {
      expect_same(*result, *expected);
    }
  } while (std::ranges::next_permutation(order).found);
  return expected.has_value();
}

TEST(Order, OfFiveKindsOfEditOnOneFieldDoesNotMatter) {
  const std::string takes = "procedures.call.steps.*.takes.exponential, ";
  const std::string work = "procedures.call.steps.work.takes.exponential, ";
  EXPECT_TRUE(same_in_every_order(
      tree(port_text, "port.yaml"),
      {effect("e", work + "scale: 0.7"), effect("d", work + "scale: 1.3", "starts: 2024-01-05\n"),
       effect("c", work + "add: 17 min"), effect("b", takes + "at_most: 6.1 h"),
       effect("a", work + "set: 9 h", "ends: 2024-01-20\n")}));
}

TEST(Order, OfAdoptionsAndInsertionsDoesNotMatter) {
  EXPECT_TRUE(same_in_every_order(
      tree(port_text, "port.yaml"),
      {measure("d",
               "adoption: {by: ship, share: 30 %}\neffects:\n"
               "  - {edit: procedures.call.steps.leave.takes, scale: 0.5}\n"),
       effect("c", "procedures.call.steps, insert: {pay: {at: gate, after: arrive, takes: 5 min}}"),
       measure("b",
               "starts: 2024-01-09\nadoption: {by: ship, where: credit == aeo, share: 60 %}\n"
               "effects:\n  - {edit: procedures.call.steps.leave.after, include: look}\n"),
       effect("a", "procedures.call.steps.leave.takes, add: 3 min", "starts: 2024-01-15\n")}));
}

/// Sets of four drawn from edits that partly exclude each other.
TEST(Order, DoesNotMatterForRandomSetsEvenWhereTheyAreRefused) {
  const std::vector<std::string> edits{
      "facilities.quay.resources.berth.servers, set: 6",
      "facilities.quay.resources.berth.servers, set: 7",
      "facilities.quay.resources.berth.servers, scale: 2",
      "facilities.quay.resources.berth.servers, add: -1",
      "facilities.quay.resources.berth.servers, at_least: 8",
      "facilities.quay.resources.berth.servers, at_most: 5",
      "procedures.call.steps.work.after, set: [look]",
      "procedures.call.steps.work.after, exclude: look",
      "procedures.call.steps.work.after, include: look",
      "procedures.call.steps.leave.after, include: arrive",
      "procedures.call.steps.look, set: {at: quay, after: arrive, takes: 5 min}",
      "procedures.call.steps.look.takes, set: 5 min",
      "procedures.call.steps, insert: {pay: {at: gate, after: arrive, takes: 5 min}}",
      "procedures.call.steps, insert: {pay: {at: gate, after: arrive, takes: 6 min}}",
      "procedures.call.steps.leave.takes, scale: 0.3",
      "procedures.call.steps.leave.takes, add: 20 t",
      "demand.ships.extra, set: 10 %",
      "demand.ships.attributes.credit.choice.aeo, scale: 1.1",
      "parameters.pace.value, scale: 3"};
  const std::vector<std::string> dates{"", "starts: 2024-01-10\n", "ends: 2024-01-20\n",
                                       "starts: 2024-05-01\n"};
  const spec::Node port = tree(port_text, "port.yaml");
  std::mt19937 random(20240531);  // its sequence is fixed by the standard
  int good = 0;
  int bad = 0;
  for (int round = 0; round < 60; ++round) {
    std::vector<Measure> measures;
    for (const char* id : {"a", "b", "c", "d"}) {
      measures.push_back(
          effect(id, edits[random() % edits.size()], dates[random() % dates.size()]));
    }
    (same_in_every_order(port, measures) ? good : bad) += 1;
    if (HasFailure()) break;
  }
  EXPECT_GT(good, 10) << "too few sets compile to say much";
  EXPECT_GT(bad, 10);
}

class Dalian : public testing::TestWithParam<const char*> {
 protected:
  std::string scenario() const {
    return std::string(PORTFLOW_SOURCE_DIR "/scenarios/dalian/") + GetParam();
  }
};

TEST_P(Dalian, TakesEachOfTheFirstMeasuresAlone) {
  auto port = io::load(scenario());
  ASSERT_TRUE(port);
  for (const char* id : {"m03", "m04", "m07.a"}) {
    const auto measures = run::load_measures(scenario(), {id});
    ASSERT_TRUE(measures) << text_of(measures.error());
    const auto result = policy::compile(port->root, *measures);
    ASSERT_TRUE(result) << id << ": " << text_of(result.error());
    EXPECT_FALSE(result->changes.empty()) << id;
    EXPECT_EQ(result->adoptions.size(), id == std::string("m04") ? 1u : 0u);
    // Each starts on 1 June 2024: after all of 2023, before the demonstration of June 2025.
    const bool in_time = GetParam() == std::string("demo.yaml");
    const spec::Horizon& horizon = result->epochs[0].scenario.horizon;
    EXPECT_EQ(policy::idle(*measures, horizon.from, horizon.until()).empty(), in_time) << id;
    EXPECT_EQ(result->epochs.size(), 1u) << id;
    const auto plain = policy::compile(port->root, {});
    ASSERT_TRUE(plain);
    if (id == std::string("m03")) {
      EXPECT_EQ(result->epochs[0].scenario.procedures == plain->epochs[0].scenario.procedures,
                !in_time);
    }
  }
}

TEST_P(Dalian, TakesTheFirstMeasuresInAnyOrder) {
  auto port = io::load(scenario());
  ASSERT_TRUE(port);
  const auto measures = run::load_measures(scenario(), {"m03", "m04", "m07.a"});
  ASSERT_TRUE(measures) << text_of(measures.error());
  EXPECT_TRUE(same_in_every_order(port->root, *measures));
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Dalian, testing::Values("2023.yaml", "demo.yaml"));

TEST(FirstMeasures, SayWhatTheyChange) {
  const std::string scenario = PORTFLOW_SOURCE_DIR "/scenarios/dalian/demo.yaml";
  auto port = io::load(scenario);
  ASSERT_TRUE(port);
  const auto measures = run::load_measures(scenario, {"m07.a", "m03"});
  ASSERT_TRUE(measures);
  const auto result = policy::compile(port->root, *measures);
  ASSERT_TRUE(result);
  std::vector<std::string> lines;
  for (const auto& change : result->changes) {
    lines.push_back(change.part + " " + change.path + ": " + change.before + " -> " + change.after);
  }
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(lines[0], "m03 procedures.export_lot.steps.sample.when.chance.no.aeo: 5 % -> 3 %");
  EXPECT_EQ(lines[1], "m03 procedures.import_lot.steps.sample.when.chance.no.aeo: 5 % -> 3 %");
  EXPECT_EQ(lines[2], "m07.a parameters.lanes_open_at.value: 15 min -> 10 min");
}

/// A measure that begins after the run ends is as good as none: the same bytes come out.
TEST(LaterMeasure, ChangesNoFingerprint) {
  const auto fingerprint = [](const std::vector<std::string>& measures) {
    run::Request request;
    request.scenario = PORTFLOW_SOURCE_DIR "/scenarios/small/tiny_port.yaml";
    request.measures = measures;
    const auto prepared = run::prepare(request);
    if (!prepared) {
      ADD_FAILURE() << text_of(prepared.error());
      return std::string{};
    }
    const auto outcome = run::simulate(**prepared, {}, {});
    return outcome ? to_hex(outcome->fingerprint) : text_of(outcome.error());
  };
  const std::string folder = PORTFLOW_SOURCE_DIR "/tests/policy/";
  const std::string plain = fingerprint({});
  EXPECT_EQ(fingerprint({folder + "later.yaml"}), plain);
  EXPECT_EQ(fingerprint({folder + "later_adopted.yaml"}), plain);
  EXPECT_NE(fingerprint({folder + "now_adopted.yaml"}), plain);
}

}  // namespace
}  // namespace portflow::policy_test

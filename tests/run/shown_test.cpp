// What `portflow check` says of a measure beyond its form: it compiles where it is shown.
#include <gmock/gmock.h>

#include "run/inspect.hpp"
#include "run/support.hpp"

namespace portflow::run_test {
namespace {

using testing::HasSubstr;

constexpr const char* port = R"(portflow: 1
name: shown
horizon: {from: 2024-01-01, to: 2024-01-05, follow: 2 d}
confidence: assumption
facilities: {yard: {kind: station, resources: {crane: {servers: 2}}}}
demand:
  lorries:
    creates: lorry
    arrivals: {every: {exponential: 30 min}}
    procedure: load
    attributes: {size: {choice: {small: 40 %, large: 60 %}}}
procedures:
  load: {for: lorry, steps: {load: {at: yard, needs: crane, takes: {exponential: 40 min}, marks: loaded}}}
kpis:
  time: {span: {of: lorry, from: created, to: loaded}, unit: min, better: lower, by: [size]}
)";

class WhereShown : public testing::Test {
 protected:
  /// What `check` says of a measure with these lines besides id and title; empty if it is good.
  std::string said(const std::string& lines) {
    EXPECT_FALSE(scratch_.write("port.yaml", port).empty());
    std::string text{"id: more\ntitle: {zh: 多, en: More}\n"};
    text += lines;
    const auto file = scratch_.write("more.yaml", text);
    const auto seen = run::inspect(file);
    return seen ? "" : text_of(seen.error());
  }

  const std::string crane_{
      "effects: [{edit: facilities.yard.resources.crane.servers, was: 2, set: 3}]\n"};
  Scratch scratch_{"shown-" +
                   std::string{testing::UnitTest::GetInstance()->current_test_info()->name()}};
};

TEST_F(WhereShown, IsGoodWithKpisGroupsAndLevelsOfTheScenario) {
  EXPECT_EQ(said(crane_ + "shown: [{on: port.yaml}]\nexpect: {time: down, time.large: down}\n"
                          "unchanged: [resource.yard.crane.wait]\n"),
            "");
  // Without `shown` there is nothing to hold it against.
  EXPECT_EQ(said(crane_ + "expect: {tiem: down}\n"), "");
}

TEST_F(WhereShown, NamesEachKpiThatIsNotThereAndTheNearest) {
  const std::string text = said(crane_ +
                                "shown: [{on: port.yaml}]\nexpect: {tiem: down}\n"
                                "unchanged: [time, time.lagre]\n");
  EXPECT_THAT(text, HasSubstr("more.yaml:5:10: expect.tiem: no scenario of `shown` has a KPI "
                              "`tiem`, did you mean `time`?"));
  EXPECT_THAT(text, HasSubstr("more.yaml:6:19: unchanged: no scenario of `shown` has a KPI "
                              "`time.lagre`, did you mean `time.large`?"));
}

TEST_F(WhereShown, TakesThePartsThatAreOnThere) {
  const std::string parts =
      "parts:\n  crane: {" + crane_.substr(0, crane_.size() - 1) + "}\n" +
      "  ship: {effects: [{edit: facilities.quay.resources.berth.servers, set: 3}]}\n";
  EXPECT_EQ(said(parts + "shown: [{on: port.yaml, parts: [crane]}]\n"), "");
  EXPECT_THAT(said(parts + "shown: [{on: port.yaml}]\n"), HasSubstr("`facilities` has no `quay`"));
}

TEST_F(WhereShown, SaysWhatDoesNotCompileThere) {
  const std::string text = said(
      "effects: [{edit: facilities.yard.resources.cranes.servers, set: 3},\n"
      "          {edit: procedures.load.steps.load.takes.exponential, was: 45 min, set: 30 min}]\n"
      "shown: [{on: port.yaml}, {on: port.yaml}]\n");
  EXPECT_THAT(text, HasSubstr("`crane`"));
  EXPECT_THAT(text, HasSubstr("45 min"));
  EXPECT_THAT(said(crane_ + "shown: [{on: prot.yaml}]\n"),
              HasSubstr("there is no scenario `prot.yaml`"));
}

}  // namespace
}  // namespace portflow::run_test

// portflow measures and --with, as those meet them who write a measure.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "cli/shell.hpp"

namespace portflow {
namespace {

namespace fs = std::filesystem;
using test::portflow;
using test::Said;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// A measure with one effect, as a file.
std::string measure_file(const std::string& name, const std::string& effect,
                         const std::string& starts = "2024-01-10") {
  const std::string path = test::scratch(name + ".yaml");
  std::ofstream(path) << "id: " << name << "\ntitle: {zh: 试, en: A try}\nstarts: " << starts
                      << "\neffects:\n  - {edit: " << effect << ", confidence: assumption}\n";
  return path;
}

TEST(Measures, ShowRefusesBeforeItPrints) {
  const std::string sound = measure_file("x", "facilities.quay.resources.berth.servers, set: 2");
  const Said shown = portflow("measures show " + sound + " --on scenarios/small/one_berth.yaml");
  EXPECT_EQ(shown.code, 0) << shown.err;
  EXPECT_THAT(shown.out, AllOf(HasSubstr("A try"), HasSubstr("servers: 1 -> 2")));
  fs::remove(sound);
  for (const char* effect : {"facilities.quai.resources.berth.servers, set: 2",
                             "facilities.quay.resources.berth.servers, set: 2 h",
                             "facilities.quay.resources.berth.servers, set: -2",
                             "facilities.quay.resources.berth.servers, sett: 2"}) {
    const std::string faulty = measure_file("x", effect);
    const Said said = portflow("measures show " + faulty + " --on scenarios/small/one_berth.yaml");
    EXPECT_EQ(said.code, 2) << effect;
    EXPECT_EQ(said.out, "") << effect;
    EXPECT_THAT(said.err, HasSubstr(faulty + ":5:")) << effect;
    fs::remove(faulty);
  }
}

TEST(Measures, SayWhomTheyAffectAndWhomNot) {
  const auto affected = [](const std::string& id) {
    const std::string out =
        portflow("measures show " + id + " --on scenarios/dalian/2024.yaml").out;
    const std::size_t at = out.find("\naffects ");
    return at == std::string::npos ? out : out.substr(at + 9, out.find('\n', at + 1) - at - 9);
  };
  EXPECT_EQ(affected("m04"),
            "each box that goes through transit_box, lot that goes through sea_air_lot")
      << "and no other box or lot";
  EXPECT_EQ(affected("m25"), "each suspect_box");
  EXPECT_THAT(affected("m07.f"), HasSubstr("by way of guest_hall"));
}

TEST(Measures, ShowARampFromTheDayTheyBegin) {
  EXPECT_THAT(portflow("measures show m21 --on scenarios/dalian/2024.yaml").out,
              HasSubstr("parameters.smart_port.value: 10 % -> {ramp: {from: 10 %, to: 80 %, over: "
                        "19 months, start: 2024-06-01 00:00:00}}"));
}

TEST(Measures, ThatTheRunDoesNotReachAreNamedWithItsEnd) {
  const std::string late = measure_file("x", "facilities.quay.resources.berth.servers, set: 2");
  const std::string run = "run scenarios/small/one_berth.yaml --with " + late + " --until ";
  const Said before = portflow(run + "'9 d'");
  EXPECT_EQ(before.code, 0);
  EXPECT_THAT(before.err, HasSubstr("x: never acts: the run lasts from 2024-01-01 00:00:00 to "
                                    "2024-01-10 00:00:00\n"));
  EXPECT_THAT(portflow(run + "'10 d'").err, Not(HasSubstr("never acts")));
  fs::remove(late);
}

}  // namespace
}  // namespace portflow

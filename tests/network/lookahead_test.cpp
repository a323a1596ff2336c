// The lookahead of every channel is derived: the least that any date, any adopter and any draw
// can make of travel and hand-over, and always more than nothing.
#include <gtest/gtest.h>

#include "procedure/watch.hpp"
#include "run/impl.hpp"

namespace portflow::network {
namespace {

using procedure_test::ScratchFile;

const std::string port = R"(portflow: 1
name: lookahead
horizon: {from: 2024-01-01, to: 2024-01-03}
confidence: assumption
facilities: {yard: {kind: station}, gate: {kind: station}, far: {kind: station}}
network:
  hand_over:
    - {from: any, to: any, takes: {uniform: [4 min, 8 min]}}
    - {from: gate, to: any, takes: {exponential: 1 h, plus: 7 min}}
    - {from: yard, to: far, takes: 3 h}
  links: [{from: yard, to: far, mode: road, takes: 2 h, spread: {triangular: [0.75, 1, 2]}}]
demand: {goods: {creates: box, arrivals: {every: 1 h}, procedure: go}}
procedures:
  go:
    for: box
    steps:
      a: {at: yard}
      b: {at: gate, after: a}
      c: {at: yard, after: b}
      d: {after: c, moves: {to: far}}
      e: {at: far, after: d, takes: 1 min}
)";

/// Channels as `from > to` with their least time in minutes.
std::map<std::string, double> lookahead(const std::vector<std::string>& measures,
                                        std::string* refusal = nullptr) {
  const ScratchFile file(port);
  run::Request request;
  request.scenario = file.path();
  std::vector<std::unique_ptr<ScratchFile>> files;
  for (const std::string& measure : measures) {
    files.push_back(std::make_unique<ScratchFile>(measure));
    request.measures.push_back(files.back()->path());
  }
  const auto prepared = run::prepare(request);
  std::map<std::string, double> result;
  if (!prepared) {
    std::string text;
    for (const Error& error : prepared.error().errors) text += error.path + ": " + error.message;
    if (refusal == nullptr) {
      ADD_FAILURE() << text;
    } else {
      *refusal = text;
    }
    return result;
  }
  const procedure::Model& model = *(*prepared)->impl().model;
  for (const procedure::ChannelInfo& channel : model.channels) {
    EXPECT_GT(channel.least, Duration::zero());
    result[model.sites[channel.from].name + " > " + model.sites[channel.to].name] =
        static_cast<double>(channel.least.count()) / 60e3;
  }
  return result;
}

using Channels = std::map<std::string, double>;

TEST(Lookahead, IsTheLeastTravelAndHandOver) {
  EXPECT_EQ(lookahead({}), (Channels{{"gate > yard", 7}, {"yard > far", 90}, {"yard > gate", 4}}));
}

TEST(Lookahead, IsTheLeastOfAllDatesAndMeasures) {
  const std::string sooner = "id: m\nstarts: 2024-01-02\neffects:\n";
  EXPECT_EQ(lookahead({sooner + "  - {edit: network.hand_over.0.takes, scale: 0.5}\n"}),
            (Channels{{"gate > yard", 7}, {"yard > far", 90}, {"yard > gate", 2}}));
  // What is slower from its date on was as fast before.
  EXPECT_EQ(lookahead({sooner + "  - {edit: network.hand_over.0.takes, scale: 3}\n"}),
            (Channels{{"gate > yard", 7}, {"yard > far", 90}, {"yard > gate", 4}}));
  EXPECT_EQ(lookahead({sooner + "  - {edit: network.links.0.takes, set: 1 h}\n"}).at("yard > far"),
            45);
}

TEST(Lookahead, CountsTheGraphsOfAdopters) {
  const Channels channels =
      lookahead({"id: m\nadoption: {by: box, share: 0.1 %}\neffects:\n"
                 "  - {edit: procedures.go.steps.b.at, set: far}\n"});
  EXPECT_EQ(channels.at("far > yard"), 4);
  EXPECT_EQ(channels.at("yard > far"), 90);
}

TEST(Lookahead, OfNothingIsRefusedAtAnyDate) {
  std::string refusal;
  (void)lookahead({"id: m\nstarts: 2024-01-02\neffects:\n"
                   "  - {edit: network.hand_over.0.takes, set: {exponential: 5 min}}\n"},
                  &refusal);
  EXPECT_NE(refusal.find("zero lookahead: its least value is 0"), std::string::npos) << refusal;
}

}  // namespace
}  // namespace portflow::network

/// \file port.hpp
/// A small port as text, and measures written beside the tests that compile them.
#pragma once

#include <gtest/gtest.h>

#include "io/read.hpp"
#include "policy/compile.hpp"
#include "spec/bind.hpp"

namespace portflow::policy_test {

/// January and February 2024; one quay, one gate, ships with a credit class.
inline constexpr const char* port_text = R"(portflow: 1
name: port
horizon: {from: 2024-01-01, to: 2024-02-01, follow: 29 d}
confidence: assumption
parameters: {pace: {value: 20 min}}
facilities:
  quay: {kind: station, resources: {berth: {servers: 4}, tug: {servers: 2}}}
  gate: {kind: station, resources: {lane: {servers: {"06:00-22:00": 3, else: 1}}}}
network:
  hand_over: [{from: any, to: any, takes: 5 min}]
demand:
  ships:
    creates: ship
    arrivals: {every: {exponential: 10 h}}
    extra: 0 %
    procedure: call
    attributes: {credit: {choice: {aeo: 25 %, ordinary: 75 %}}}
procedures:
  call:
    for: ship
    steps:
      arrive: {at: quay, takes: 1 h, priority: {by: credit, aeo: 2, ordinary: 1}}
      look: {at: quay, after: arrive, when: {chance: {by: credit, aeo: 2 %, ordinary: 10 %}}, takes: $pace}
      work: {at: quay, after: [arrive, look], needs: [berth, tug], takes: {exponential: 8 h}}
      leave: {at: gate, after: work, needs: lane, takes: 30 min}
)";

inline std::string text_of(const Fault& fault) {
  std::string text;
  for (const Error& error : fault.errors) text += error.text() + "\n";
  return text;
}

inline spec::Node tree(const std::string& text, const std::string& name) {
  auto node = io::parse(text, name);
  if (node) return std::move(*node);
  ADD_FAILURE() << text_of(node.error());
  return {};
}

/// A measure `id` from the lines beneath its id; its file is called `ID.yaml`.
inline policy::Measure measure(const std::string& id, const std::string& text) {
  const std::string file = id + ".yaml";
  std::string whole = "id: ";
  whole += id + "\n" + text;
  auto bound = policy::bind_measure(tree(whole, file), file);
  if (bound) return std::move(*bound);
  ADD_FAILURE() << text_of(bound.error());
  return {};
}

/// A measure with a single effect, `edit` being all but the braces.
inline policy::Measure effect(const std::string& id, const std::string& edit,
                              const std::string& dates = {}) {
  return measure(id, dates + "effects:\n  - {edit: " + edit + "}\n");
}

inline policy::Compiled compiled(const std::vector<policy::Measure>& measures,
                                 const std::string& text = port_text) {
  auto result = policy::compile(tree(text, "port.yaml"), measures);
  if (result) return std::move(*result);
  ADD_FAILURE() << text_of(result.error());
  return {};
}

/// What compiling is refused with; empty where it is not.
inline std::string refusal(const std::vector<policy::Measure>& measures,
                           const std::string& text = port_text) {
  const auto result = policy::compile(tree(text, "port.yaml"), measures);
  return result ? std::string{} : text_of(result.error());
}

/// The scenario that holds from the first instant on.
inline const spec::Scenario& first(const policy::Compiled& compiled) {
  return compiled.epochs.at(0).scenario;
}

inline const spec::Step& step(const spec::Scenario& scenario, const std::string& name) {
  const spec::Step* found = scenario.procedures.at("call").find(name);
  if (found == nullptr) throw std::out_of_range(name);
  return *found;
}

inline constexpr double minute = 60e3;

}  // namespace portflow::policy_test

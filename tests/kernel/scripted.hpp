/// \file scripted.hpp
/// An engine whose processes do what a test says, in every way there is to run it.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "kernel/engine.hpp"

namespace portflow::kernel {

/// A process that does what the test says.
class Scripted final : public Process<int> {
 public:
  using Script = std::function<void(int, Context<int>&)>;
  explicit Scripted(Script script) : script_{std::move(script)} {}
  void handle(int& body, Context<int>& context) override { script_(body, context); }

 private:
  Script script_;
};

inline ProcessId add(Engine<int>& engine, std::string name, Scripted::Script script) {
  return engine.add(std::move(name), std::make_unique<Scripted>(std::move(script)));
}

inline void nothing(int, Context<int>&) {}

inline SimTime at(std::int64_t ms) {
  return SimTime{Duration{ms}};
}

/// Every behaviour must hold for the plain loop and for windows alike.
struct Way {
  unsigned workers;
  bool sequential;
};

class EngineRun : public testing::TestWithParam<Way> {
 protected:
  [[nodiscard]] RunOptions options(SimTime until) const {
    RunOptions result;
    result.until = until;
    result.workers = GetParam().workers;
    result.sequential = GetParam().sequential;
    result.share_all = true;
    return result;
  }
};

inline auto every_way() {
  return testing::Values(Way{1, true}, Way{1, false}, Way{2, false}, Way{5, false});
}

inline std::string name_of_way(const testing::TestParamInfo<Way>& way) {
  return way.param.sequential ? std::string{"Sequential"}
                              : "Workers" + std::to_string(way.param.workers);
}

}  // namespace portflow::kernel

/// \file kind.hpp
/// A kind of facility: its name, its verbs, and how its behaviour is made.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "procedure/behaviour.hpp"
#include "spec/facility.hpp"

namespace portflow::procedure {

struct Kind {
  std::string name;
  std::string text;                ///< one sentence: what it models
  std::vector<std::string> verbs;  ///< what steps may let it do; index: verb
  /// Checks the facility's `settings` and resources; every complaint at once.
  Errors (*check)(const spec::Facility& facility);
  std::unique_ptr<Behaviour> (*make)();  ///< null: plain resources, no behaviour
};

using Kinds = std::span<const Kind>;

}  // namespace portflow::procedure

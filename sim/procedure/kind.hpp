/// \file kind.hpp
/// A kind of facility: its name, its verbs, and how its behaviour is made.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/unit.hpp"
#include "procedure/behaviour.hpp"
#include "spec/facility.hpp"

namespace portflow::procedure {

/// An attribute that a verb reads, where the entity or one of its groups has it.
struct Reads {
  std::string verb, attribute;
  std::optional<Dimension> dimension{};  ///< of the number it must be; empty: a category
};

struct Kind {
  std::string name;
  std::string text;                ///< one sentence: what it models
  std::vector<std::string> verbs;  ///< what steps may let it do; index: verb
  /// Checks the facility's `settings` and resources; every complaint at once.
  Errors (*check)(const spec::Facility& facility);
  std::unique_ptr<Behaviour> (*make)();  ///< null: plain resources, no behaviour
  std::vector<Reads> reads{};
};

using Kinds = std::span<const Kind>;

}  // namespace portflow::procedure

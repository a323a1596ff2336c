/// \file anatomy_json.hpp
/// An anatomy as JSON, for the store; reads back equal.
#pragma once

#include <nlohmann/json.hpp>

#include "analysis/anatomy.hpp"

namespace portflow::store {

[[nodiscard]] nlohmann::json json_of(const analysis::Anatomy& anatomy);

/// \throws nlohmann::json::exception for what json_of() did not write.
[[nodiscard]] analysis::Anatomy anatomy_of(const nlohmann::json& in);

/// \throws nlohmann::json::out_of_range for a number that is no cause.
[[nodiscard]] Cause cause_of(const nlohmann::json& in);

}  // namespace portflow::store

/// \file figure_json.hpp
/// Figures as JSON objects. Private to this folder.
#pragma once

#include <nlohmann/json.hpp>

#include "kpi/figure.hpp"

namespace portflow::store {

[[nodiscard]] nlohmann::json json_of(const kpi::Figure& figure);
/// \throws nlohmann::json::exception for what is none.
[[nodiscard]] kpi::Figure figure_of(const nlohmann::json& json);

[[nodiscard]] nlohmann::json json_of(const std::vector<kpi::Figure>& figures);
[[nodiscard]] std::vector<kpi::Figure> figures_of(const nlohmann::json& json);

}  // namespace portflow::store

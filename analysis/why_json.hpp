/// \file why_json.hpp
/// Stories and causes as JSON for scripts (docs/why.md). Times are text on the port's clock,
/// durations whole milliseconds, so that they add up in any language.
#pragma once

#include <string>

#include "analysis/between.hpp"
#include "analysis/kpi_causes.hpp"
#include "analysis/record.hpp"
#include "analysis/story.hpp"
#include "analysis/worst.hpp"

namespace portflow::analysis {

[[nodiscard]] std::string to_json(const Record& record, const Story& story);
[[nodiscard]] std::string to_json(const Record& record, const Worst& worst);
[[nodiscard]] std::string to_json(const Record& record, const KpiCauses& causes);
[[nodiscard]] std::string to_json(const Arms& arms, const Versus& versus);
[[nodiscard]] std::string to_json(const Arms& arms, const Movers& movers);

}  // namespace portflow::analysis

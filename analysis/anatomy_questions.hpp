/// \file anatomy_questions.hpp
/// What an Anatomist asks of every entity, as KPI definitions for the plan of the KPI layer.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analysis/anatomy.hpp"
#include "kpi/plan.hpp"

namespace portflow::analysis {

/// What a definition of the plan is there for.
struct Question {
  enum class Kind : std::uint8_t { tree, category, mark, promise };
  Kind kind{Kind::tree};
  std::size_t subject{0};    ///< index into Questions::trees, or Questions::promises
  Axis axis{Axis::all};      ///< category
  std::string attribute{};   ///< category: which
  std::uint32_t channel{0};  ///< mark: its place among the channels of the study
};

struct Questions {
  std::vector<kpi::Definition> trees;     ///< span KPIs that are means
  std::vector<kpi::Definition> promises;  ///< shares over a limit, with a target
  std::vector<Question> of_definition;    ///< by definition of `plan`
  kpi::Plan plan;
};

/// \returns an input fault where the schema's definitions cannot be understood.
[[nodiscard]] Result<Questions> questions_of(const trace::Schema& schema);

}  // namespace portflow::analysis

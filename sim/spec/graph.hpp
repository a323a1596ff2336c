/// \file graph.hpp
/// Which step of a procedure comes before which.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spec/procedure.hpp"

namespace portflow::spec {

/// The `after` relation of one procedure, closed over all paths.
class StepGraph {
 public:
  explicit StepGraph(const Procedure& procedure);

  /// Whether every token that reaches `later` may have passed `earlier`; false for equal steps
  /// that lie on no circle, and for unknown names.
  [[nodiscard]] bool before(std::string_view earlier, std::string_view later) const;
  /// A circle of steps, the first in file order first; empty when there is none.
  [[nodiscard]] const std::vector<std::string>& circle() const noexcept { return circle_; }

 private:
  [[nodiscard]] std::size_t index(std::string_view step) const;
  bool search(std::size_t step, std::vector<int>& state, std::vector<std::size_t>& path);

  const Procedure& procedure_;
  std::vector<std::vector<std::size_t>> after_;
  std::vector<std::vector<bool>> before_;  ///< [later][earlier]
  std::vector<std::string> circle_;
};

}  // namespace portflow::spec

/// \file optimiser.hpp
/// Finding the least of a function that is dear to evaluate and has no derivative.
///
/// A thin wrapper of NLopt. Only its algorithms under the MIT licence are offered: BOBYQA (M. J. D.
/// Powell 2009, report DAMTP 2009/NA06), Subplex (T. Rowan 1990, as rewritten by S. G. Johnson) and
/// the simplex of J. A. Nelder and R. Mead (1965), Comput. J. 7, 308-313. All are deterministic.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace portflow::calibration {

enum class Method : std::uint8_t { bobyqa, subplex, nelder_mead };

struct Search {
  Method method{Method::bobyqa};
  std::vector<double> start;    ///< each in [0, 1]
  std::uint32_t evaluations{};  ///< at most so many
  double step{0.2};             ///< the first one, of each
  double precision{1e-4};       ///< ends when no parameter moves by more
};

/// What one evaluation says: how bad a point is, and whether the search may end there.
struct Trial {
  double value{0};
  bool enough{false};
};

/// Calls `at` with points of the unit cube until it has had enough, the budget is spent or the
/// steps are small. \pre BOBYQA needs two parameters or more
void minimise(const Search& search, const std::function<Trial(std::span<const double>)>& at);

}  // namespace portflow::calibration

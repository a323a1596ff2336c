#include "analysis/calibration/optimiser.hpp"

#include <nlopt.h>

#include <exception>
#include <memory>

#include "core/assert.hpp"

namespace portflow::calibration {
namespace {

nlopt_algorithm algorithm_of(Method method) {
  switch (method) {
    case Method::bobyqa:
      return NLOPT_LN_BOBYQA;
    case Method::subplex:
      return NLOPT_LN_SBPLX;
    case Method::nelder_mead:
      return NLOPT_LN_NELDERMEAD;
  }
  return NLOPT_LN_SBPLX;
}

/// What the library hands back to us; no exception may pass through C.
struct Visit {
  const std::function<Trial(std::span<const double>)>* at;
  nlopt_opt search;
  std::exception_ptr thrown;
};

double visit(unsigned count, const double* point, double*, void* data) {
  auto& self = *static_cast<Visit*>(data);
  try {
    const Trial trial = (*self.at)({point, count});
    if (trial.enough) nlopt_force_stop(self.search);
    return trial.value;
  } catch (...) {
    self.thrown = std::current_exception();
    nlopt_force_stop(self.search);
    return 0;
  }
}

}  // namespace

void minimise(const Search& search, const std::function<Trial(std::span<const double>)>& at) {
  const auto count = static_cast<unsigned>(search.start.size());
  PORTFLOW_ASSERT(count > (search.method == Method::bobyqa ? 1u : 0u), "too few parameters");
  const std::unique_ptr<nlopt_opt_s, decltype(&nlopt_destroy)> opt(
      nlopt_create(algorithm_of(search.method), count), &nlopt_destroy);
  Visit self{&at, opt.get(), {}};
  nlopt_set_min_objective(opt.get(), visit, &self);
  nlopt_set_lower_bounds1(opt.get(), 0);
  nlopt_set_upper_bounds1(opt.get(), 1);
  nlopt_set_initial_step1(opt.get(), search.step);
  nlopt_set_xtol_abs1(opt.get(), search.precision);
  nlopt_set_maxeval(opt.get(), static_cast<int>(search.evaluations));
  std::vector<double> point = search.start;
  double value = 0;
  // How it ended is no news: whoever evaluates has seen every point, and keeps the best.
  (void)nlopt_optimize(opt.get(), point.data(), &value);
  if (self.thrown) std::rethrow_exception(self.thrown);
}

}  // namespace portflow::calibration

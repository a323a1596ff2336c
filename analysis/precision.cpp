#include "analysis/precision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/estimate.hpp"
#include "core/words.hpp"

namespace portflow::analysis {

Result<Precision> parse_precision(std::string_view text, std::uint32_t most) {
  const std::size_t equals = text.rfind('=');
  std::string number(equals == std::string_view::npos ? "" : text.substr(equals + 1));
  if (number.ends_with('%')) number.pop_back();
  std::size_t end = 0;
  double percent = 0;
  try {
    percent = std::stod(number, &end);
  } catch (const std::exception&) {
    end = 0;
  }
  while (end < number.size() && number[end] == ' ') ++end;
  const bool good = equals != std::string_view::npos && equals > 0 && end > 0 &&
                    end == number.size() && text.ends_with('%') && percent > 0 && percent < 100;
  if (!good) {
    return fail(
        Failure::input,
        fmt::format("--precision: '{}' is no KPI=2% (more than 0 %, less than 100 %)", text));
  }
  return Precision{std::string(text.substr(0, equals)), percent / 100, most};
}

Result<std::size_t> find_goal(const Precision& goal, const std::vector<kpi::Figure>& figures) {
  const auto found = std::ranges::find(figures, goal.kpi, &kpi::Figure::name);
  if (found == figures.end()) {
    std::vector<std::string> names;
    names.reserve(figures.size());
    for (const kpi::Figure& figure : figures) names.push_back(figure.name);
    const std::string close = nearest(goal.kpi, names);
    return fail(Failure::input,
                fmt::format("--precision: no KPI '{}'{}", goal.kpi,
                            close.empty() ? "" : "; did you mean '" + close + "'?"));
  }
  if (is_maximum(*found)) {
    return fail(Failure::input,
                fmt::format("--precision: '{}' is a maximum, which has a range over replications "
                            "and no interval",
                            goal.kpi));
  }
  return static_cast<std::size_t>(found - figures.begin());
}

Step next_step(const Precision& goal, std::span<const double> values, double reference,
               std::uint32_t have) {
  Step step;
  if (const auto interval = mean_interval(values)) step.reached = half_width(*interval, reference);
  const bool enough = have >= fewest_for_precision;
  if (have >= goal.most || (enough && step.reached && *step.reached <= goal.share)) return step;
  std::uint64_t wanted = std::uint64_t{2} * have;
  if (step.reached && *step.reached > 0) {
    const double half = goal.share * std::abs(reference);
    wanted = std::min(wanted, replications_for(deviation_of(values), half, goal.most));
  }
  wanted = std::max<std::uint64_t>({wanted, std::uint64_t{have} + 1, fewest_for_precision});
  step.next = static_cast<std::uint32_t>(std::min<std::uint64_t>(wanted, goal.most));
  return step;
}

}  // namespace portflow::analysis

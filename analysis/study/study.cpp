#include "analysis/study/study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/assert.hpp"

namespace portflow::study {
namespace {

/// Index of the level that `coordinate` falls into.
std::size_t index_at(double coordinate, std::size_t count) {
  const auto index = static_cast<std::size_t>(coordinate * static_cast<double>(count));
  return std::min(index, count - 1);
}

}  // namespace

std::size_t Factor::settings() const {
  switch (kind) {
    case Kind::measure:
      return words.size() + 1;
    case Kind::words:
      return words.size();
    case Kind::whole:
      return static_cast<std::size_t>(most - least) + 1;
    default:
      return 0;
  }
}

std::string Factor::text_at(double coordinate) const {
  switch (kind) {
    case Kind::measure: {
      const std::size_t index = index_at(coordinate, settings());
      if (index == 0) return "off";
      return words.size() == 1 ? "on" : words[index - 1];
    }
    case Kind::words:
      return words[index_at(coordinate, settings())];
    case Kind::whole:
      return fmt::format("{}{}{}", least + static_cast<double>(index_at(coordinate, settings())),
                         unit.empty() ? "" : " ", unit);
    default:
      return fmt::format("{:.9g}{}{}", least + coordinate * (most - least), unit.empty() ? "" : " ",
                         unit);
  }
}

void Factor::apply(double coordinate, run::Request& request) const {
  if (kind == Kind::measure) {
    const std::size_t index = index_at(coordinate, settings());
    if (index > 0) request.measures.push_back(words[index - 1]);
  } else {
    request.settings.push_back(path + "=" + text_at(coordinate));
  }
}

std::string_view name_of(Design::Kind kind) noexcept {
  static constexpr std::string_view names[] = {
      "list",  "full",   "fractional",   "plackett_burman", "latin_hypercube",
      "sobol", "morris", "one_at_a_time"};
  return names[static_cast<std::size_t>(kind)];
}

design::Matrix points_of(const Study& study) {
  const std::size_t factors = study.factors.size();
  const std::uint64_t seed = study.base.seed.value_or(1);
  const Design& design = study.design;
  switch (design.kind) {
    case Design::Kind::list:
      return design.listed;
    case Design::Kind::full: {
      std::vector<std::size_t> levels;
      for (const Factor& factor : study.factors) levels.push_back(factor.levels);
      return design::full(levels);
    }
    case Design::Kind::fractional: {
      auto fraction = design::fractional(factors, design.resolution);
      PORTFLOW_ASSERT(fraction, "the reader refuses what has no fraction");
      return std::move(fraction->points);
    }
    case Design::Kind::plackett_burman:
      return design::plackett_burman(factors, design.folded);
    case Design::Kind::latin_hypercube:
      return design::latin_hypercube(factors, design.points, seed);
    case Design::Kind::sobol:
      return design::saltelli(factors, design.base, seed);
    case Design::Kind::morris:
      return design::morris(factors, design.trajectories, design.levels, seed);
    default:
      return design::one_at_a_time(factors);
  }
}

}  // namespace portflow::study

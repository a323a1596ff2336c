#include "kpi/figure.hpp"

#include <algorithm>

namespace portflow::kpi {

const Figure* find(const std::vector<Figure>& figures, std::string_view name) {
  const auto found = std::ranges::find(figures, name, &Figure::name);
  return found == figures.end() ? nullptr : &*found;
}

}  // namespace portflow::kpi

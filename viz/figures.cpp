#include "viz/figures.hpp"

#include <cmath>

namespace portflow::viz {

std::string unit_text(const std::string& unit, Language language) {
  struct Known {
    const char* unit;
    Text words;
  };
  constexpr Known known[] = {{"s", Text::unit_s},
                             {"min", Text::unit_min},
                             {"h", Text::unit_h},
                             {"d", Text::unit_d},
                             {"CNY", Text::unit_cny}};
  for (const Known& k : known) {
    if (unit == k.unit) return text(k.words, language);
  }
  return unit == "1" ? "" : unit;
}

Parts figure_parts(Language language, const Tile& tile, double value) {
  if (tile.unit == "ms") return span_parts(Duration(static_cast<std::int64_t>(value)), language);
  const bool whole = tile.unit == "1" || std::abs(value) >= 1000;
  return {whole ? count_text(std::llround(value)) : short_number_text(value),
          unit_text(tile.unit, language)};
}

}  // namespace portflow::viz

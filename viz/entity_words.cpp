#include "viz/entity_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "viz/format.hpp"
#include "viz/words.hpp"

namespace portflow::viz {
namespace {

std::string value_text(const trace::AttributeInfo& attribute, double value, const Store& store,
                       Language language) {
  if (attribute.categories.empty()) {
    // Recorded in base units; people count money in yuan.
    const bool money = attribute.unit.starts_with("fen");
    const std::string number = short_number_text(money ? value / 100 : value, 4);
    const std::string unit = attribute.unit == "1" ? ""
                             : money               ? "CNY" + attribute.unit.substr(3)
                                                   : attribute.unit;
    if (attribute.unit == "ms") {
      return span_text(Duration(static_cast<std::int64_t>(value)), language);
    }
    return unit.empty() ? number : number + " " + unit;
  }
  const auto code = static_cast<std::size_t>(std::max(0.0, value));
  if (code >= attribute.categories.size()) return {};
  const std::string& word = attribute.categories[code];
  for (const trace::PlaceInfo& place : store.schema().places) {
    if (place.name == word) return place_title(place.title, word, language);
  }
  return word_title(word, language);
}

}  // namespace

std::string type_title(const std::string& type, Language language) {
  return word_title(type, language);
}

std::string step_title(const trace::Schema& schema, std::uint16_t step, Language language) {
  if (step >= schema.steps.size()) return text(Text::word_under_way, language);
  const std::string& full = schema.steps[step];
  return word_title(full.substr(full.rfind('.') + 1), language);
}

std::vector<std::string> attribute_lines(const Life& life, const Store& store, Language language) {
  std::vector<std::string> out;
  if (!life.known || life.born.role >= store.schema().roles.size()) return out;
  const auto& attributes = store.schema().roles[life.born.role].attributes;
  for (std::size_t i = 0; i < std::min(attributes.size(), life.attributes.size()); ++i) {
    if (!std::isfinite(life.attributes[i])) continue;
    const std::string value = value_text(attributes[i], life.attributes[i], store, language);
    if (value.empty()) continue;
    out.push_back(fmt::format("{}{}{}", word_title(attributes[i].name, language),
                              language == Language::zh ? "：" : ": ", value));
  }
  return out;
}

std::string cause_line(const trace::PathPart& part, const Store& store, Language language) {
  std::string out = cause_title(part.cause, language);
  if (part.resource != trace::no_code) {
    out += (language == Language::zh ? "：" : ": ") + store.resource_name(part.resource, language);
  }
  return out;
}

std::optional<LonLat> place_of(const Life& life, const Store& store, SimTime at) {
  const auto& paths = store.movers().paths();
  std::optional<LonLat> place;
  for (const trace::Moved& move : life.moves) {
    if (move.route >= paths.size() || paths[move.route].points().empty()) continue;
    if (move.begin > at) {
      if (!place) place = paths[move.route].points().front();
      break;
    }
    const double whole = static_cast<double>((move.end - move.begin).count());
    const double gone = static_cast<double>((std::min(at, move.end) - move.begin).count());
    place = paths[move.route].pose(whole > 0 ? gone / whole : 1).at;
  }
  return place;
}

}  // namespace portflow::viz

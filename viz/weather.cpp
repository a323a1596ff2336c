#include "viz/weather.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <regex>
#include <string_view>

#include "viz/levels.hpp"

namespace portflow::viz {
namespace {

constexpr std::array<std::string_view, 6> winds{"gale",    "wind",   "storm",
                                                "typhoon", "squall", "swell"};
constexpr std::array<std::string_view, 5> hazes{"fog", "mist", "snow", "rain", "ice"};

template <std::size_t N>
bool among(const std::array<std::string_view, N>& words, std::string_view name) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return name.find(word) != std::string_view::npos;
  });
}

std::size_t indent_of(const std::string& line) {
  const std::size_t at = line.find_first_not_of(' ');
  return at == std::string::npos ? 0 : at;
}

/// Reads the few lines that matter of the scenario's text, which was checked when the run began.
class Lines {
 public:
  explicit Lines(const std::string& text) {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      line(text.substr(at, end - at));
      at = end + 1;
    }
    for (const std::string& calendar : timed_) weather_.erase(calendar);
  }
  /// Names of weather by calendar.
  std::map<std::string, std::vector<std::string>> weather_;
  /// Calendars by `facility.resource`.
  std::map<std::string, std::string> calendars_;

 private:
  void line(const std::string& line) {
    static const std::regex key(R"(^( *)([A-Za-z0-9_]+):)");
    std::smatch found;
    if (!std::regex_search(line, found, key)) return;
    const std::size_t indent = indent_of(line);
    if (indent == 0) block_ = found[2];
    if (indent == 2) owner_ = found[2];
    if (block_ == "calendars") in_calendar(line, indent);
    if (block_ == "facilities") in_facility(line);
  }

  void in_calendar(const std::string& line, std::size_t indent) {
    static const std::regex strikes(R"(([A-Za-z0-9_]+): *\{[^{}]*(\{[^{}]*\}[^{}]*)*every)");
    if (line.find("weekly:") != std::string::npos) timed_.push_back(owner_);
    const std::size_t word = line.find("weather:");
    if (word != std::string::npos) {
      weather_at_ = indent;
      strike_at_ = 0;
    } else if (weather_at_ == 0 || indent <= weather_at_) {
      weather_at_ = 0;
      return;
    }
    const std::string rest = word == std::string::npos ? line : line.substr(word + 8);
    for (std::sregex_iterator i(rest.begin(), rest.end(), strikes), end; i != end; ++i) {
      strike((*i)[1]);
    }
    if (word == std::string::npos) in_weather(line, indent);
  }

  /// Weather in block style: its name on a line of its own, `every` further down.
  void in_weather(const std::string& line, std::size_t indent) {
    static const std::regex key(R"(^ *([A-Za-z0-9_]+):)");
    std::smatch found;
    std::regex_search(line, found, key);
    if (strike_at_ == 0 || indent <= strike_at_) {
      strike_at_ = indent;
      strike_ = found[1];
    } else if (found[1] == "every") {
      strike(strike_);
    }
  }

  void strike(const std::string& name) {
    if (among(winds, name) || among(hazes, name)) weather_[owner_].push_back(name);
  }

  void in_facility(const std::string& line) {
    static const std::regex uses(R"(([A-Za-z0-9_]+): *\{[^{}]*calendar: *([A-Za-z0-9_]+))");
    for (std::sregex_iterator i(line.begin(), line.end(), uses), end; i != end; ++i) {
      calendars_[owner_ + "." + (*i)[1].str()] = (*i)[2];
    }
  }

  std::string block_, owner_, strike_;
  std::vector<std::string> timed_;
  std::size_t weather_at_{0}, strike_at_{0};
};

}  // namespace

std::vector<Exposure> exposures_of(const trace::Schema& schema) {
  const Lines lines(schema.scenario_text);
  std::map<std::uint16_t, Exposure> by_facility;
  for (std::size_t r = 0; r < schema.resources.size(); ++r) {
    const trace::ResourceInfo& resource = schema.resources[r];
    const auto calendar = lines.calendars_.find(resource.name);
    if (calendar == lines.calendars_.end()) continue;
    const auto weather = lines.weather_.find(calendar->second);
    if (weather == lines.weather_.end()) continue;
    Exposure& exposure = by_facility[resource.facility];
    exposure.facility = resource.facility;
    exposure.resources.push_back(static_cast<std::uint16_t>(r));
    for (const std::string& name : weather->second) {
      const bool known =
          std::find(exposure.names.begin(), exposure.names.end(), name) != exposure.names.end();
      if (!known) exposure.names.push_back(name);
      exposure.wind = exposure.wind || among(winds, name);
      exposure.haze = exposure.haze || among(hazes, name);
    }
  }
  std::vector<Exposure> out;
  for (auto& [facility, exposure] : by_facility) out.push_back(std::move(exposure));
  for (std::size_t f = 0; f < schema.facilities.size(); ++f) {
    const trace::FacilityInfo& facility = schema.facilities[f];
    for (std::size_t r = 0; r < schema.resources.size(); ++r) {
      const std::string& name = schema.resources[r].name;
      const bool main =
          name == facility.main_resource || name == facility.name + "." + facility.main_resource;
      if (schema.resources[r].facility != f || !main || lines.calendars_.contains(name)) continue;
      out.push_back({.facility = static_cast<std::uint16_t>(f),
                     .resources = {static_cast<std::uint16_t>(r)},
                     .names = {},
                     .outage = true});
    }
  }
  return out;
}

bool shut(const Exposure& exposure, const Levels& levels, SimTime at) {
  const auto none = [&](std::uint16_t r) {
    return levels.most_capacity(r) > 0 && levels.known(r, at) && levels.at(r, at).capacity == 0;
  };
  const auto& all = exposure.resources;
  return exposure.outage ? std::all_of(all.begin(), all.end(), none)
                         : std::any_of(all.begin(), all.end(), none);
}

}  // namespace portflow::viz

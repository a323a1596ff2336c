#include "run/geometry.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/words.hpp"

namespace portflow::run {
namespace {

using Line = std::vector<spec::Position>;

/// The lines of one GeoJSON file by the `name` of their feature.
using Lines = std::map<std::string, Line>;

std::optional<Lines> read_lines(const std::string& path) {
  std::ifstream file(path);
  if (!file) return std::nullopt;
  const auto json = nlohmann::json::parse(file, nullptr, false);
  if (json.is_discarded() || !json.contains("features")) return std::nullopt;
  Lines lines;
  for (const auto& feature : json["features"]) {
    if (!feature.contains("geometry") || feature["geometry"].value("type", "") != "LineString") {
      continue;
    }
    Line line;
    for (const auto& point : feature["geometry"]["coordinates"]) {
      line.push_back({point.at(0).get<double>(), point.at(1).get<double>()});
    }
    lines[feature["properties"].value("name", "")] = std::move(line);
  }
  return lines;
}

double gap(const spec::Position& a, const spec::Position& b) {
  return (a.longitude - b.longitude) * (a.longitude - b.longitude) +
         (a.latitude - b.latitude) * (a.latitude - b.latitude);
}

std::size_t nearest_point(const Line& line, const spec::Position& to) {
  const auto closer = [&](const spec::Position& a, const spec::Position& b) {
    return gap(a, to) < gap(b, to);
  };
  return static_cast<std::size_t>(std::min_element(line.begin(), line.end(), closer) -
                                  line.begin());
}

}  // namespace

Errors draw_routes(const spec::Scenario& scenario, const std::vector<procedure::RouteLine>& lines,
                   const std::vector<std::string>& folders, trace::Schema& schema) {
  Errors errors;
  std::map<std::string, spec::Position> places;
  for (const auto& [name, facility] : scenario.facilities) {
    if (facility.position) places[name] = *facility.position;
  }
  for (const auto& place : scenario.network.places) places[place.name] = place.position;

  std::map<std::string, Lines> files;
  for (const spec::Link& link : scenario.network.links) {
    if (link.along_file.empty() || files.count(link.along_file) > 0) continue;
    std::optional<Lines> read;
    for (const std::string& folder : folders) {
      read = read_lines((std::filesystem::path(folder) / link.along_file).string());
      if (read) break;
    }
    if (!read) {
      errors.push_back({link.place, "network.links.along.file",
                        "cannot read lines from '" + link.along_file + "'"});
    }
    files[link.along_file] = read.value_or(Lines{});
  }

  for (const procedure::RouteLine& route : lines) {
    trace::RouteInfo& out = schema.routes[route.code];
    const auto add = [&](const spec::Position& position) {
      out.longitudes.push_back(position.longitude);
      out.latitudes.push_back(position.latitude);
    };
    for (const network::Hop& hop : route.hops) {
      const spec::Link& link = scenario.network.links[hop.link];
      const std::string& from = hop.reversed ? link.to : link.from;
      const std::string& to = hop.reversed ? link.from : link.to;
      if (places.count(from) == 0 || places.count(to) == 0) continue;  // not on the map
      if (out.longitudes.empty()) add(places[from]);
      if (!link.along_file.empty() && !files[link.along_file].empty()) {
        const auto found = files[link.along_file].find(link.along_name);
        if (found == files[link.along_file].end()) {
          std::vector<std::string> names;
          for (const auto& [name, line] : files[link.along_file]) names.push_back(name);
          const std::string close = nearest(link.along_name, names);
          errors.push_back({link.place, "network.links.along.name",
                            "no line '" + link.along_name + "' in " + link.along_file +
                                (close.empty() ? "" : "; did you mean '" + close + "'?")});
          continue;
        }
        // The stretch between the two ends, in the direction of travel.
        const Line& line = found->second;
        const std::size_t a = nearest_point(line, places[from]);
        const std::size_t b = nearest_point(line, places[to]);
        if (a <= b) {
          for (std::size_t i = a; i <= b; ++i) add(line[i]);
        } else {
          for (std::size_t i = a + 1; i-- > b;) add(line[i]);
        }
      }
      add(places[to]);
    }
  }
  std::sort(errors.begin(), errors.end(),
            [](const Error& a, const Error& b) { return a.place < b.place; });
  return errors;
}

}  // namespace portflow::run

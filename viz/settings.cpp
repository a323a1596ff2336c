#include "viz/settings.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace portflow::viz {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

Json read(const std::string& file) {
  std::ifstream in(file);
  Json json = Json::parse(in, nullptr, false);
  return json.is_object() ? json : Json::object();
}

/// A number of an enumeration with `count` members, or what it was.
template <class Enum>
void get(const Json& json, const char* key, Enum& value, int count) {
  const int number = json.value(key, static_cast<int>(value));
  if (number >= 0 && number < count) value = static_cast<Enum>(number);
}

}  // namespace

std::string settings_file() {
  if (const char* folder = std::getenv("XDG_CONFIG_HOME"); folder != nullptr && *folder != 0) {
    return std::string(folder) + "/portflow/view.json";
  }
  const char* home = std::getenv("HOME");
  return home == nullptr ? std::string() : std::string(home) + "/.config/portflow/view.json";
}

void recall(View& view, const std::string& trace, const std::string& file) {
  if (file.empty()) return;
  try {
    const Json json = read(file);
    get(json, "language", view.language, 2);
    get(json, "theme", view.theme, 2);
    get(json, "colour_by", view.colour_by, 3);
    get(json, "tab", view.tab, static_cast<int>(tab_count));
    get(json, "versus", view.versus, 3);
    view.curves_wait = json.value("curves_wait", view.curves_wait);
    view.halls = json.value("halls", view.halls);
    view.figures = json.value("figures", view.figures);
    if (json.contains("side")) view.side = json.at("side").get<bool>();
    view.side_wide = json.value("side_wide", view.side_wide);
    view.dock_high = json.value("dock_high", view.dock_high);
    const float size = json.value("size", view.size);
    if (std::find(sizes.begin(), sizes.end(), size) != sizes.end()) view.size = size;
    view.speed = std::clamp(json.value("speed", view.speed), least_speed, greatest_speed);
    const Json none = Json::object();
    const Json& marks = json.contains("bookmarks") ? json.at("bookmarks") : none;
    if (!marks.contains(trace)) return;
    for (const Json& mark : marks.at(trace)) {
      view.bookmarks.push_back({SimTime(Duration(mark.at("at_ms").get<std::int64_t>())),
                                mark.at("caption").get<std::string>()});
    }
    std::sort(view.bookmarks.begin(), view.bookmarks.end(),
              [](const Bookmark& a, const Bookmark& b) { return a.at < b.at; });
  } catch (const Json::exception&) {
    // Somebody edited it by hand: what was read until here holds.
  }
}

void remember(const View& view, const std::string& trace, const std::string& file) {
  if (file.empty()) return;
  Json json = read(file);
  json["language"] = static_cast<int>(view.language);
  json["theme"] = static_cast<int>(view.theme);
  json["colour_by"] = static_cast<int>(view.colour_by);
  json["tab"] = static_cast<int>(view.tab);
  json["versus"] = static_cast<int>(view.versus);
  json["curves_wait"] = view.curves_wait;
  json["halls"] = view.halls;
  json["figures"] = view.figures;
  if (view.side) json["side"] = *view.side;
  json["side_wide"] = view.side_wide;
  json["dock_high"] = view.dock_high;
  json["size"] = view.size;
  json["speed"] = view.speed;
  Json marks = Json::array();
  for (const Bookmark& mark : view.bookmarks) {
    marks.push_back({{"at_ms", mark.at.time_since_epoch().count()}, {"caption", mark.caption}});
  }
  if (!json["bookmarks"].is_object()) json["bookmarks"] = Json::object();
  json["bookmarks"][trace] = marks;
  std::error_code ignored;
  fs::create_directories(fs::path(file).parent_path(), ignored);
  // Whole or not at all, should two windows close at once.
  const std::string part = file + ".part";
  std::ofstream(part) << json.dump(2) << "\n";
  fs::rename(part, file, ignored);
}

}  // namespace portflow::viz

#include "run/disturbances.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "io/read.hpp"
#include "policy/compile.hpp"
#include "spec/spot.hpp"

namespace portflow::run {
namespace {

namespace fs = std::filesystem;

/// The file as the scenario's own file names it.
fs::path file_of(const spec::Node& item) {
  return (fs::path{item.place.file}.parent_path() / item.text).lexically_normal();
}

/// `no file ..`, with the one beside it that may be meant.
std::string missing(const spec::Node& item) {
  const fs::path path = file_of(item);
  std::vector<std::string> beside;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(path.parent_path(), ignored)) {
    if (entry.path().extension() == ".yaml") beside.push_back(entry.path().filename().string());
  }
  return fmt::format("no file `{}`{}", path.string(),
                     spec::did_you_mean(path.filename().string(), beside));
}

class Reader {
 public:
  std::vector<Disturbance> found;
  Errors errors;

  void read(const spec::Node& list) {
    if (!list.is_list()) {
      return complain(list.place, "disturbances",
                      "expected a list of files (`../disturbances/fog.yaml`) and of disturbances "
                      "written in place");
    }
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      add(list.items[i], fmt::format("disturbances[{}]", i));
    }
  }

 private:
  void complain(const Place& place, std::string path, std::string message) {
    errors.push_back({place, std::move(path), std::move(message)});
  }

  void add(const spec::Node& item, const std::string& path) {
    if (item.is_map()) return keep(policy::bind_measure(item, item.place.file, path), item, path);
    if (!item.is_scalar()) {
      return complain(item.place, path, "expected a file or a disturbance written in place");
    }
    std::error_code ignored;
    if (!fs::is_regular_file(file_of(item), ignored)) {
      return complain(item.place, path, missing(item));
    }
    auto loaded = io::load(file_of(item).string());
    if (!loaded) return take(loaded.error());
    keep(policy::bind_measure(std::move(loaded->root), file_of(item).string()), item, path);
  }

  void take(const Fault& fault) {
    errors.insert(errors.end(), fault.errors.begin(), fault.errors.end());
  }

  void keep(Result<policy::Measure> measure, const spec::Node& item, const std::string& path) {
    if (!measure) return take(measure.error());
    if (measure->number != 0) {
      return complain(
          item.place, path,
          fmt::format("`{0}` is measure {1}, no disturbance: what both arms share is no "
                      "policy; switch it on by `--with {0}`",
                      measure->id, measure->number));
    }
    const auto twin = std::ranges::find(found, measure->id,
                                        [](const Disturbance& other) { return other.measure.id; });
    if (twin != found.end()) {
      return complain(item.place, path,
                      fmt::format("`{}` is among them already ({}:{}:{})", measure->id,
                                  twin->listed.file, twin->listed.line, twin->listed.column));
    }
    found.push_back({std::move(*measure), item.place});
  }
};

}  // namespace

Result<std::vector<Disturbance>> disturbances_of(const spec::Node& scenario) {
  Reader reader;
  if (const spec::Node* list = scenario.find("disturbances")) reader.read(*list);
  if (!reader.errors.empty()) return refuse(std::move(reader.errors));
  return std::move(reader.found);
}

Result<std::vector<policy::Measure>> together(std::vector<policy::Measure> measures,
                                              std::vector<Disturbance> disturbances) {
  Errors errors;
  for (Disturbance& one : disturbances) {
    const auto twin = std::ranges::find(measures, one.measure.id, &policy::Measure::id);
    if (twin != measures.end()) {
      errors.push_back({one.listed, "disturbances",
                        fmt::format("`{}` stands here, so it is on in every arm; `{}` was switched "
                                    "on besides",
                                    twin->id, twin->file)});
    }
  }
  if (!errors.empty()) return refuse(std::move(errors));
  for (Disturbance& one : disturbances) measures.push_back(std::move(one.measure));
  return measures;
}

}  // namespace portflow::run

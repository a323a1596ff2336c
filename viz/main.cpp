// portflow-view: replays a trace on a map, in a window or as a picture.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "trace/reader.hpp"
#include "viz/app.hpp"
#include "viz/picture.hpp"
#include "viz/window.hpp"

namespace {

using namespace portflow;
namespace fs = std::filesystem;

struct Options {
  std::string trace, at, screenshot, map;
  std::string size{"1920x1080"}, lang{"en"}, theme{"dark"};
  int bench{0};
};

int complain(const Fault& fault) {
  for (const Error& error : fault.errors) {
    fmt::print(stderr, "portflow-view: {}\n", error.text());
  }
  return static_cast<int>(fault.kind);
}

Result<std::pair<int, int>> read_size(const std::string& text) {
  int width = 0;
  int height = 0;
  const char* const end = text.data() + text.size();
  const auto wide = std::from_chars(text.data(), end, width);
  const bool crossed = wide.ec == std::errc{} && wide.ptr != end && *wide.ptr == 'x';
  const auto high = std::from_chars(crossed ? wide.ptr + 1 : end, end, height);
  if (high.ec != std::errc{} || high.ptr != end || width < 640 || height < 480 || width > 7680 ||
      height > 4320) {
    return fail(Failure::input,
                "--size: write WIDTHxHEIGHT from 640x480 to 7680x4320, not `" + text + "`");
  }
  return std::pair{width, height};
}

double quantile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

/// One line, as portflow-bench prints: milliseconds a frame, built and rendered apart.
Result<void> bench(viz::App& app, int width, int height, int frames) {
  const auto times = viz::time_frames(app, width, height, frames);
  if (!times) return tl::unexpected(times.error());
  fmt::print(
      "frames={} build_p50_ms={:.2f} build_p95_ms={:.2f} render_p50_ms={:.2f} "
      "render_p95_ms={:.2f} renderer={}\n",
      frames, quantile(times->build, 0.5), quantile(times->build, 0.95),
      quantile(times->render, 0.5), quantile(times->render, 0.95), times->renderer);
  return {};
}

/// Where coastlines may lie: as told, as the trace says, in the source tree.
std::string find_map(const Options& options, const trace::Schema& schema, const char* program) {
  if (!options.map.empty()) return options.map;
  const fs::path beside = fs::path(options.trace).parent_path();
  std::error_code ignored;
  const fs::path binary = fs::canonical("/proc/self/exe", ignored);
  const fs::path tree = (binary.empty() ? fs::path(program) : binary).parent_path() / "../../..";
  std::vector<fs::path> places;
  if (!schema.map_folder.empty()) {
    for (const fs::path& root :
         {fs::path(), beside, fs::path("scenarios/dalian"), tree / "scenarios/dalian"}) {
      places.push_back(root / schema.map_folder);
    }
  }
  places.emplace_back("scenarios/dalian/map");
  places.push_back(tree / "scenarios/dalian/map");
  for (const fs::path& place : places) {
    if (fs::is_directory(place, ignored)) return place.string();
  }
  return {};
}

Result<void> show(const Options& options, const char* program) {
  const auto size = read_size(options.size);
  if (!size) return tl::unexpected(size.error());
  std::optional<SimTime> at;
  if (!options.at.empty()) {
    at = parse_time(options.at);
    if (!at) {
      return fail(Failure::input,
                  "--at: write 2023-06-01 or `2023-06-01 08:30`, not `" + options.at + "`");
    }
  }
  if (!options.map.empty() && !fs::is_directory(options.map)) {
    return fail(Failure::input, "--map: no such folder: " + options.map);
  }
  auto reader = trace::Reader::open(options.trace);
  if (!reader) return tl::unexpected(reader.error());
  auto rows = (*reader)->all({.steps = true, .paths = true});
  if (!rows) return tl::unexpected(rows.error());
  const viz::Store store((*reader)->schema(), *rows);
  *rows = {};
  if (at && (*at < store.begin() || *at > store.end())) {
    return fail(Failure::input, fmt::format("--at: the trace runs from {} to {}",
                                            to_text(store.begin()), to_text(store.end())));
  }
  viz::MapData map;
  if (const std::string folder = find_map(options, store.schema(), program); !folder.empty()) {
    auto loaded = viz::load_map(folder);
    if (!loaded) return tl::unexpected(loaded.error());
    map = std::move(*loaded);
  }
  viz::View view = viz::first_view(store, at);
  view.language = options.lang == "zh" ? viz::Language::zh : viz::Language::en;
  view.theme = options.theme == "light" ? viz::Theme::light : viz::Theme::dark;
  if (options.screenshot.empty() && options.bench == 0) {
    return viz::run_window("portflow · " + store.schema().scenario_name, size->first, size->second,
                           [&](float scale) { return viz::App::make(store, map, view, scale); });
  }
  auto app = viz::App::make(store, map, view, 1);
  if (!app) return tl::unexpected(app.error());
  if (options.bench > 0) return bench(**app, size->first, size->second, options.bench);
  auto picture = viz::take_picture(**app, size->first, size->second);
  if (!picture) return tl::unexpected(picture.error());
  return viz::write_png(*picture, options.screenshot);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App cli{
      "Replays a portflow trace on a map: ships, trains, trucks and aircraft, queues and causes."};
  cli.footer(
      "Examples:\n"
      "  portflow-view out/demo/a.h5\n"
      "  portflow-view out/demo/a.h5 --at \"2025-06-13 14:20\" --lang zh --theme light\n"
      "  portflow-view out/demo/a.h5 --screenshot replay.png        (needs no display)\n"
      "In the window, ? shows the keys. Exit codes: 0 done, 2 bad input, 5 disk or file fault.");
  cli.add_option("TRACE", options.trace, "trace written by portflow run --trace")
      ->required()
      ->type_name("FILE.h5");
  cli.add_option("--at", options.at,
                 "instant to start from, as 2025-06-13 or \"2025-06-13 14:20\" (UTC+8); "
                 "without it, a busy one")
      ->type_name("TIME");
  cli.add_option("--screenshot", options.screenshot, "write a PNG and leave; needs no display")
      ->type_name("FILE.png");
  cli.add_option("--size", options.size, "pixels, from 640x480 to 7680x4320")
      ->type_name("WxH")
      ->capture_default_str();
  cli.add_option("--lang", options.lang, "language")
      ->check(CLI::IsMember({"zh", "en"}))
      ->capture_default_str();
  cli.add_option("--theme", options.theme, "colours")
      ->check(CLI::IsMember({"dark", "light"}))
      ->capture_default_str();
  cli.add_option("--map", options.map, "folder with coastlines, lanes and railways (GeoJSON)")
      ->type_name("FOLDER");
  cli.add_option("--bench", options.bench,
                 "play so many frames with no display and print what a frame costs")
      ->check(CLI::Range(1, 100'000))
      ->type_name("FRAMES");
  cli.set_version_flag("--version", "portflow-view " PORTFLOW_VERSION);
  try {
    cli.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    if (e.get_exit_code() != 0) fmt::print(stderr, "portflow-view: ");
    return cli.exit(e) == 0 ? 0 : static_cast<int>(Failure::input);
  }
  try {
    const auto shown = show(options, argv[0]);
    return shown ? 0 : complain(shown.error());
  } catch (const std::exception& e) {
    fmt::print(stderr, "portflow-view: a bug of ours: {}\n", e.what());
    return static_cast<int>(Failure::bug);
  }
}

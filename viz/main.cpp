// portflow-view: replays a trace on a map, in a window or as a picture.
#include <fmt/format.h>
#include <malloc.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <tuple>

#include "viz/app.hpp"
#include "viz/film.hpp"
#include "viz/live.hpp"
#include "viz/open.hpp"
#include "viz/picture.hpp"
#include "viz/settings.hpp"
#include "viz/window.hpp"

namespace {

using namespace portflow;
namespace fs = std::filesystem;

struct Options {
  std::string trace, other, at, screenshot, map;
  std::string size{"1920x1080"}, lang, theme, tab, select, title;
  std::string look;
  std::string video, from, to, speed{"1 h"};
  int bench{0}, bench_seek{0};
  bool slide{false};
};

/// What readers and parsers say is English; in Chinese a sentence before it says what kind it is.
int complain(const Fault& fault, bool chinese) {
  if (chinese) {
    fmt::print(
        stderr, "portflow-view: {}\n",
        fault.kind == Failure::disk ? "文件无法读取或写入，详情如下：" : "输入有误，详情如下：");
  }
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

/// The most memory that was ever resident [MiB], from /proc; 0 where there is none.
std::int64_t peak_mib() {
  std::ifstream in("/proc/self/status");
  for (std::string word; in >> word;) {
    std::int64_t kib = 0;
    if (word == "VmHWM:" && in >> kib) return kib / 1024;
  }
  return 0;
}

/// One line, as portflow-bench prints: milliseconds a frame, built and rendered apart.
Result<void> bench(viz::App& app, int width, int height, int frames) {
  const auto times = viz::time_frames(app, width, height, frames);
  if (!times) return tl::unexpected(times.error());
  std::vector<double> whole;
  for (std::size_t i = 0; i < times->build.size(); ++i) {
    whole.push_back(times->build[i] + times->render[i]);
  }
  fmt::print(
      "frames={} build_p50_ms={:.2f} build_p95_ms={:.2f} render_p50_ms={:.2f} "
      "render_p95_ms={:.2f} frame_p50_ms={:.2f} movers={} peak_mib={} renderer={}\n",
      frames, quantile(times->build, 0.5), quantile(times->build, 0.95),
      quantile(times->render, 0.5), quantile(times->render, 0.95), quantile(whole, 0.5),
      app.store().movers().at(app.view().now).size(), peak_mib(), times->renderer);
  return {};
}

/// Likewise for jumps to anywhere.
Result<void> bench_seek(viz::App& app, int width, int height, int seeks) {
  const auto times = viz::time_seeks(app, width, height, seeks);
  if (!times) return tl::unexpected(times.error());
  std::vector<double> whole;
  for (std::size_t i = 0; i < times->build.size(); ++i) {
    whole.push_back(times->build[i] + times->render[i]);
  }
  fmt::print("seeks={} seek_p50_ms={:.2f} seek_max_ms={:.2f} read_p50_ms={:.2f} peak_mib={}\n",
             seeks, quantile(whole, 0.5), quantile(whole, 1), quantile(times->build, 0.5),
             peak_mib());
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

/// What options say of how things look.
void set_view(viz::View& view, const Options& options) {
  if (options.lang == "zh") view.language = viz::Language::zh;
  if (options.lang == "en") view.language = viz::Language::en;
  if (options.theme == "light") view.theme = viz::Theme::light;
  if (options.theme == "dark") view.theme = viz::Theme::dark;
  view.title = options.title;
  if (options.slide) view.slide = true;
  if (options.tab == "terminal" || options.tab == "halls") view.tab = viz::Tab::terminal;
  if (options.tab == "lanes") view.tab = viz::Tab::lanes;
  if (options.tab == "compare") view.tab = viz::Tab::compare;
  view.halls = options.tab == "halls";
}

/// The one entity of that name.
Result<trace::EntityId> find_entity(viz::Archive& archive, const std::string& name) {
  auto asked = archive.search(name);
  archive.wait();
  asked = archive.search(name);
  if (const std::string trouble = archive.trouble(); !trouble.empty()) {
    return fail(Failure::disk, "--select: " + trouble);
  }
  if (asked->empty()) {
    return fail(Failure::input, "--select: no entity is called `" + name + "` or begins so");
  }
  return asked->front().entity;
}

/// `121.9,39.0,2000`: where the map looks, and how near.
Result<viz::Camera> read_look(const std::string& text) {
  double numbers[3] = {};
  const char* at = text.data();
  const char* const end = at + text.size();
  for (double& number : numbers) {
    const auto read = std::from_chars(at, end, number);
    const bool last = &number == &numbers[2];
    if (read.ec != std::errc{} || (last ? read.ptr != end : read.ptr == end || *read.ptr != ',')) {
      return fail(Failure::input, "--look: write LONGITUDE,LATITUDE,ZOOM, not `" + text + "`");
    }
    at = last ? read.ptr : read.ptr + 1;
  }
  if (std::abs(numbers[0]) > 180 || std::abs(numbers[1]) > 80 || numbers[2] < viz::least_zoom ||
      numbers[2] > viz::greatest_zoom) {
    return fail(Failure::input,
                fmt::format("--look: within 180 and 80 degrees, and {} to {} px a degree",
                            viz::least_zoom, viz::greatest_zoom));
  }
  return viz::Camera{{numbers[0], numbers[1]}, numbers[2]};
}

Result<SimTime> read_moment(const char* option, const std::string& text) {
  if (const auto at = parse_time(text)) return *at;
  return fail(Failure::input,
              fmt::format("{}: write 2023-06-01 or `2023-06-01 08:30`, not `{}`", option, text));
}

Result<void> film(viz::App& app, const Options& options, std::pair<int, int> size) {
  viz::FilmPlan plan{.path = options.video,
                     .from = app.store().begin(),
                     .to = app.store().end(),
                     .width = size.first,
                     .height = size.second};
  const auto speed = viz::read_speed(options.speed);
  if (!speed) {
    return fail(Failure::input, "--speed: write 30 min, 1 h or 1 d (shown in one second), not `" +
                                    options.speed + "`");
  }
  plan.speed = *speed;
  for (const auto& [option, text, target] : {std::tuple{"--from", &options.from, &plan.from},
                                             std::tuple{"--to", &options.to, &plan.to}}) {
    if (text->empty()) continue;
    const auto moment = read_moment(option, *text);
    if (!moment) return tl::unexpected(moment.error());
    *target = *moment;
  }
  if (plan.from < app.store().begin() || plan.to > app.store().end() || plan.from >= plan.to) {
    return fail(Failure::input,
                fmt::format("--from, --to: a stretch of {} to {} is needed",
                            to_text(app.store().begin()), to_text(app.store().end())));
  }
  if (size.first % 2 != 0 || size.second % 2 != 0) {
    return fail(Failure::input, "--size: a film needs an even width and height");
  }
  fmt::print(stderr, "portflow-view: {} frames\n", viz::frames_of(plan));
  return viz::make_film(app, plan, [](double share) {
    fmt::print(stderr, "\r{:3.0f} %", 100 * share);
    std::fflush(stderr);
  });
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
  auto opened = viz::open_store(options.trace);
  if (!opened) return tl::unexpected(opened.error());
  const viz::Store& store = **opened;
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
  const bool window = options.screenshot.empty() && options.video.empty() && options.bench == 0 &&
                      options.bench_seek == 0;
  if (window) viz::recall(view, store.schema().fingerprint, viz::settings_file());
  set_view(view, options);
  viz::Worker worker;
  viz::Archive archive(options.trace, store, worker);
  viz::Source source{store, map, &archive, nullptr, nullptr, nullptr};
  std::unique_ptr<viz::Store> second;
  std::unique_ptr<viz::Archive> second_archive;
  viz::Comparison comparison;
  if (!options.other.empty()) {
    auto other = viz::open_store(options.other);
    if (!other) return tl::unexpected(other.error());
    second = std::move(*other);
    auto compared = viz::compare(store, *second, options.trace, options.other);
    if (!compared) return tl::unexpected(compared.error());
    comparison = std::move(*compared);
    second_archive = std::make_unique<viz::Archive>(options.other, *second, worker);
    source.other = second.get();
    source.other_archive = second_archive.get();
    source.comparison = &comparison;
    if (options.tab.empty()) view.tab = viz::Tab::compare;
  }
  if (!options.look.empty()) {
    const auto camera = read_look(options.look);
    if (!camera) return tl::unexpected(camera.error());
    view.camera = *camera;
    view.fit_map = false;
  }
  if (!options.select.empty()) {
    auto chosen = find_entity(archive, options.select);
    if (!chosen) return tl::unexpected(chosen.error());
    viz::choose(view, *chosen);
    view.following = view.tab == viz::Tab::map;
  }
  if (window) {
    viz::Live live(options.trace, worker);
    std::unique_ptr<viz::Store> newer;
    std::unique_ptr<viz::Archive> newer_archive;
    const auto refresh = [&](viz::App& shown, double seconds) {
      if (shown.store().sealed() || source.other != nullptr) return;
      auto next = live.poll(seconds);
      if (!next) return;
      // The old ones live until nothing shows them any more.
      auto next_archive = std::make_unique<viz::Archive>(live.path(), *next, worker);
      shown.replace({*next, map, next_archive.get(), nullptr, nullptr, nullptr});
      newer = std::move(next);
      newer_archive = std::move(next_archive);
    };
    const auto make = [&](float density) { return viz::App::make(source, view, density); };
    return viz::run_window("portflow · " + store.schema().scenario_name, size->first, size->second,
                           make, refresh);
  }
  auto app = viz::App::make(source, view, 1);
  if (!app) return tl::unexpected(app.error());
  if (options.bench > 0) return bench(**app, size->first, size->second, options.bench);
  if (options.bench_seek > 0)
    return bench_seek(**app, size->first, size->second, options.bench_seek);
  if (!options.video.empty()) return film(**app, options, *size);
  auto picture = viz::take_picture(**app, size->first, size->second);
  if (!picture) return tl::unexpected(picture.error());
  return viz::write_png(*picture, options.screenshot);
}

}  // namespace

int main(int argc, char** argv) {
  // What is larger goes back at once when it is freed; by itself the bound would rise to 32 MiB.
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
  Options options;
  CLI::App cli{
      "Replays a portflow trace on a map: ships, trains, trucks and aircraft, queues and causes."};
  cli.footer(
      "Examples:\n"
      "  portflow-view out/demo/a.h5\n"
      "  portflow-view out/demo/a.h5 --at \"2025-06-13 14:20\" --lang zh --theme light\n"
      "  portflow-view out/demo/a.h5 out/demo/b.h5                  (two runs on one clock)\n"
      "  portflow-view out/demo/a.h5 --screenshot replay.png        (needs no display)\n"
      "  portflow-view out/demo/a.h5 --video replay.mp4 --from 2025-06-13 --to 2025-06-14\n"
      "In the window, ? shows the keys. Exit codes: 0 done, 2 bad input, 5 disk or file fault.");
  cli.add_option("TRACE", options.trace, "trace written by portflow run --trace")
      ->required()
      ->type_name("FILE.h5");
  cli.add_option("TRACE_B", options.other, "a second one, compared with the first on one clock")
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
  cli.add_option("--lang", options.lang, "language; as last time in a window, else en")
      ->check(CLI::IsMember({"zh", "en"}));
  cli.add_option("--theme", options.theme, "colours; as last time in a window, else dark")
      ->check(CLI::IsMember({"dark", "light"}));
  cli.add_option("--map", options.map, "folder with coastlines, lanes and railways (GeoJSON)")
      ->type_name("FOLDER");
  cli.add_option("--bench", options.bench,
                 "play so many frames with no display and print what a frame costs")
      ->check(CLI::Range(1, 100'000))
      ->type_name("FRAMES");
  cli.add_option("--bench-seek", options.bench_seek,
                 "jump to so many instants with no display and print what one costs")
      ->check(CLI::Range(1, 100'000))
      ->type_name("SEEKS");
  cli.add_option("--tab", options.tab, "what the middle shows")
      ->check(CLI::IsMember({"map", "terminal", "halls", "lanes", "compare"}));
  cli.add_option("--look", options.look,
                 "where the map looks: degrees east and north, and px a degree (3 to 60000)")
      ->type_name("LON,LAT,ZOOM");
  cli.add_option("--select", options.select, "open the card of the entity of this name")
      ->type_name("NAME");
  cli.add_option("--video", options.video, "write a film and leave; needs ffmpeg, but no display")
      ->type_name("FILE.mp4");
  cli.add_option("--from", options.from, "where the film begins; without it, where the trace does")
      ->type_name("TIME");
  cli.add_option("--to", options.to, "where the film ends")->type_name("TIME");
  cli.add_option("--speed", options.speed, "how much a second of the film shows: 30 min, 1 h, 1 d")
      ->capture_default_str();
  cli.add_option("--title", options.title, "words over the map, for a film or a slide")
      ->type_name("TEXT");
  cli.add_flag("--slide", options.slide, "larger type, for a projector (16:9)");
  cli.set_version_flag("--version", "portflow-view " PORTFLOW_VERSION);
  try {
    cli.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    if (e.get_exit_code() != 0) fmt::print(stderr, "portflow-view: ");
    return cli.exit(e) == 0 ? 0 : static_cast<int>(Failure::input);
  }
  try {
    const auto shown = show(options, argv[0]);
    return shown ? 0 : complain(shown.error(), options.lang == "zh");
  } catch (const std::exception& e) {
    fmt::print(stderr, "portflow-view: a bug of ours: {}\n", e.what());
    return static_cast<int>(Failure::bug);
  }
}

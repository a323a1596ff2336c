#include "architecture/rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <regex>
#include <sstream>

namespace portflow::architecture {
namespace {

/// A library and the folders that may see it. A header belongs to the first row it begins with.
struct Library {
  std::string_view header;
  std::vector<std::string_view> folders;
};

const std::vector<Library>& libraries() {
  static const std::vector<std::string_view> everywhere{"sim", "analysis", "viz", "bench", "tests"};
  static const std::vector<Library> list{
      {"hdf5.h", {"sim/trace", "tests/trace"}},
      {"libdeflate.h", {"sim/trace", "tests/trace"}},
      {"yaml-cpp/", {"sim/io"}},
      {"CLI/", {"sim/cli", "viz", "bench"}},
      {"boost/graph/", {"sim/network"}},
      {"boost/math/", {"analysis"}},
      {"boost/random/", {"analysis/design"}},
      {"mpi.h", {"analysis/ranks"}},
      {"sched.h", {"analysis/ranks", "sim/kernel", "tests/kernel"}},
      {"Random123/", {"sim/core", "tests/core"}},
      {"tbb/", {"sim/kernel", "sim/trace", "sim/run", "analysis", "bench"}},
      {"oneapi/tbb/", {"sim/flow"}},
      {"nlohmann/", {"sim/trace", "sim/kpi", "sim/run", "sim/cli", "analysis", "viz", "tests"}},
      {"imgui", {"viz", "tests/viz"}},
      {"backends/imgui", {"viz"}},
      {"GLFW/", {"viz"}},
      {"EGL/", {"viz"}},
      {"GL/", {"viz"}},
      {"png.h", {"viz", "tests/viz", "tests/report"}},
      {"nlopt.h", {"analysis/calibration"}},
      {"benchmark/", {"bench"}},
      {"gtest/", {"tests"}},
      {"gmock/", {"tests"}},
      {"fmt/", everywhere},
      {"tl/expected.hpp", everywhere},
      // The operating system and the processor.
      {"sys/", everywhere},
      {"unistd.h", everywhere},
      {"fcntl.h", everywhere},
      {"malloc.h", {"viz"}},
      {"signal.h", everywhere},
      {"immintrin.h", {"sim/kernel"}},
      {"emmintrin.h", {"sim/core", "sim/trace"}},
  };
  return list;
}

bool is_below(std::string_view file, std::string_view folder) {
  return file.size() > folder.size() && file.substr(0, folder.size()) == folder &&
         file[folder.size()] == '/';
}

std::string join(const std::vector<std::string_view>& words) {
  return words.empty() ? "nothing" : fmt::format("{}", fmt::join(words, ", "));
}

/// Why `header` in angle brackets may not stand in `file`; empty if it may.
std::string refuse_library(const std::string& file, const std::string& header) {
  for (const Library& library : libraries()) {
    if (header.substr(0, library.header.size()) != library.header) continue;
    const bool allowed = std::ranges::any_of(
        library.folders, [&](std::string_view folder) { return is_below(file, folder); });
    if (allowed) return {};
    return fmt::format("<{}> belongs to {}", header, join(library.folders));
  }
  const bool standard = header.find_first_of("./") == std::string::npos;
  if (standard) return {};
  return fmt::format("<{}> belongs to no library of tests/architecture/rules.cpp", header);
}

/// Likewise for a header of our own in quotes.
std::string refuse_own(const std::string& file, const std::string& header) {
  // The deepest folder that holds it: analysis/store is a layer of its own within analysis.
  const Layer* found = nullptr;
  for (const Layer& layer : layers()) {
    if (!is_below(header, layer.folder) && !is_below("sim/" + header, layer.folder)) continue;
    if (found == nullptr || layer.folder.size() > found->folder.size()) found = &layer;
  }
  const bool outside = is_below(file, "tests") || is_below(file, "bench");
  if (outside) return {};
  if (found == nullptr) {
    return fmt::format("\"{}\" is in no folder of the product; write \"folder/file.hpp\"", header);
  }
  const Layer* own = layer_of(file);
  if (own == nullptr) return "its folder has no row in tests/architecture/rules.cpp";
  const std::string_view target = found->folder.substr(found->folder.find('/') + 1);
  if (own == found || std::ranges::count(own->may_include, target) > 0) return {};
  return fmt::format("{} may include {}; not {}", own->folder, join(own->may_include), target);
}

std::string refuse_header(const std::string& file, const std::string& name, bool own) {
  return own ? refuse_own(file, name) : refuse_library(file, name);
}

}  // namespace

const std::vector<Layer>& layers() {
  // Who may include whom, line by line as in docs/architecture.md. Where that page names only
  // the nearest layer (`core <- spec <- policy`), the ones below it are written out. Two rows
  // say more than the page: procedure runs inside the kernel, books its records and asks the
  // network, as does facility, which builds on it; analysis and cli use the words (spec, policy)
  // that run's own headers hand out. Nothing that only reads records (kpi, viz) sees the model.
  static const std::vector<Layer> rows{
      {"sim/core", "portflow", {}},
      {"sim/kernel", "portflow::kernel", {"core"}},
      {"sim/spec", "portflow::spec", {"core"}},
      {"sim/policy", "portflow::policy", {"core", "spec"}},
      {"sim/io", "portflow::io", {"core", "spec", "policy"}},
      {"sim/network", "portflow::network", {"core", "spec"}},
      {"sim/flow", "portflow::flow", {"core"}},
      {"sim/trace", "portflow::trace", {"core"}},
      {"sim/kpi", "portflow::kpi", {"core", "trace"}},
      {"sim/procedure",
       "portflow::procedure",
       {"core", "kernel", "spec", "network", "flow", "trace"}},
      {"sim/facility",
       "portflow::facility",
       {"core", "kernel", "spec", "network", "flow", "procedure", "trace"}},
      {"sim/run",
       "portflow::run",
       {"core", "kernel", "spec", "policy", "io", "network", "flow", "procedure", "facility",
        "trace", "kpi"}},
      {"sim/cli",
       "portflow::cli",
       {"core", "spec", "policy", "trace", "kpi", "run", "analysis", "calibration", "store",
        "study", "ranks"}},
      {"analysis", "portflow::analysis", {"core", "spec", "policy", "trace", "kpi", "run"}},
      {"analysis/calibration",
       "portflow::calibration",
       {"core", "spec", "policy", "io", "trace", "kpi", "run", "analysis"}},
      {"analysis/store", "portflow::store", {"core", "spec", "trace", "kpi", "run", "analysis"}},
      {"analysis/design", "portflow::design", {"core", "analysis"}},
      {"analysis/study",
       "portflow::study",
       {"core", "spec", "policy", "io", "trace", "kpi", "run", "analysis", "store", "design"}},
      {"analysis/ranks", "portflow::ranks", {"core", "study"}},
      {"viz", "portflow::viz", {"core", "trace", "kpi", "analysis"}},
  };
  return rows;
}

const Layer* layer_of(std::string_view file) {
  const Layer* found = nullptr;
  for (const Layer& layer : layers()) {
    if (!is_below(file, layer.folder)) continue;
    if (found == nullptr || layer.folder.size() > found->folder.size()) found = &layer;
  }
  return found;
}

std::vector<std::string> bad_includes(const std::string& file, const std::string& text) {
  static const std::regex pattern(R"re(^\s*#\s*include\s*([<"])([^>"]+)[>"].*)re");
  std::vector<std::string> complaints;
  std::istringstream lines(text);
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    std::smatch match;
    if (!std::regex_match(line, match, pattern)) continue;
    const std::string why = refuse_header(file, match[2].str(), match[1].str() == "\"");
    if (!why.empty()) complaints.push_back(fmt::format("{}:{}: {}", file, number, why));
  }
  return complaints;
}

std::vector<std::string> bad_namespaces(const std::string& file, const std::string& text) {
  const Layer* layer = layer_of(file);
  if (layer == nullptr) return {fmt::format("{}: its folder has no row", file)};
  static const std::regex opening(R"(^namespace ([a-z_:]+) \{.*)");
  std::vector<std::string> complaints;
  std::istringstream lines(text);
  std::size_t number = 0;
  bool opened = false;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    std::smatch match;
    if (!std::regex_match(line, match, opening)) continue;
    // What stands inside the folder's namespace (`read` in spec) is the folder's own affair.
    if (opened && match[1].str().find("portflow") != 0) continue;
    opened = true;
    if (match[1].str() == layer->name_space) continue;
    complaints.push_back(fmt::format("{}:{}: {} is the folder of {}, not of {}", file, number,
                                     layer->folder, layer->name_space, match[1].str()));
  }
  // A header must put its names somewhere; a program's main file need not.
  if (!opened && file.ends_with(".hpp")) {
    complaints.push_back(
        fmt::format("{}:1: a header of {} opens {}", file, layer->folder, layer->name_space));
  }
  return complaints;
}

std::vector<std::string> bad_length(const std::string& file, const std::string& text) {
  const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n'));
  if (lines <= longest) return {};
  return {fmt::format("{}:{}: {} lines; a file has at most {}", file, longest + 1, lines, longest)};
}

std::vector<std::string> bad_links(const std::string& file, const std::string& text) {
  static const std::regex module(R"(^portflow_(?:module|program)\((\S+) (\w+) .*LINK (.*)\).*)");
  static const std::regex target(R"(portflow_(\w+))");
  std::vector<std::string> complaints;
  std::istringstream lines(text);
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    std::smatch match;
    if (!std::regex_match(line, match, module)) continue;
    const std::string folder = match[1].str() == "."
                                   ? match[2].str()
                                   : fmt::format("{}/{}", match[1].str(), match[2].str());
    const Layer* layer = layer_of(folder + "/x");
    if (layer == nullptr) {
      complaints.push_back(fmt::format("{}:{}: {} has no row", file, number, folder));
      continue;
    }
    const std::string links = match[3].str();
    for (std::sregex_iterator at(links.begin(), links.end(), target), end; at != end; ++at) {
      const std::string linked = (*at)[1].str();
      if (std::ranges::count(layer->may_include, linked) > 0) continue;
      complaints.push_back(fmt::format("{}:{}: {} may link {}; not {}", file, number, folder,
                                       join(layer->may_include), linked));
    }
  }
  return complaints;
}

std::vector<std::string> sources(const std::filesystem::path& root,
                                 const std::vector<std::string>& folders) {
  std::vector<std::string> files;
  for (const std::string& folder : folders) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
      const auto extension = entry.path().extension();
      if (extension != ".hpp" && extension != ".cpp") continue;
      files.push_back(entry.path().lexically_relative(root).generic_string());
    }
  }
  std::ranges::sort(files);
  return files;
}

std::string contents(const std::filesystem::path& path) {
  std::ifstream stream(path);
  return {std::istreambuf_iterator<char>{stream}, {}};
}

}  // namespace portflow::architecture

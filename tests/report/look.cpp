#include "report/look.hpp"

#include <fmt/format.h>
#include <png.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>
#include <vector>

namespace portflow::report_test {
namespace {

namespace fs = std::filesystem;

std::string text_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

/// Tells the page around it what it measures.
constexpr const char* measuring = R"js(<script>addEventListener("load",()=>{
const root=document.scrollingElement,sought="[src],link[href],object,iframe";
parent.postMessage([innerWidth,root.scrollWidth,root.scrollHeight,
performance.getEntriesByType("resource").length+document.querySelectorAll(sought).length,
matchMedia("(prefers-color-scheme: dark)").matches?1:0].join(" "),"*");});</script>)js";

/// The page around: a window is never narrower than 500 px, a frame may be. What it is told it
/// writes down where --dump-dom shows it.
constexpr const char* around = R"html(<!DOCTYPE html><html><body style="margin:0"><script>
addEventListener("message",told=>{{const seen=document.createElement("p");seen.id="seen";
seen.style.display="none";seen.textContent=told.data;document.body.appendChild(seen);}});</script>
<iframe src="page.html" style="border:0;width:{}px;height:5000px"></iframe></body></html>)html";

/// Share of pixels of another colour than the commonest; negative where it is no picture.
double ink_of(const std::string& path) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_file(&image, path.c_str()) == 0) return -1;
  image.format = PNG_FORMAT_RGBA;
  std::vector<std::uint32_t> pixels(std::size_t{image.width} * image.height);
  if (png_image_finish_read(&image, nullptr, pixels.data(), 0, nullptr) == 0) return -1;
  std::map<std::uint32_t, std::size_t> colours;
  std::size_t most = 0;
  for (const std::uint32_t pixel : pixels) most = std::max(most, ++colours[pixel]);
  return 1 - static_cast<double>(most) / static_cast<double>(pixels.size());
}

}  // namespace

Seen look_at(const std::string& page, const Look& look, const std::string& picture) {
  const std::string folder = picture + ".chromium", copy = folder + "/page.html";
  fs::remove_all(folder);
  fs::create_directories(folder);
  fs::remove(picture);
  std::string text = text_of(page);
  const std::size_t end = text.rfind("</body>");
  Seen seen;
  if (end == std::string::npos) {
    seen.fault = page + " has no body";
    return seen;
  }
  std::ofstream(copy, std::ios::binary) << text.insert(end, measuring);
  std::ofstream(folder + "/around.html") << fmt::format(fmt::runtime(around), look.width);
  // A height at which most of a page is in the picture; a page that is higher is cut there.
  const std::string command = fmt::format(
      "timeout 60 chromium --headless --no-sandbox --disable-gpu --hide-scrollbars "
      "--enable-logging=stderr --user-data-dir='{0}/profile' {1} --window-size={2},5000 "
      "--screenshot='{3}' --dump-dom 'file://{4}' > '{0}/dom' 2> '{0}/log'",
      folder, look.dark ? "--blink-settings=preferredColorScheme=0" : "", look.width, picture,
      folder + "/around.html");
  const int code = std::system(command.c_str());
  const std::string dom = text_of(folder + "/dom"), log = text_of(folder + "/log");
  std::smatch found;
  static const std::regex numbers(R"re(id="seen"[^>]*>(\d+) (\d+) (\d+) (\d+) (\d)<)re");
  if (code != 0) {
    seen.fault = fmt::format("chromium ended with {}: {}", code, log.substr(0, 2000));
  } else if (!std::regex_search(dom, found, numbers)) {
    seen.fault = "the page measured nothing: " + log.substr(0, 2000);
  } else {
    seen.inner_width = std::stoi(found[1]);
    seen.scroll_width = std::stoi(found[2]);
    seen.height = std::stoi(found[3]);
    seen.requests = std::stoi(found[4]);
    seen.dark = found[5] == "1";
    seen.ink = ink_of(picture);
  }
  std::istringstream lines(log);
  for (std::string line; std::getline(lines, line);) {
    if (line.find(":CONSOLE:") != std::string::npos) seen.complaints += line + "\n";
  }
  fs::remove_all(folder);
  return seen;
}

}  // namespace portflow::report_test

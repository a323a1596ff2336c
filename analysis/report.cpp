#include "analysis/report.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "analysis/report_sections.hpp"

namespace portflow::analysis {

std::string report(const Comparison& comparison, Language language) {
  const Tongue say{language};
  std::string page = fmt::format(
      "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"{}\">\n<head>\n"
      "<meta charset=\"utf-8\"/>\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
      "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n<main>\n",
      say("zh-CN", "en"), escape(say(comparison.title)), style_sheet());
  for (const auto section :
       {head_section, verdict_section, table_section, expectation_section, curve_section,
        mover_section, weakest_section, note_section, definition_section}) {
    page += section(comparison, say);
  }
  page += "</main>\n</body>\n</html>\n";
  return page;
}

Result<void> write_report(const Comparison& comparison, const std::string& path,
                          Language language) {
  const std::string page = report(comparison, language);
  const auto close = [](std::FILE* file) { return std::fclose(file); };
  std::unique_ptr<std::FILE, decltype(close)> file(std::fopen(path.c_str(), "wb"), close);
  bool good = file != nullptr;
  if (good) good = std::fwrite(page.data(), 1, page.size(), file.get()) == page.size();
  if (file) good = std::fclose(file.release()) == 0 && good;
  if (!good) return fail(Failure::disk, fmt::format("cannot write the report to '{}'", path));
  return {};
}

}  // namespace portflow::analysis

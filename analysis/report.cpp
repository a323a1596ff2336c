#include "analysis/report.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <tuple>

#include "analysis/report_sections.hpp"

namespace portflow::analysis {

std::string report_in(const Comparison& comparison, Language language) {
  const Tongue say{language};
  std::string text =
      fmt::format("<main class=\"{}\" lang=\"{}\">\n", say("zh", "en"), say("zh-CN", "en"));
  for (const auto section :
       {head_section, verdict_section, table_section, gains_section, tree_section, promise_section,
        release_section, expectation_section, curve_section, mover_section, weakest_section,
        note_section, repeat_section, definition_section}) {
    text += section(comparison, say);
  }
  return text + "</main>\n";
}

std::string report(const Comparison& comparison, Language first) {
  const Tongue say{first};
  std::string page = fmt::format(
      "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"{}\">\n<head>\n"
      "<meta charset=\"utf-8\"/>\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
      "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n",
      say("zh-CN", "en"), escape(say(comparison.title)), style_sheet());
  // A choice that needs no script: the style sheet hides what is not chosen.
  for (const auto& [language, id, name] :
       {std::tuple{Language::zh, "zh", "中文"}, std::tuple{Language::en, "en", "English"}}) {
    page += fmt::format(
        "<input type=\"radio\" name=\"language\" id=\"{0}\" class=\"choice\"{1}/><label "
        "for=\"{0}\" lang=\"{0}\">{2}</label>\n",
        id, language == first ? " checked=\"checked\"" : "", name);
  }
  page += report_in(comparison, Language::zh) + report_in(comparison, Language::en);
  return page + "</body>\n</html>\n";
}

Result<void> write_report(const Comparison& comparison, const std::string& path, Language first) {
  const std::string page = report(comparison, first);
  const auto close = [](std::FILE* file) { return std::fclose(file); };
  std::unique_ptr<std::FILE, decltype(close)> file(std::fopen(path.c_str(), "wb"), close);
  bool good = file != nullptr;
  if (good) good = std::fwrite(page.data(), 1, page.size(), file.get()) == page.size();
  if (file) good = std::fclose(file.release()) == 0 && good;
  if (!good) return fail(Failure::disk, fmt::format("cannot write the report to '{}'", path));
  return {};
}

}  // namespace portflow::analysis

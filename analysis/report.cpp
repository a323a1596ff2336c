#include "analysis/report.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <span>
#include <tuple>

#include "analysis/portrait_sections.hpp"
#include "analysis/report_sections.hpp"

namespace portflow::analysis {
namespace {

template <class Results>
using Section = std::string (*)(const Results&, const Tongue&);

constexpr Section<Comparison> of_a_comparison[] = {
    head_section,    verdict_section, table_section,       gains_section,     tree_section,
    promise_section, release_section, expectation_section, curve_section,     mover_section,
    weakest_section, note_section,    repeat_section,      definition_section};

constexpr Section<Portrait> of_one_arm[] = {head_section,    verdict_section, table_section,
                                            spread_section,  tree_section,    promise_section,
                                            release_section, longest_section, weakest_section,
                                            note_section,    repeat_section,  definition_section};

template <class Results>
std::string main_of(const Results& results, std::span<const Section<Results>> sections,
                    Language language) {
  const Tongue say{language};
  std::string text =
      fmt::format("<main class=\"{}\" lang=\"{}\">\n", say("zh", "en"), say("zh-CN", "en"));
  for (const Section<Results> section : sections) text += section(results, say);
  return text + "</main>\n";
}

/// \param both  the page's `main` in either language
std::string page_of(const trace::Label& title, const std::string& both, Language first) {
  const Tongue say{first};
  std::string page = fmt::format(
      "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"{}\">\n<head>\n"
      "<meta charset=\"utf-8\"/>\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
      "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n",
      say("zh-CN", "en"), escape(say(title)), style_sheet());
  // A choice that needs no script: the style sheet hides what is not chosen.
  for (const auto& [language, id, name] :
       {std::tuple{Language::zh, "zh", "中文"}, std::tuple{Language::en, "en", "English"}}) {
    page += fmt::format(
        "<input type=\"radio\" name=\"language\" id=\"{0}\" class=\"choice\"{1}/><label "
        "for=\"{0}\" lang=\"{0}\">{2}</label>\n",
        id, language == first ? " checked=\"checked\"" : "", name);
  }
  return page + both + "</body>\n</html>\n";
}

Result<void> write(const std::string& page, const std::string& path) {
  const auto close = [](std::FILE* file) { return std::fclose(file); };
  std::unique_ptr<std::FILE, decltype(close)> file(std::fopen(path.c_str(), "wb"), close);
  bool good = file != nullptr;
  if (good) good = std::fwrite(page.data(), 1, page.size(), file.get()) == page.size();
  if (file) good = std::fclose(file.release()) == 0 && good;
  if (!good) return fail(Failure::disk, fmt::format("cannot write the report to '{}'", path));
  return {};
}

}  // namespace

std::string report_in(const Comparison& comparison, Language language) {
  return main_of<Comparison>(comparison, of_a_comparison, language);
}

std::string report_in(const Portrait& portrait, Language language) {
  return main_of<Portrait>(portrait, of_one_arm, language);
}

std::string report(const Comparison& comparison, Language first) {
  return page_of(comparison.title,
                 report_in(comparison, Language::zh) + report_in(comparison, Language::en), first);
}

std::string report(const Portrait& portrait, Language first) {
  return page_of(portrait.arm.title,
                 report_in(portrait, Language::zh) + report_in(portrait, Language::en), first);
}

Result<void> write_report(const Comparison& comparison, const std::string& path, Language first) {
  return write(report(comparison, first), path);
}

Result<void> write_report(const Portrait& portrait, const std::string& path, Language first) {
  return write(report(portrait, first), path);
}

}  // namespace portflow::analysis

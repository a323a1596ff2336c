// Every word of the demo's pages stands in the language of the page.
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>

#include "analysis/domain_words.hpp"
#include "analysis/portrait_sections.hpp"
#include "analysis/report_sections.hpp"
#include "report/pages.hpp"

namespace portflow::report_test {
namespace {

using namespace analysis;

/// What a reader reads: no tags, nothing in code style, which is how names of the model stand.
std::string words_of(const std::string& html) {
  static const std::regex code("<(code|dd|pre)[^>]*>[^]*?</(code|dd|pre)>"), tag("<[^>]*>");
  return std::regex_replace(std::regex_replace(html, code, " "), tag, " ");
}

/// Latin words that a Chinese page may hold: ids of measures, units, abbreviations in use.
std::string foreign_in(std::string text) {
  static const std::regex allowed(
      "\\b(m\\d\\d(\\.[a-z_]+)?|AEO|LNG|TEU|CNY|MSER-5|A|B|t|p95|min|lt|gt|amp|portflow "
      "[0-9.]+)\\b");
  static const std::regex latin("[A-Za-z_]{2,}");
  text = std::regex_replace(text, allowed, " ");
  std::string found;
  for (std::sregex_iterator at(text.begin(), text.end(), latin), end; at != end; ++at) {
    found += at->str() + " ";
  }
  return found;
}

/// Chinese that an English page holds.
std::string chinese_in(const std::string& text) {
  std::string found;
  for (const char letter : text) {
    if (static_cast<unsigned char>(letter) >= 0xE4 && static_cast<unsigned char>(letter) <= 0xE9) {
      found += letter;
    }
  }
  return found;
}

template <class Results>
void expect_one_language(const Results& results) {
  EXPECT_EQ(foreign_in(words_of(report_in(results, Language::zh))), "");
  EXPECT_EQ(chinese_in(words_of(report_in(results, Language::en))), "");
}

TEST(Words, OfAComparisonAreInTheLanguageOfThePage) {
  expect_one_language(comparison());
}

TEST(Words, OfOneArmAreInTheLanguageOfThePage) {
  expect_one_language(portrait());
}

TEST(Words, OfGroupsInTheVerdictAreTranslated) {
  const std::string zh = words_of(verdict_section(comparison(), Tongue{Language::zh}));
  const std::string en = words_of(verdict_section(comparison(), Tongue{Language::en}));
  EXPECT_EQ(zh.find("aeo"), std::string::npos);
  EXPECT_EQ(en.find("aeo"), std::string::npos);
  EXPECT_TRUE(en.find("AEO") != std::string::npos || en.find("Chinese") != std::string::npos) << en;
}

TEST(Words, OfAllGroupsAreInTheDictionary) {
  const auto words = domain_words();
  for (const Estimate* whole : indicators_of(portrait())) {
    for (const Estimate* group : groups_of(portrait(), *whole)) {
      const std::string& name = group->heading.name;
      const std::string category = name.substr(name.rfind('.') + 1);
      const auto known = std::ranges::find(words, category, &Word::key);
      EXPECT_NE(known, words.end()) << name;
    }
  }
}

TEST(Words, TestSeesWhatIsNotTranslated) {
  EXPECT_EQ(foreign_in(words_of("<p>其中 cn −0.4 分钟 <code>a_b</code></p>")), "cn ");
  EXPECT_EQ(foreign_in("m07 与 m07.a，TEU"), "");
  EXPECT_NE(chinese_in("中"), "");
}

TEST(Words, OfOneArmCompareWithNobody) {
  const std::string en = words_of(report_in(portrait(), Language::en));
  for (const char* word : {"better", "worse", "gains", "pays", "B \u2212 A", "paired"}) {
    EXPECT_EQ(en.find(word), std::string::npos) << word;
  }
}

}  // namespace
}  // namespace portflow::report_test

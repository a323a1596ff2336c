// Every word in both languages, and a glyph for every letter of it.
#include "viz/words.hpp"

#include <gtest/gtest.h>
#include <imgui.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "viz/fonts.hpp"
#include "viz/panel.hpp"
#include "viz/scene.hpp"

namespace portflow::viz {
namespace {

bool has_chinese(std::string_view text) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    // UTF-8 of U+4E00 to U+9FFF begins with E4 to E9.
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0xe4 && byte <= 0xe9) return true;
  }
  return false;
}

TEST(Words, AreSaidInBothLanguages) {
  // What reads the same in both: a program's line, a division sign.
  const std::set<std::string> same{"portflow-view A.h5 B.h5"};
  for (std::size_t i = 0; i < text_count; ++i) {
    const auto id = static_cast<Text>(i);
    const std::string zh = text(id, Language::zh);
    const std::string en = text(id, Language::en);
    EXPECT_FALSE(zh.empty()) << i;
    EXPECT_FALSE(en.empty()) << i;
    EXPECT_FALSE(has_chinese(en)) << en;
    if (same.contains(en) || zh == "/") continue;
    EXPECT_TRUE(has_chinese(zh)) << zh;
  }
  for (const auto words : {resource_words(), domain_words()}) {
    for (const Word& word : words) {
      EXPECT_TRUE(has_chinese(word.zh)) << word.key;
      EXPECT_FALSE(has_chinese(word.en)) << word.key;
    }
  }
}

/// Steps of all parts of Dalian, as far as their YAML shows.
std::set<std::string> steps_of_dalian() {
  std::set<std::string> out;
  const std::regex step(
      R"(^      ([a-z_0-9]+): *\{?(at|needs|takes|after|when|awaits|moves|sets)?.*$)");
  for (const auto& part :
       std::filesystem::directory_iterator(PORTFLOW_SOURCE_DIR "/scenarios/dalian/parts")) {
    std::ifstream in(part.path());
    bool within = false;
    for (std::string line; std::getline(in, line);) {
      if (line.starts_with("    steps:")) within = true;
      if (!line.empty() && line.find_first_not_of(' ') < 6) within = line.starts_with("    steps:");
      std::smatch match;
      if (within && std::regex_match(line, match, step)) out.insert(match[1]);
    }
  }
  return out;
}

TEST(Words, KnowTheStepsOfDalian) {
  const auto steps = steps_of_dalian();
  EXPECT_GT(steps.size(), 200u) << "the YAML is read at all";
  for (const std::string& step : steps) {
    EXPECT_TRUE(has_chinese(word_title(step, Language::zh))) << "no Chinese word for step " << step;
  }
}

/// What the sources ask whether it is pressed, as the sheet writes it.
std::set<std::string> bound_keys() {
  std::set<std::string> out;
  const std::regex key(
      R"((letter\(|static_cast<int>\()'(.)'|ImGuiKey_([A-Z][A-Za-z]+)|\? '(.)' : '(.)')");
  for (const char* file : {"keys", "app", "panel_search", "transport"}) {
    std::ifstream in(PORTFLOW_SOURCE_DIR "/viz/" + std::string(file) + ".cpp");
    for (std::string line; std::getline(in, line);) {
      if (line.find("KeyMap") != std::string::npos || line.find("_COUNT") != std::string::npos) {
        continue;
      };
      for (std::sregex_iterator i(line.begin(), line.end(), key), end; i != end; ++i) {
        for (const std::size_t group : {2u, 3u, 4u, 5u}) {
          if ((*i)[group].matched) out.insert((*i)[group]);
        }
      }
    }
  }
  return out;
}

TEST(Words, EveryKeyIsOnTheSheet) {
  std::set<std::string> told;
  for (const auto lines : help_lines()) {
    for (const HelpLine& line : lines) {
      std::string text = line.keys;
      std::replace(text.begin(), text.end(), '+', ' ');
      std::istringstream words(text);
      for (std::string word; words >> word;) {
        if (word.size() > 1 && word.back() == ',') word.pop_back();
        told.insert(word);
      }
    }
  }
  told.insert("=");  // the key of +
  const std::map<std::string, std::string> called{{"LeftArrow", "Left"}, {"RightArrow", "Right"},
                                                  {"UpArrow", "Up"},     {"DownArrow", "Down"},
                                                  {"Escape", "Esc"},     {"KeyPadEnter", "Enter"},
                                                  {"Backspace", "Enter"}};  // ends or mends typing
  const auto bound = bound_keys();
  EXPECT_GT(bound.size(), 25u) << "the sources are read at all";
  for (const std::string& key : bound) {
    const auto name = called.find(key);
    EXPECT_TRUE(told.contains(name == called.end() ? key : name->second)) << key;
  }
}

TEST(Words, HaveAGlyphForWhatStandsInTheSources) {
  test::Scene scene(true);
  const std::regex literal(R"re("((?:[^"\\]|\\.)*)")re");
  const auto beyond_ascii = [](const std::string& text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  };
  std::vector<std::string> shown;
  for (const auto& file : std::filesystem::directory_iterator(PORTFLOW_SOURCE_DIR "/viz")) {
    // The program's own words go to a terminal.
    if (file.path().extension() != ".cpp" || file.path().filename() == "main.cpp") continue;
    std::ifstream in(file.path());
    for (std::string line; std::getline(in, line);) {
      for (std::sregex_iterator i(line.begin(), line.end(), literal), end; i != end; ++i) {
        if (beyond_ascii((*i)[1])) shown.push_back((*i)[1]);
      }
    }
  }
  EXPECT_GT(shown.size(), 300U) << "the sources are read at all";
  for (std::size_t face = 0; face < face_count; ++face) {
    EXPECT_EQ(scene.app().fonts().missing(static_cast<Face>(face), shown), "") << face;
  }
}

TEST(Words, HaveAGlyphForEveryLetter) {
  test::Scene scene(true);
  const MapData none;
  const Source source{scene.store(), none, nullptr, nullptr, nullptr, nullptr};
  const std::vector<std::string> shown = App::texts(source);
  for (std::size_t face = 0; face < face_count; ++face) {
    EXPECT_EQ(scene.app().fonts().missing(static_cast<Face>(face), shown), "") << face;
  }
}

}  // namespace
}  // namespace portflow::viz

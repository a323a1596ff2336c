#include "viz/fonts.hpp"

#include <imgui.h>

#include <cmath>
#include <fstream>
#include <iterator>

namespace portflow::viz {
namespace {

struct Spec {
  float size;
  bool strong;
};
constexpr std::array<Spec, face_count> specs{{{12, false},
                                              {13, false},
                                              {14, false},
                                              {15, false},
                                              {12, true},
                                              {13, true},
                                              {14, true},
                                              {15, true},
                                              {17, true},
                                              {24, true},
                                              {32, true}}};

constexpr const char* inter = "/usr/share/fonts/opentype/inter/Inter-Regular.otf";
constexpr const char* inter_strong = "/usr/share/fonts/opentype/inter/Inter-SemiBold.otf";
constexpr const char* micro_hei = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc";

// Dear ImGui sizes a font by ascent minus descent; designs size it by its em square.
constexpr float inter_line = 3408.0f / 2816.0f;
constexpr float micro_hei_line = 2401.0f / 2048.0f;
constexpr ImWchar digits[] = {'0', '9', 0};

std::vector<ImWchar> ranges_of(std::span<const std::string> texts) {
  ImFontGlyphRangesBuilder builder;
  for (unsigned c = 0x20; c < 0x7f; ++c) builder.AddChar(static_cast<ImWchar>(c));
  for (const int c : {0x00b7, 0x2212, 0x2013, 0x2014, 0x2026, 0x00d7}) {
    builder.AddChar(static_cast<ImWchar>(c));
  }
  for (const std::string& text : texts) builder.AddText(text.data(), text.data() + text.size());
  ImVector<ImWchar> built;
  builder.BuildRanges(&built);
  return {built.begin(), built.end()};
}

std::vector<ImWchar> characters(std::span<const std::string> texts) {
  const std::vector<ImWchar> ranges = ranges_of(texts);
  std::vector<ImWchar> all;
  for (std::size_t i = 0; i + 1 < ranges.size(); i += 2) {
    for (unsigned c = ranges[i]; c <= ranges[i + 1]; ++c) all.push_back(static_cast<ImWchar>(c));
  }
  return all;
}

/// Null where there is no such file.
std::shared_ptr<std::vector<char>> read_file(const char* path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return nullptr;
  return std::make_shared<std::vector<char>>(std::istreambuf_iterator<char>(in),
                                             std::istreambuf_iterator<char>());
}

}  // namespace

Result<Fonts> Fonts::build(ImFontAtlas& atlas, std::span<const std::string> texts, float scale) {
  Fonts fonts;
  const auto plain = read_file(inter);
  const auto strong = read_file(inter_strong);
  const auto han = read_file(micro_hei);
  const bool latin = plain && strong;
  if (!latin && !han) {
    return fail(Failure::input, "no font found: install fonts-inter and fonts-wqy-microhei");
  }
  std::vector<ImWchar> all_ranges = ranges_of(texts);
  all_ranges.push_back(0);
  const ImWchar* ranges = all_ranges.data();
  atlas.Clear();
  // One copy of a file for all sizes: eleven of the Chinese one take 57 MB. The atlas copies what
  // it does not own, so it is told that it does until it is built.
  const auto add = [&](const std::vector<char>& file, float px, ImFontConfig& config,
                       const ImWchar* glyphs) {
    config.FontDataOwnedByAtlas = true;
    // Dear ImGui takes what it only reads as void*.
    return atlas.AddFontFromMemoryTTF(const_cast<char*>(file.data()), static_cast<int>(file.size()),
                                      px, &config, glyphs);
  };
  for (std::size_t i = 0; i < face_count; ++i) {
    const float em = std::round(specs[i].size * scale);
    ImFontConfig config;
    config.PixelSnapH = true;
    config.OversampleH = 1;
    ImFont* font = nullptr;
    if (latin) {
      const std::vector<char>& file = specs[i].strong ? *strong : *plain;
      ImFontConfig equal = config;
      equal.GlyphMinAdvanceX = equal.GlyphMaxAdvanceX = std::round(0.62f * em);
      font = add(file, em * inter_line, equal, digits);
      config.MergeMode = true;
      add(file, em * inter_line, config, ranges);
    }
    if (han) {
      ImFont* merged = add(*han, em * micro_hei_line, config, ranges);
      if (font == nullptr) font = merged;
    }
    fonts.fonts_[i] = font;
  }
  const bool built = atlas.Build();
  for (ImFontConfig& config : atlas.ConfigData) config.FontDataOwnedByAtlas = false;
  atlas.ClearInputData();
  if (!built) return fail(Failure::input, "the font atlas does not build");
  return fonts;
}

void drop_uploaded(ImFontAtlas& atlas) {
  if (atlas.TexPixelsAlpha8 == nullptr || atlas.TexPixelsRGBA32 == nullptr) return;
  IM_FREE(atlas.TexPixelsRGBA32);
  atlas.TexPixelsRGBA32 = nullptr;
}

std::string Fonts::missing(Face face, std::span<const std::string> texts) const {
  std::string out;
  for (const ImWchar c : characters(texts)) {
    if ((*this)[face]->FindGlyphNoFallback(c) != nullptr) continue;
    if (c >= 0x800) out += static_cast<char>(0xe0 | c >> 12);
    if (c >= 0x800) out += static_cast<char>(0x80 | (c >> 6 & 0x3f));
    if (c >= 0x80 && c < 0x800) out += static_cast<char>(0xc0 | c >> 6);
    out += static_cast<char>(c >= 0x80 ? 0x80 | (c & 0x3f) : c);
  }
  return out;
}

}  // namespace portflow::viz

/// \file fonts.hpp
/// The font atlas: Inter with WenQuanYi Micro Hei for Chinese, at the sizes of the design.
///
/// Glyphs are those of the texts that are shown, so the atlas stays small; digits have one
/// width, so that running numbers do not tremble.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/error.hpp"

struct ImFont;
struct ImFontAtlas;

namespace portflow::viz {

/// Sizes in logical px; `strong` faces are semibold (in Chinese: the same weight).
enum class Face : std::uint8_t {
  axis,            ///< 12
  caption,         ///< 13
  label,           ///< 14
  body,            ///< 15
  axis_strong,     ///< 12
  caption_strong,  ///< 13
  label_strong,    ///< 14
  body_strong,     ///< 15
  lead,            ///< 17 semibold
  clock,           ///< 24 semibold
  value,           ///< 32 semibold
};
inline constexpr std::size_t face_count = 11;

class Fonts {
 public:
  /// Adds every face to `atlas` with the glyphs of `texts` and builds it.
  /// \param scale  pixels per logical px, > 0
  /// \returns an input fault when neither font is installed.
  [[nodiscard]] static Result<Fonts> build(ImFontAtlas& atlas, std::span<const std::string> texts,
                                           float scale);

  [[nodiscard]] ImFont* operator[](Face face) const noexcept {
    return fonts_[static_cast<std::size_t>(face)];
  }

  /// Characters of `texts` that `face` cannot show, as UTF-8 (empty: none missing).
  [[nodiscard]] std::string missing(Face face, std::span<const std::string> texts) const;

 private:
  std::array<ImFont*, face_count> fonts_{};
};

/// Frees the four bytes a pixel that a renderer was given of `atlas`; they are made anew from one
/// byte each where it asks again.
void drop_uploaded(ImFontAtlas& atlas);

}  // namespace portflow::viz

/// \file look.hpp
/// A page as headless Chromium draws it.
#pragma once

#include <string>

namespace portflow::report_test {

/// How to look.
struct Look {
  int width{1600};  ///< of the window, px
  bool dark{false};
};

/// What was seen.
struct Seen {
  std::string fault;       ///< why nothing was seen; empty where the browser did its work
  int inner_width{0};      ///< px
  int scroll_width{0};     ///< of the whole page: wider than the window, it scrolls sideways
  int height{0};           ///< of the whole page
  int requests{-1};        ///< things the page wanted to load
  bool dark{false};        ///< what the page was told of its reader's setting
  std::string complaints;  ///< what went to the console
  double ink{0};           ///< share of pixels that have not the commonest colour
};

/// Draws the page and keeps the picture under `picture` (a .png). The page on disk stays as it is:
/// what measures it is put into a copy.
[[nodiscard]] Seen look_at(const std::string& page, const Look& look, const std::string& picture);

}  // namespace portflow::report_test

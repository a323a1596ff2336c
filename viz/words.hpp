/// \file words.hpp
/// Single words of the domain in both languages: resources and places.
#pragma once

#include <span>

namespace portflow::viz {

struct Word {
  const char* key;
  const char* zh;
  const char* en;
};

/// Words of resources, by the last part of their name.
[[nodiscard]] std::span<const Word> resource_words() noexcept;

/// Ports and stations of the region, by the name that map files use.
[[nodiscard]] std::span<const Word> place_words() noexcept;

}  // namespace portflow::viz

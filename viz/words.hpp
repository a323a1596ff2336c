/// \file words.hpp
/// Single words of the domain in both languages: names of resources, which a trace does not title.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "viz/labels.hpp"

namespace portflow::viz {

struct Word {
  const char* key;
  const char* zh;
  const char* en;
};

/// Words of resources, by the last part of their name.
[[nodiscard]] std::span<const Word> resource_words() noexcept;

/// Words of steps, attributes, their values and kinds of entities.
[[nodiscard]] std::span<const Word> domain_words() noexcept;

/// A word of the domain spelt out; a word that is not known keeps its letters, with spaces for
/// underscores.
[[nodiscard]] std::string word_title(std::string_view word, Language language);

}  // namespace portflow::viz

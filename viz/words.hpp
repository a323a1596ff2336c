/// \file words.hpp
/// Single words of the domain in both languages: names of resources, which a trace does not title.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "analysis/domain_words.hpp"
#include "viz/labels.hpp"

namespace portflow::viz {

using analysis::domain_words;
using analysis::Word;

/// Words of resources, by the last part of their name.
[[nodiscard]] std::span<const Word> resource_words() noexcept;

/// A word of the domain spelt out; a word that is not known keeps its letters, with spaces for
/// underscores.
[[nodiscard]] std::string word_title(std::string_view word, Language language);

}  // namespace portflow::viz

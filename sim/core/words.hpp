/// \file words.hpp
/// Words for messages: the nearest right word to a wrong one.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace portflow {

/// The candidate closest to `word` by edit distance, if any is close enough to be meant
/// (at most a third of the letters, and at least one); empty otherwise.
[[nodiscard]] std::string nearest(std::string_view word, std::span<const std::string> candidates);

/// `a, b or c`.
[[nodiscard]] std::string listed(std::span<const std::string> words);

}  // namespace portflow

/// \file domain_words.hpp
/// Words of the domain in both languages: steps, attributes, their values and kinds of entities,
/// which a trace does not title. The viewer and the report show the same ones.
#pragma once

#include <span>

namespace portflow::analysis {

struct Word {
  const char* key;
  const char* zh;
  const char* en;
};

[[nodiscard]] std::span<const Word> domain_words() noexcept;

}  // namespace portflow::analysis

/// \file why_text.hpp
/// Stories and causes in words, for people who plan a port.
///
/// Instants are shown to the second (rounded down), and every duration of a story is the difference
/// of two shown instants; so what is shown adds up too.
#pragma once

#include <string>

#include "analysis/record.hpp"
#include "analysis/story.hpp"
#include "analysis/worst.hpp"

namespace portflow::cli {

[[nodiscard]] std::string story_text(const analysis::Record& record, const analysis::Story& story);
[[nodiscard]] std::string worst_text(const analysis::Record& record, const analysis::Worst& worst);

}  // namespace portflow::cli

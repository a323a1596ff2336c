/// \file why_booked_text.hpp
/// What was booked on one entity: its charges, and the risks that it carried.
#pragma once

#include <string>

#include "analysis/between.hpp"
#include "analysis/story.hpp"

namespace portflow::cli {

/// After an empty line, line by line in the order of time, over its whole life; nothing where
/// nothing was booked.
[[nodiscard]] std::string booked_text(const analysis::Record& record, const analysis::Story& story);

/// The same item by item under two policies.
[[nodiscard]] std::string booked_text(const analysis::Versus& versus);

}  // namespace portflow::cli

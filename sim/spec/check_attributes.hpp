/// \file check_attributes.hpp
/// Whether attributes that are read exist for every entity that reads them, and are what is asked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spec/validate.hpp"

namespace portflow::spec {

/// Checks a mention of kind category, place, number, units or condition.
void check_attributes(const World& world, Notes& notes, const Mention& mention);

/// The sentence with what was meant and what there is: `..., did you mean `x`? (known: x or y)`.
[[nodiscard]] std::string unknown(std::string_view sentence, std::string_view name,
                                  std::vector<std::string> known);

}  // namespace portflow::spec

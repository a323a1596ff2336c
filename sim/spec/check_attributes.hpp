/// \file check_attributes.hpp
/// Whether attributes that are read exist for every entity that reads them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spec/validate.hpp"

namespace portflow::spec {

/// Checks a mention of kind category, number or condition.
void check_attributes(const World& world, Notes& notes, const Mention& mention);

/// `no WHAT `name`, did you mean `x`? (known: a, b or c)`.
[[nodiscard]] std::string unknown(std::string_view what, std::string_view name,
                                  std::vector<std::string> known);

}  // namespace portflow::spec

/// \file well_formed.hpp
/// A strict reader for the subset of XML that the report writes.
#pragma once

#include <string>
#include <string_view>

namespace portflow::analysis_test {

/// What is wrong with the page, or nothing: every element closed in order, attributes quoted,
/// `&` and `<` only as markup, known entities only.
std::string fault_in(std::string_view page);

/// Contents of all elements of this name, without inner tags, one a line.
std::string text_of_elements(std::string_view page, std::string_view name);

}  // namespace portflow::analysis_test

/// \file language.hpp
/// The languages of the report.
#pragma once

#include <cstdint>

namespace portflow::analysis {

enum class Language : std::uint8_t { zh, en };

}  // namespace portflow::analysis

/// \file assert.hpp
/// Asserts for our own bugs. Bad input never reaches them: it is refused when loaded.
#pragma once

#include <string>

namespace portflow {

/// Throws Bug with file, line and what was expected; the engine stops cleanly on it.
[[noreturn]] void fail_assert(const char* expression, const char* file, int line,
                              const std::string& detail);

}  // namespace portflow

/// Stops the run when `condition` does not hold; `detail` says what was in hand.
#define PORTFLOW_ASSERT(condition, detail)                                               \
  do {                                                                                   \
    if (!(condition)) ::portflow::fail_assert(#condition, __FILE__, __LINE__, (detail)); \
  } while (false)

#include "core/assert.hpp"

#include <fmt/format.h>

#include <string_view>

#include "core/error.hpp"

namespace portflow {

void fail_assert(const char* expression, const char* file, int line, const std::string& detail) {
  std::string_view name{file};
  // Only the last part, so that a message does not depend on where portflow was built.
  name.remove_prefix(name.find_last_of('/') + 1);
  throw Bug{fmt::format("{}:{}: expected {}: {}", name, line, expression, detail)};
}

}  // namespace portflow

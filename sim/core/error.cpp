#include "core/error.hpp"

#include <fmt/format.h>

namespace portflow {

std::string Error::text() const {
  std::string result;
  if (!place.file.empty()) {
    result = place.file;
    if (place.line > 0) result += fmt::format(":{}", place.line);
    if (place.line > 0 && place.column > 0) result += fmt::format(":{}", place.column);
    result += ": ";
  }
  if (!path.empty()) result += path + ": ";
  return result + message;
}

}  // namespace portflow

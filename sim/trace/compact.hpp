/// \file compact.hpp
/// Copies a trace without the chunks that were written again.
#pragma once

#include <string>

#include "trace/schema.hpp"
#include "trace/writer.hpp"

namespace portflow::trace {

/// Copies the closed trace `from` to a new file `to`: chunks as they are, nothing is unpacked.
/// \throws FileError (disk); `to` is then removed
void compact(const std::string& from, const std::string& to, const Schema& schema, Detail level);

}  // namespace portflow::trace

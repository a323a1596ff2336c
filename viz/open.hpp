/// \file open.hpp
/// From a trace file to a store.
#pragma once

#include <memory>
#include <string>

#include "core/error.hpp"
#include "viz/store.hpp"

namespace portflow::viz {

/// Reads what the store keeps of the trace at `path`.
/// \returns an input or disk fault that says what is wrong with the file
[[nodiscard]] Result<std::unique_ptr<Store>> open_store(const std::string& path);

}  // namespace portflow::viz

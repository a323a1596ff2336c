/// \file page.hpp
/// Results kept in a Markdown page, each in the block of the command that wrote it.
#pragma once

#include <string>

#include "analysis/calibration/wording.hpp"
#include "core/error.hpp"

namespace portflow::cli {

/// Replaces what stands between the lines `<!-- COMMAND -->` and `<!-- end -->` of the page.
[[nodiscard]] Result<void> write_block(const std::string& path, const std::string& command,
                                       const std::string& block);

/// A table for the terminal; the stars that make Markdown bold are left out.
[[nodiscard]] std::string text_of(const calibration::Grid& grid);

}  // namespace portflow::cli

/// \file settings.hpp
/// What the viewer remembers from one window to the next: language, colours, tab, bookmarks.
#pragma once

#include <string>

#include "viz/view.hpp"

namespace portflow::viz {

/// `~/.config/portflow/view.json`, or as XDG_CONFIG_HOME says; empty where there is no home.
[[nodiscard]] std::string settings_file();

/// Brings back what remember() wrote; a file that is missing or damaged changes nothing.
/// \param trace  fingerprint of the trace, which bookmarks belong to
void recall(View& view, const std::string& trace, const std::string& file);

/// Writes what is worth remembering; silently does nothing where it cannot.
void remember(const View& view, const std::string& trace, const std::string& file);

}  // namespace portflow::viz

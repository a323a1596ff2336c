/// \file window.hpp
/// The viewer in a window.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/error.hpp"

namespace portflow::viz {

class App;

/// Opens a window, asks `make` for the app at the display's scale, and draws until closed; calls
/// `each_frame` before every frame with the wall time since the window opened.
/// \returns an input fault when there is no display or no OpenGL 3.3
[[nodiscard]] Result<void> run_window(
    const std::string& title, int width, int height,
    const std::function<Result<std::unique_ptr<App>>(float scale)>& make,
    const std::function<void(App& app, double seconds)>& each_frame);

}  // namespace portflow::viz

/// \file film.hpp
/// A film of the replay, drawn without a display and encoded by ffmpeg.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "core/error.hpp"
#include "core/time.hpp"

namespace portflow::viz {

class App;

struct FilmPlan {
  std::string path;  ///< .mp4
  SimTime from{}, to{};
  double speed{3600};  ///< simulated seconds a second
  int width{1920}, height{1080};
  int frames_per_second{30};
};

/// How many frames it has, at least one.
[[nodiscard]] std::int64_t frames_of(const FilmPlan& plan) noexcept;

/// Plays `app` over the plan into a file. \param told  called now and then with the share done
/// \returns an input fault where ffmpeg is missing or there is no OpenGL; a disk fault where the
///          film cannot be written
[[nodiscard]] Result<void> make_film(App& app, const FilmPlan& plan,
                                     const std::function<void(double)>& told);

}  // namespace portflow::viz

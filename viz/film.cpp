#include "viz/film.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <vector>

#include "viz/app.hpp"
#include "viz/stage.hpp"

namespace portflow::viz {
namespace {

/// ffmpeg as a child that eats raw pictures from a pipe. No shell comes between, so a path may hold
/// anything.
class Encoder {
 public:
  explicit Encoder(const FilmPlan& plan) {
    std::array<int, 2> ends{-1, -1};
    if (pipe(ends.data()) != 0) return;
    const std::string size = std::to_string(plan.width) + "x" + std::to_string(plan.height);
    const std::string rate = std::to_string(plan.frames_per_second);
    std::vector<std::string> words{
        "ffmpeg",  "-y",        "-loglevel",  "error",    "-f",   "rawvideo", "-pix_fmt",
        "rgb24",   "-s",        size,         "-r",       rate,   "-i",       "-",
        "-c:v",    "libx264",   "-preset",    "veryfast", "-crf", "20",       "-pix_fmt",
        "yuv420p", "-movflags", "+faststart", "-f",       "mp4",  plan.path};
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    child_ = fork();
    if (child_ == 0) {
      dup2(ends[0], STDIN_FILENO);
      close(ends[0]);
      close(ends[1]);
      execvp(arguments[0], arguments.data());
      _exit(missing);
    }
    close(ends[0]);
    in_ = ends[1];
    // A dead encoder shows as a failed write, not as our own end.
    signal(SIGPIPE, SIG_IGN);
  }
  ~Encoder() { static_cast<void>(finish()); }
  Encoder(const Encoder&) = delete;
  Encoder& operator=(const Encoder&) = delete;

  [[nodiscard]] bool feed(const std::vector<std::uint8_t>& bytes) const {
    std::size_t done = 0;
    while (done < bytes.size()) {
      const ssize_t n = write(in_, bytes.data() + done, bytes.size() - done);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return false;
      done += static_cast<std::size_t>(n);
    }
    return true;
  }
  /// Waits for the end. \returns its exit code, or -1
  [[nodiscard]] int finish() {
    if (in_ >= 0) close(in_);
    in_ = -1;
    if (child_ <= 0) return code_;
    int status = 0;
    waitpid(child_, &status, 0);
    child_ = -1;
    code_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return code_;
  }

  /// What the child ends with when there is no ffmpeg to run.
  static constexpr int missing = 127;

 private:
  pid_t child_{-1};
  int in_{-1};
  int code_{-1};
};

}  // namespace

std::int64_t frames_of(const FilmPlan& plan) noexcept {
  const double seconds = static_cast<double>((plan.to - plan.from).count()) / 1000 / plan.speed;
  return std::max<std::int64_t>(
      1, static_cast<std::int64_t>(std::lround(seconds * plan.frames_per_second)) + 1);
}

Result<void> make_film(App& app, const FilmPlan& plan, const std::function<void(double)>& told) {
  auto stage = Stage::set(plan.width, plan.height);
  if (!stage) return tl::unexpected(stage.error());
  Encoder encoder(plan);
  View& view = app.view();
  view.playing = false;
  const std::int64_t frames = frames_of(plan);
  const double step_ms = plan.speed * 1000 / plan.frames_per_second;
  go_to(view, app.store(), plan.from);
  // As for a picture: layout settles, and what is asked for is read.
  for (int settling = 0; settling < 3; ++settling) (*stage)->build(app, 0, true);
  bool fed = true;
  for (std::int64_t frame = 0; fed && frame < frames; ++frame) {
    const double gone = step_ms * static_cast<double>(frame);
    go_to(view, app.store(), plan.from + Duration(std::llround(gone)));
    (*stage)->build(app, 1.0f / f32(plan.frames_per_second), true);
    (*stage)->render(app);
    fed = encoder.feed((*stage)->read_back().rgb);
    if (told && frame % plan.frames_per_second == 0) {
      told(static_cast<double>(frame) / static_cast<double>(frames));
    }
  }
  const int code = encoder.finish();
  if (code == Encoder::missing) {
    return fail(Failure::input, "--video needs ffmpeg: install the package ffmpeg");
  }
  if (code != 0 || !fed) {
    return fail(Failure::disk, "the film cannot be written", {.file = plan.path});
  }
  return {};
}

}  // namespace portflow::viz

#include <EGL/egl.h>
#include <EGL/eglext.h>
#define GL_GLEXT_PROTOTYPES
#include <GL/gl.h>
#include <GL/glext.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <optional>

#include "viz/app.hpp"
#include "viz/picture.hpp"

namespace portflow::viz {
namespace {

/// An OpenGL 3.3 context bound to no surface, current while it lives.
class Surfaceless {
 public:
  Surfaceless() {
    display_ = eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, nullptr, nullptr);
    if (display_ == EGL_NO_DISPLAY || eglInitialize(display_, nullptr, nullptr) == EGL_FALSE)
      return;
    if (eglBindAPI(EGL_OPENGL_API) == EGL_FALSE) return;
    constexpr std::array<EGLint, 7> wanted{EGL_CONTEXT_MAJOR_VERSION,
                                           3,
                                           EGL_CONTEXT_MINOR_VERSION,
                                           3,
                                           EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                           EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                                           EGL_NONE};
    context_ = eglCreateContext(display_, EGL_NO_CONFIG_KHR, EGL_NO_CONTEXT, wanted.data());
    if (context_ == EGL_NO_CONTEXT) return;
    ready_ = eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, context_) == EGL_TRUE;
  }
  ~Surfaceless() {
    if (display_ == EGL_NO_DISPLAY) return;
    eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    if (context_ != EGL_NO_CONTEXT) eglDestroyContext(display_, context_);
    eglTerminate(display_);
  }
  Surfaceless(const Surfaceless&) = delete;
  Surfaceless& operator=(const Surfaceless&) = delete;
  [[nodiscard]] bool ready() const noexcept { return ready_; }

 private:
  EGLDisplay display_{EGL_NO_DISPLAY};
  EGLContext context_{EGL_NO_CONTEXT};
  bool ready_{false};
};

/// A colour buffer to draw into.
class Target {
 public:
  Target(int width, int height) {
    glGenFramebuffers(1, &frame_);
    glGenRenderbuffers(1, &colour_);
    glBindRenderbuffer(GL_RENDERBUFFER, colour_);
    glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, width, height);
    glBindFramebuffer(GL_FRAMEBUFFER, frame_);
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, colour_);
  }
  ~Target() {
    glDeleteRenderbuffers(1, &colour_);
    glDeleteFramebuffers(1, &frame_);
  }
  Target(const Target&) = delete;
  Target& operator=(const Target&) = delete;
  [[nodiscard]] bool complete() const {
    return glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE;
  }

 private:
  GLuint frame_{0}, colour_{0};
};

Picture read_back(int width, int height) {
  const auto stride = static_cast<std::size_t>(width) * 3;
  std::vector<std::uint8_t> bottom_up(stride * static_cast<std::size_t>(height));
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE, bottom_up.data());
  Picture picture{width, height, std::vector<std::uint8_t>(bottom_up.size())};
  for (std::size_t y = 0; y < static_cast<std::size_t>(height); ++y) {
    const auto from = bottom_up.end() - static_cast<std::ptrdiff_t>((y + 1) * stride);
    std::copy_n(from, stride, picture.rgb.begin() + static_cast<std::ptrdiff_t>(y * stride));
  }
  return picture;
}

float share(Colour colour, int shift) {
  return f32(colour >> shift & 0xffu) / 255.0f;
}

/// Everything that drawing without a display needs, until it goes.
class Stage {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Stage>> set(int width, int height) {
    std::unique_ptr<Stage> stage(new Stage);
    if (!stage->context_.ready()) {
      return fail(Failure::input,
                  "no OpenGL 3.3 without a display: install libegl1 and libgl1-mesa-dri");
    }
    stage->target_.emplace(width, height);
    if (!stage->target_->complete()) {
      return fail(Failure::input, "a picture of this size cannot be drawn here");
    }
    if (!ImGui_ImplOpenGL3_Init("#version 330 core")) {
      return fail(Failure::input, "OpenGL does not start: libGL.so.1 is missing");
    }
    stage->started_ = true;
    glViewport(0, 0, width, height);
    return stage;
  }
  ~Stage() {
    if (started_) ImGui_ImplOpenGL3_Shutdown();
  }
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  /// Draws the vertices of the app's last frame and waits for the pixels.
  static void render(const App& app) {
    const Colour ground = app.colours().bg;
    glClearColor(share(ground, 0), share(ground, 8), share(ground, 16), 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    glFinish();
  }

 private:
  Stage() = default;
  Surfaceless context_;
  std::optional<Target> target_;
  bool started_{false};
};

}  // namespace

Result<Picture> take_picture(App& app, int width, int height) {
  const auto stage = Stage::set(width, height);
  if (!stage) return tl::unexpected(stage.error());
  // Layout settles in the first frame, as it would in a window; the second is the picture.
  for (int frame = 0; frame < 2; ++frame) {
    ImGui_ImplOpenGL3_NewFrame();
    app.draw(width, height, 0, true);
  }
  Stage::render(app);
  return read_back(width, height);
}

Result<FrameTimes> time_frames(App& app, int width, int height, int frames) {
  using Clock = std::chrono::steady_clock;
  const auto stage = Stage::set(width, height);
  if (!stage) return tl::unexpected(stage.error());
  FrameTimes times;
  times.renderer = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
  const auto ms = [](Clock::duration span) {
    return std::chrono::duration<double, std::milli>(span).count();
  };
  app.view().playing = true;
  // The first frames load the font texture and the shaders: they are not timed.
  for (int frame = -2; frame < frames; ++frame) {
    const auto begin = Clock::now();
    ImGui_ImplOpenGL3_NewFrame();
    app.draw(width, height, 1.0f / 60, false);
    const auto built = Clock::now();
    Stage::render(app);
    if (frame < 0) continue;
    times.build.push_back(ms(built - begin));
    times.render.push_back(ms(Clock::now() - built));
  }
  return times;
}

}  // namespace portflow::viz

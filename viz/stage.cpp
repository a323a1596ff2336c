#include "viz/stage.hpp"

#include <EGL/egl.h>
#include <EGL/eglext.h>
#define GL_GLEXT_PROTOTYPES
#include <GL/gl.h>
#include <GL/glext.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <optional>

#include "viz/app.hpp"
#include "viz/fonts.hpp"
#include "viz/framebuffer.hpp"
#include "viz/painter.hpp"

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

}  // namespace

struct Stage::Impl {
  int width{0}, height{0};
  Surfaceless context;
  std::optional<Framebuffer> target;
  std::optional<Painter> painter;
  bool started{false};
};

Stage::Stage(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Stage::~Stage() {
  impl_->painter.reset();
  if (impl_->started) ImGui_ImplOpenGL3_Shutdown();
}

Result<std::unique_ptr<Stage>> Stage::set(int width, int height) {
  std::unique_ptr<Stage> stage(new Stage(std::make_unique<Impl>()));
  Impl& impl = *stage->impl_;
  impl.width = width;
  impl.height = height;
  if (!impl.context.ready()) {
    return fail(Failure::input,
                "no OpenGL 3.3 without a display: install libegl1 and libgl1-mesa-dri");
  }
  impl.target.emplace(width, height);
  if (!impl.target->complete()) {
    return fail(Failure::input, "a picture of this size cannot be drawn here");
  }
  if (!ImGui_ImplOpenGL3_Init("#version 330 core")) {
    return fail(Failure::input, "OpenGL does not start: libGL.so.1 is missing");
  }
  impl.started = true;
  impl.painter.emplace(width, height);
  return stage;
}

void Stage::build(App& app, float seconds, bool still) {
  if (app.prepare()) {
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
  }
  ImGui_ImplOpenGL3_NewFrame();
  drop_uploaded(*ImGui::GetIO().Fonts);
  app.draw(impl_->width, impl_->height, seconds, still);
}

void Stage::render(const App& app) {
  impl_->painter->paint(*ImGui::GetDrawData(), app.colours().bg, impl_->target->name(),
                        app.images());
  glFinish();
}

Picture Stage::read_back() const {
  const int width = impl_->width;
  const int height = impl_->height;
  const auto stride = static_cast<std::size_t>(width) * 3;
  std::vector<std::uint8_t> bottom_up(stride * static_cast<std::size_t>(height));
  glBindFramebuffer(GL_FRAMEBUFFER, impl_->target->name());
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE, bottom_up.data());
  Picture picture{width, height, std::vector<std::uint8_t>(bottom_up.size())};
  for (std::size_t y = 0; y < static_cast<std::size_t>(height); ++y) {
    const auto from = bottom_up.end() - static_cast<std::ptrdiff_t>((y + 1) * stride);
    std::copy_n(from, stride, picture.rgb.begin() + static_cast<std::ptrdiff_t>(y * stride));
  }
  return picture;
}

std::string Stage::renderer() const {
  return reinterpret_cast<const char*>(glGetString(GL_RENDERER));
}

}  // namespace portflow::viz

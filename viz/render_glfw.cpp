#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <optional>
#include <vector>

#include "viz/app.hpp"
#include "viz/fonts.hpp"
#include "viz/painter.hpp"
#include "viz/settings.hpp"
#include "viz/window.hpp"

namespace portflow::viz {
namespace {

/// Ends GLFW and the window on every way out.
struct Session {
  GLFWwindow* window{nullptr};
  ~Session() {
    if (window != nullptr) glfwDestroyWindow(window);
    glfwTerminate();
  }
};

/// Keys that went down since the last frame. Dear ImGui looks at what is down once a frame, and
/// would miss a key that is up again by then, as in a slow frame on a busy machine.
class QuickKeys {
 public:
  static void watch(GLFWwindow* window) { glfwSetKeyCallback(window, &QuickKeys::note); }
  /// Before a frame: what was let go too soon is down for this one, and up in the next.
  static void hold() {
    ImGuiIO& io = ImGui::GetIO();
    for (const int key : held()) io.KeysDown[key] = false;
    held().clear();
    for (const int key : pressed()) {
      if (io.KeysDown[key]) continue;
      io.KeysDown[key] = true;
      held().push_back(key);
    }
    pressed().clear();
  }

 private:
  static void note(GLFWwindow* /*window*/, int key, int /*scan*/, int action, int /*mods*/) {
    constexpr int known = 512;  // Dear ImGui's table
    if (action == GLFW_PRESS && key >= 0 && key < known) pressed().push_back(key);
  }
  static std::vector<int>& pressed() {
    static std::vector<int> keys;
    return keys;
  }
  static std::vector<int>& held() {
    static std::vector<int> keys;
    return keys;
  }
};

}  // namespace

Result<void> run_window(const std::string& title, int width, int height,
                        const std::function<Result<std::unique_ptr<App>>(float scale)>& make,
                        const std::function<void(App& app, double seconds)>& each_frame) {
  if (glfwInit() == GLFW_FALSE) {
    return fail(Failure::input,
                "no display to open a window on; --screenshot FILE.png works without one");
  }
  Session session;
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  session.window = glfwCreateWindow(width, height, title.c_str(), nullptr, nullptr);
  if (session.window == nullptr) {
    return fail(Failure::input, "this display offers no OpenGL 3.3; --screenshot may still work");
  }
  glfwMakeContextCurrent(session.window);
  glfwSwapInterval(1);
  float scale = 1;
  glfwGetWindowContentScale(session.window, &scale, nullptr);
  auto made = make(scale);
  if (!made) return tl::unexpected(made.error());
  App& app = **made;
  QuickKeys::watch(session.window);  // Dear ImGui's own callback calls it
  ImGui_ImplGlfw_InitForOpenGL(session.window, true);
  ImGui_ImplOpenGL3_Init("#version 330 core");
  std::optional<Painter> painter;
  int painted_wide = 0;
  int painted_high = 0;
  double before = glfwGetTime();
  while (glfwWindowShouldClose(session.window) == GLFW_FALSE) {
    // A still view needs no frames of its own: wait for input, wake now and then.
    if (app.view().playing || app.expecting() || app.view().goal) {
      glfwPollEvents();
    } else {
      glfwWaitEventsTimeout(0.25);
    }
    int wide = 0;
    int high = 0;
    glfwGetFramebufferSize(session.window, &wide, &high);
    if (wide == 0 || high == 0) continue;
    const double now = glfwGetTime();
    each_frame(app, now);
    // The window may have been dragged to a display of another density.
    glfwGetWindowContentScale(session.window, &scale, nullptr);
    app.set_density(scale);
    if (app.prepare()) {
      ImGui_ImplOpenGL3_DestroyFontsTexture();
      ImGui_ImplOpenGL3_CreateFontsTexture();
    }
    ImGui_ImplOpenGL3_NewFrame();
    drop_uploaded(*ImGui::GetIO().Fonts);
    ImGui_ImplGlfw_NewFrame();
    QuickKeys::hold();
    app.draw(wide, high, static_cast<float>(now - before), false);
    before = now;
    if (!painter || wide != painted_wide || high != painted_high) {
      painter.emplace(wide, high);
      painted_wide = wide;
      painted_high = high;
    }
    painter->paint(*ImGui::GetDrawData(), app.colours().bg, 0, app.images());
    glfwSwapBuffers(session.window);
  }
  remember(app.view(), app.store().schema().fingerprint, settings_file());
  painter.reset();
  ImGui_ImplOpenGL3_Shutdown();
  ImGui_ImplGlfw_Shutdown();
  return {};
}

}  // namespace portflow::viz

#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <optional>

#include "viz/app.hpp"
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
    ImGui_ImplOpenGL3_NewFrame();
    ImGui_ImplGlfw_NewFrame();
    app.draw(wide, high, static_cast<float>(now - before), false);
    before = now;
    if (!painter || wide != painted_wide || high != painted_high) {
      painter.emplace(wide, high);
      painted_wide = wide;
      painted_high = high;
    }
    painter->paint(*ImGui::GetDrawData(), app.colours().bg, 0);
    glfwSwapBuffers(session.window);
  }
  remember(app.view(), app.store().schema().fingerprint, settings_file());
  painter.reset();
  ImGui_ImplOpenGL3_Shutdown();
  ImGui_ImplGlfw_Shutdown();
  return {};
}

}  // namespace portflow::viz

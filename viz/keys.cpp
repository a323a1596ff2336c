#include <imgui.h>

#include <algorithm>

#include "viz/app.hpp"

namespace portflow::viz {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

bool named(ImGuiKey key) {
  return ImGui::IsKeyPressed(ImGui::GetKeyIndex(key));
}

/// Letters and digits: windows report them as their upper-case ASCII code.
bool letter(char key) {
  return ImGui::IsKeyPressed(static_cast<int>(key), false);
}

void toggle(View& view, bool reverse) {
  const bool same = view.playing && view.reverse == reverse;
  view.playing = !same;
  view.reverse = reverse;
}

}  // namespace

void apply_keys(View& view, const Store& store) {
  const ImGuiIO& io = ImGui::GetIO();
  const Duration step = io.KeyCtrl    ? Duration(hours(24))
                        : io.KeyShift ? Duration(hours(1))
                                      : Duration(minutes(15));
  if (named(ImGuiKey_Space)) toggle(view, io.KeyShift);
  if (named(ImGuiKey_LeftArrow)) go_to(view, store, view.now - step);
  if (named(ImGuiKey_RightArrow)) go_to(view, store, view.now + step);
  if (named(ImGuiKey_UpArrow)) view.speed = std::min(view.speed * 1.5, greatest_speed);
  if (named(ImGuiKey_DownArrow)) view.speed = std::max(view.speed / 1.5, least_speed);
  if (named(ImGuiKey_Home)) go_to(view, store, store.begin());
  if (named(ImGuiKey_End)) go_to(view, store, store.end());
  if (named(ImGuiKey_Escape)) view.help = false;
  if (letter('N')) {
    if (const auto at = next_breach(store, view.now, true)) go_to(view, store, *at);
  }
  if (letter('P')) {
    if (const auto at = next_breach(store, view.now, false)) go_to(view, store, *at);
  }
  if (letter('0')) view.fit_map = true;
  if (letter('=')) view.camera.zoom = std::min(view.camera.zoom * 1.25, greatest_zoom);
  if (letter('-')) view.camera.zoom = std::max(view.camera.zoom / 1.25, least_zoom);
  if (letter('G')) view.language = view.language == Language::zh ? Language::en : Language::zh;
  if (letter('K')) view.theme = view.theme == Theme::dark ? Theme::light : Theme::dark;
  if (letter('/')) view.help = !view.help;
}

}  // namespace portflow::viz

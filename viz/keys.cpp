#include <imgui.h>

#include <algorithm>

#include "viz/app.hpp"

namespace portflow::viz {
namespace {

using std::chrono::hours;

bool named(ImGuiKey key, bool repeat = true) {
  return ImGui::IsKeyPressed(ImGui::GetKeyIndex(key), repeat);
}

/// Letters and digits: windows report them as their upper-case ASCII code.
bool letter(char key) {
  return ImGui::IsKeyPressed(static_cast<int>(key), false);
}

/// Whether it came as a character: Shift may be up again by the time of the frame.
bool typed(char letter) {
  const auto& queue = ImGui::GetIO().InputQueueCharacters;
  return queue.contains(static_cast<ImWchar>(letter));
}

/// Dear ImGui 1.86 has no name for it; the number is GLFW's.
bool pressed_f11() {
  return ImGui::IsKeyPressed(key_f11, false);
}

void toggle(View& view, bool reverse) {
  const bool same = view.playing && view.reverse == reverse;
  view.playing = !same;
  view.reverse = reverse;
}

void step(View& view, const Store& store, bool forward) {
  const ImGuiIO& io = ImGui::GetIO();
  if (io.KeyCtrl || io.KeyShift) {
    const Duration by = io.KeyCtrl ? Duration(hours(24)) : Duration(hours(1));
    go_to(view, store, forward ? view.now + by : view.now - by);
  } else if (const auto at = store.next_event(view.now, forward)) {
    go_to(view, store, *at);
  }
}

void time_keys(View& view, const Store& store) {
  if (named(ImGuiKey_Space, false)) toggle(view, ImGui::GetIO().KeyShift);
  if (named(ImGuiKey_LeftArrow)) step(view, store, false);
  if (named(ImGuiKey_RightArrow)) step(view, store, true);
  if (named(ImGuiKey_UpArrow)) view.speed = std::min(view.speed * 1.5, greatest_speed);
  if (named(ImGuiKey_DownArrow)) view.speed = std::max(view.speed / 1.5, least_speed);
  if (named(ImGuiKey_Home)) go_to(view, store, store.begin());
  if (named(ImGuiKey_End)) go_to(view, store, store.end());
  for (const bool forward : {true, false}) {
    if (!letter(forward ? 'N' : 'P')) continue;
    if (const auto at = store.breaches().next(Breach::wait, view.now, forward)) {
      go_to(view, store, *at);
    }
  }
  for (char digit = '1'; digit <= '9'; ++digit) {
    const auto number = static_cast<std::size_t>(digit - '1');
    if (letter(digit) && number < view.bookmarks.size()) {
      go_to(view, store, view.bookmarks[number].at);
    }
  }
  if (letter('B')) view.caption.open = true;
}

void place_keys(View& view, float width) {
  if (letter('[')) view.figures = !view.figures;
  if (letter(']')) view.side = !view.side.value_or(width >= 1366);
  if (letter('D')) {
    view.tab = Tab::compare;
    view.versus = static_cast<Versus>((static_cast<int>(view.versus) + 1) % 3);
  }
  if (pressed_f11()) view.slide = !view.slide;
}

void view_keys(View& view) {
  if (letter('0')) view.fit_map = true;
  if (ImGui::GetIO().KeyCtrl) {
    if (letter('=')) resize(view, true);
    if (letter('-')) resize(view, false);
  } else {
    if (letter('=')) view.camera.zoom = std::min(view.camera.zoom * 1.25, greatest_zoom);
    if (letter('-')) view.camera.zoom = std::max(view.camera.zoom / 1.25, least_zoom);
  }
  if (letter('G')) view.language = view.language == Language::zh ? Language::en : Language::zh;
  if (letter('K')) view.theme = view.theme == Theme::dark ? Theme::light : Theme::dark;
  if (letter('M')) view.tab = Tab::map;
  if (letter('T')) view.tab = Tab::terminal;
  if (letter('L')) view.tab = Tab::lanes;
  if (letter('C')) view.tab = Tab::compare;
  if (letter('X')) {
    view.colour_by = static_cast<ColourBy>((static_cast<int>(view.colour_by) + 1) % 3);
  }
  if (letter('F') && view.chosen) view.following = !view.following;
  if (letter('/')) {
    if (ImGui::GetIO().KeyShift || typed('?')) {
      view.help = !view.help;
    } else {
      view.search.open = true;
    }
  }
}

}  // namespace

void apply_keys(View& view, const Store& store, float width) {
  if (named(ImGuiKey_Escape, false)) go_up(view);
  // While words are typed, letters are letters.
  if (view.search.open || view.speed_entry.open || view.caption.open) return;
  time_keys(view, store);
  view_keys(view);
  place_keys(view, width);
}

}  // namespace portflow::viz

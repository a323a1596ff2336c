// A line of text that takes what is typed, drawn like everything else.
#include <algorithm>

#include "viz/panel.hpp"

namespace portflow::viz {
namespace {

void append(std::string& text, ImWchar c) {
  const auto code = static_cast<std::uint32_t>(c);
  if (code >= 0x800) text += static_cast<char>(0xe0u | code >> 12);
  if (code >= 0x800) text += static_cast<char>(0x80u | (code >> 6 & 0x3fu));
  if (code >= 0x80 && code < 0x800) text += static_cast<char>(0xc0u | code >> 6);
  text += static_cast<char>(code >= 0x80 ? 0x80u | (code & 0x3fu) : code);
}

void erase_last(std::string& text) {
  while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xc0) == 0x80) text.pop_back();
  if (!text.empty()) text.pop_back();
}

}  // namespace

void type_into(Frame& f, std::string& text, Rect r, const std::string& hint) {
  constexpr std::size_t longest = 120;
  const ImGuiIO& io = ImGui::GetIO();
  if (!f.still) {
    for (const ImWchar c : io.InputQueueCharacters) {
      if (c >= 0x20 && c != 0x7f && text.size() < longest) append(text, c);
    }
    if (ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Backspace))) erase_last(text);
  }
  Canvas& c = f.canvas;
  c.fill(r, f.colours.row, 4);
  c.frame(r, f.colours.accent, 4, 1.5f);
  const float y = r.centre().y;
  c.clip(r.inset(2));
  if (text.empty()) c.text_mid(Face::label, {r.x + 14, y}, f.colours.text3, hint);
  const float wide = c.text_mid(Face::label, {r.x + 12, y}, f.colours.text, text);
  c.fill({r.x + 13 + wide, y - 9, 1.5f, 18}, f.colours.accent);
  c.unclip();
}

}  // namespace portflow::viz

#include "viz/app.hpp"

#include <imgui.h>

#include <string_view>
#include <utility>

namespace portflow::viz {
namespace {

constexpr ImGuiWindowFlags fixed =
    ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
    ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoScrollWithMouse |
    ImGuiWindowFlags_NoBringToFrontOnFocus;

/// Whether a panel belongs to the second map.
bool area_is_b(const char* id) {
  return std::string_view(id) == "map_b";
}

/// Names every window once, the topmost first: a window that no click may raise goes below all that
/// there are when it is first named.
void stack_windows() {
  const auto name = [](const char* id) {
    ImGui::Begin(id, nullptr, fixed);
    ImGui::End();
  };
  name("help");
  name("search");
  for (auto p = panels().rbegin(); p != panels().rend(); ++p) name(p->id);
}

}  // namespace

App::App(const Source& source, View view, float density)
    : source_(source), view_(std::move(view)), density_(density), context_(ImGui::CreateContext()) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  // Names of keys for whoever plays events without a window; a window brings its own.
  for (int key = 0; key < ImGuiKey_COUNT; ++key) io.KeyMap[key] = 400 + key;
  io.KeyMap[ImGuiKey_Space] = ' ';
  ImGuiStyle& style = ImGui::GetStyle();
  style.WindowPadding = {0, 0};
  style.WindowBorderSize = 0;
  style.WindowMinSize = {1, 1};
}

App::~App() {
  ImGui::SetCurrentContext(context_);
  ImGui::DestroyContext(context_);
}

float App::wanted_scale() const noexcept {
  constexpr float slide = 1.25f;
  return density_ * view_.size * (view_.slide ? slide : 1.0f);
}

Result<std::unique_ptr<App>> App::make(const Source& source, View view, float density) {
  std::unique_ptr<App> app(new App(source, std::move(view), density));
  if (auto built = app->build_fonts(); !built) return tl::unexpected(built.error());
  return app;
}

Result<void> App::build_fonts() {
  std::vector<std::string> shown = texts(source_);
  shown.push_back(view_.title);
  for (const Bookmark& mark : view_.bookmarks) shown.push_back(mark.caption);
  for (const Entry* entry : {&view_.search, &view_.caption}) shown.push_back(entry->text);
  scale_ = wanted_scale();
  auto fonts = Fonts::build(*ImGui::GetIO().Fonts, shown, scale_);
  if (!fonts) return tl::unexpected(fonts.error());
  fonts_ = std::move(*fonts);
  return {};
}

bool App::prepare() {
  ImGui::SetCurrentContext(context_);
  bool stale = wanted_scale() != scale_;
  // What is typed may hold letters that nothing else has.
  for (const Entry* entry : {&view_.search, &view_.caption}) {
    const std::string typed[] = {entry->text};
    if (entry->open && !entry->text.empty() && entry->text != typed_) {
      typed_ = entry->text;
      stale = stale || !fonts_.missing(Face::label, typed).empty();
    }
  }
  // A font that is gone since the start leaves the letters as they are.
  return stale && build_fonts().has_value();
}

std::vector<std::string> App::texts(const Source& source) {
  std::vector<std::string> all = all_labels();
  const auto add = [&](const trace::Label& label) {
    all.push_back(label.zh);
    all.push_back(label.en);
  };
  for (const Store* store : {&source.store.get(), source.other}) {
    if (store == nullptr) continue;
    const trace::Schema& schema = store->schema();
    add(schema.scenario_title);
    all.push_back(schema.scenario_name);
    for (const trace::FacilityInfo& facility : schema.facilities) {
      add(facility.title);
      all.push_back(facility.name);
    }
    for (const trace::ResourceInfo& resource : schema.resources) {
      all.push_back(resource.name);
      all.push_back(resource.unit);
    }
    for (const Tile& tile : store->tiles()) {
      add(tile.title);
      add(tile.definition);
      all.push_back(tile.unit);
    }
    for (const trace::RoleInfo& role : schema.roles) {
      all.push_back(role.type);
      all.push_back(role.name);
      for (const trace::AttributeInfo& attribute : role.attributes) {
        all.push_back(attribute.name);
        all.push_back(attribute.unit);
        all.insert(all.end(), attribute.categories.begin(), attribute.categories.end());
      }
    }
    for (const trace::RouteInfo& route : schema.routes) all.push_back(route.name);
    for (const std::string& step : schema.steps) all.push_back(step);
    for (const std::string& measure : schema.measures) all.push_back(measure);
    for (const trace::PlaceInfo& place : schema.places) add(place.title);
  }
  return all;
}

void App::replace(const Source& source) {
  const bool at_end = view_.now >= store().end();
  source_ = source;
  go_to(view_, store(), at_end ? store().end() : view_.now);
}

bool App::expecting() const {
  return source_.archive != nullptr && source_.archive->busy();  // one worker for both
}

void App::panel(const char* id, Rect area, void (*paint)(Frame&), bool still) {
  ImGui::SetNextWindowPos({area.x * scale_, area.y * scale_});
  ImGui::SetNextWindowSize({area.w * scale_, area.h * scale_});
  if (ImGui::Begin(id, nullptr, fixed)) {
    Canvas canvas(*ImGui::GetWindowDrawList(), fonts_, scale_);
    Frame frame{canvas,
                area,
                source_.store,
                source_.map,
                view_,
                source_.archive,
                source_.other,
                source_.other_archive,
                source_.comparison,
                colours(),
                area_is_b(id) ? &marks_b_ : &marks_,
                still};
    paint(frame);
  }
  ImGui::End();
}

void App::panels_of(const Layout& layout, bool still) {
  for (const Panel& p : panels()) {
    if ((layout.*p.area).w > 0) panel(p.id, layout.*p.area, p.draw, still);
  }
  if (view_.search.open) panel("search", layout.screen, panel_search, still);
  if (view_.help) panel("help", layout.screen, panel_help, still);
}

void App::copy_under_mouse() {
  const bool typing = view_.search.open || view_.speed_entry.open || view_.caption.open;
  if (typing || !ImGui::IsKeyPressed(static_cast<int>('Y'), false)) return;
  if (!view_.hovered_value.empty()) {
    view_.clipboard = view_.hovered_value;
  } else if (view_.chosen && source_.archive != nullptr) {
    if (const auto life = source_.archive->life(*view_.chosen)) view_.clipboard = life->name;
  }
  if (view_.clipboard.empty()) return;
  remark(view_, std::string(text(Text::copied, view_.language)) + "  " + view_.clipboard);
}

void App::draw(int width, int height, float seconds, bool still) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {f32(width), f32(height)};
  io.DeltaTime = seconds > 0 ? seconds : 1.0f / 60.0f;
  if (still && source_.archive != nullptr) source_.archive->wait();
  ImGui::NewFrame();
  if (ImGui::GetFrameCount() == 1) stack_windows();
  if (view_.moved) view_.camera = *std::exchange(view_.moved, std::nullopt);
  view_.hovered_value.clear();
  view_.note_for -= static_cast<double>(seconds);
  apply_keys(view_, store(), f32(width) / scale_);
  advance(view_, store(), static_cast<double>(seconds));
  glide(view_, static_cast<double>(seconds), still);
  panels_of(layout_of(view_, f32(width) / scale_, f32(height) / scale_), still);
  copy_under_mouse();
  ImGui::Render();
  if (!view_.clipboard.empty()) ImGui::SetClipboardText(view_.clipboard.c_str());
  view_.clipboard.clear();
}

}  // namespace portflow::viz

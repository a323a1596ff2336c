#include "viz/app.hpp"

#include <imgui.h>

namespace portflow::viz {
namespace {

constexpr ImGuiWindowFlags fixed =
    ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
    ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoScrollWithMouse |
    ImGuiWindowFlags_NoBringToFrontOnFocus;

}  // namespace

App::App(const Store& store, const MapData& map, View view, float scale)
    : store_(store), map_(map), view_(view), scale_(scale), context_(ImGui::CreateContext()) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  ImGuiStyle& style = ImGui::GetStyle();
  style.WindowPadding = {0, 0};
  style.WindowBorderSize = 0;
  style.WindowMinSize = {1, 1};
}

App::~App() {
  ImGui::SetCurrentContext(context_);
  ImGui::DestroyContext(context_);
}

Result<std::unique_ptr<App>> App::make(const Store& store, const MapData& map, View view,
                                       float scale) {
  std::unique_ptr<App> app(new App(store, map, view, scale));
  const std::vector<std::string> shown = texts(store, map);
  auto fonts = Fonts::build(*ImGui::GetIO().Fonts, shown, scale);
  if (!fonts) return tl::unexpected(fonts.error());
  app->fonts_ = std::move(*fonts);
  return app;
}

std::vector<std::string> App::texts(const Store& store, const MapData& map) {
  std::vector<std::string> all = all_labels();
  const trace::Schema& schema = store.schema();
  const auto add = [&](const trace::Label& label) {
    all.push_back(label.zh);
    all.push_back(label.en);
  };
  add(schema.scenario_title);
  all.push_back(schema.scenario_name);
  for (const trace::FacilityInfo& facility : schema.facilities) {
    add(facility.title);
    all.push_back(facility.name);
  }
  for (const trace::ResourceInfo& resource : schema.resources) all.push_back(resource.name);
  for (const Tile& tile : store.tiles()) {
    add(tile.title);
    all.push_back(tile.unit);
  }
  for (const trace::RoleInfo& role : schema.roles) all.push_back(role.type);
  for (const trace::RouteInfo& route : schema.routes) all.push_back(route.name);
  for (const std::string& measure : schema.measures) all.push_back(measure);
  for (const MapLine& line : map.sea_lanes) all.push_back(line.name);
  return all;
}

void App::panel(const char* id, Rect area, void (*paint)(Frame&), bool still) {
  ImGui::SetNextWindowPos({area.x * scale_, area.y * scale_});
  ImGui::SetNextWindowSize({area.w * scale_, area.h * scale_});
  if (ImGui::Begin(id, nullptr, fixed)) {
    Canvas canvas(*ImGui::GetWindowDrawList(), fonts_, scale_);
    Frame frame{canvas, area, store_, map_, view_, colours(), still};
    paint(frame);
  }
  ImGui::End();
}

void App::draw(int width, int height, float seconds, bool still) {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {f32(width), f32(height)};
  io.DeltaTime = seconds > 0 ? seconds : 1.0f / 60.0f;
  ImGui::NewFrame();
  apply_keys(view_, store_);
  advance(view_, store_, static_cast<double>(seconds));
  const Layout layout = overview(f32(width) / scale_, f32(height) / scale_);
  for (const Panel& p : panels()) panel(p.id, layout.*p.area, p.draw, still);
  if (view_.help) panel("help", layout.screen, panel_help, still);
  ImGui::Render();
}

}  // namespace portflow::viz

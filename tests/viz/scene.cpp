#include "viz/scene.hpp"

#include <unistd.h>

#include <cstdio>
#include <stdexcept>

#include "trace/writer.hpp"
#include "viz/open.hpp"

namespace portflow::viz::test {

std::string trace_file(const Sample& sample, const std::string& name) {
  const std::string path = std::string(PORTFLOW_BINARY_DIR) + "/" + name;
  auto writer = trace::Writer::open(path, sample.schema, trace::Detail::full, true);
  if (!writer) throw std::runtime_error(writer.error().errors.front().text());
  (*writer)->consume(sample.batch);
  const auto done =
      (*writer)->finish(sample.schema.fingerprint, sample.schema.events, sample.schema.until);
  if (!done) throw std::runtime_error(done.error().errors.front().text());
  return path;
}

Scene::Scene(bool two, View view, int width, int height)
    : width_(width),
      height_(height),
      map_(load_map(PORTFLOW_SOURCE_DIR "/scenarios/dalian/map").value()) {
  const Sample sample = make_sample();
  // Tests run side by side: each process has files of its own.
  const std::string own = std::to_string(getpid());
  const std::string path = trace_file(sample, "viz_scene_a_" + own + ".h5");
  files_.push_back(path);
  store_ = open_store(path).value();
  archive_ = std::make_unique<Archive>(path, *store_, worker_);
  Source source{*store_, map_, archive_.get(), nullptr, nullptr, nullptr};
  if (two) {
    const std::string second = trace_file(quicker(sample), "viz_scene_b_" + own + ".h5");
    files_.push_back(second);
    other_ = open_store(second).value();
    other_archive_ = std::make_unique<Archive>(second, *other_, worker_);
    comparison_ = compare(*store_, *other_, path, second).value();
    source.other = other_.get();
    source.other_archive = other_archive_.get();
    source.comparison = &comparison_;
  }
  View first = first_view(*store_, store_->begin() + std::chrono::hours(134));
  first.language = view.language;
  first.theme = view.theme;
  first.tab = view.tab;
  first.halls = view.halls;
  first.versus = view.versus;
  first.size = view.size;
  app_ = App::make(source, first, 1).value();
  // What a renderer would say: it can draw more than 65,535 vertices of a window.
  ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
}

Scene::~Scene() {
  worker_.wait();
  for (const std::string& file : files_) std::remove(file.c_str());
}

void Scene::frame(float seconds) {
  app_->draw(width_, height_, seconds, false);
}

void Scene::settle() {
  for (int i = 0; i < 4; ++i) {
    frame();
    archive_->wait();
  }
  frame();
}

int Scene::vertices(const std::string& panel) const {
  const ImDrawData* data = ImGui::GetDrawData();
  for (int i = 0; i < data->CmdListsCount; ++i) {
    const ImDrawList* list = data->CmdLists[i];
    if (list->_OwnerName != nullptr && panel == list->_OwnerName) return list->VtxBuffer.Size;
  }
  return 0;
}

int Scene::all_vertices() const {
  return ImGui::GetDrawData()->TotalVtxCount;
}

void Scene::press(int key, bool shift, bool ctrl) {
  ImGuiIO& io = ImGui::GetIO();
  io.KeyShift = shift;
  io.KeyCtrl = ctrl;
  io.KeysDown[key] = true;
  frame();
  io.KeysDown[key] = false;
  io.KeyShift = io.KeyCtrl = false;
  frame();
}

void Scene::type(const std::string& text) {
  for (const char c : text) ImGui::GetIO().AddInputCharacter(static_cast<unsigned>(c));
  frame();
}

void Scene::move_to(float x, float y) {
  ImGui::GetIO().MousePos = {x, y};
  frame();
}

void Scene::click(float x, float y) {
  move_to(x, y);
  ImGui::GetIO().MouseDown[0] = true;
  frame();
  ImGui::GetIO().MouseDown[0] = false;
  frame();
}

void Scene::drag(float x0, float y0, float x1, float y1) {
  move_to(x0, y0);
  ImGui::GetIO().MouseDown[0] = true;
  frame();
  for (int i = 1; i <= 4; ++i) {
    const float share = static_cast<float>(i) / 4;
    move_to(x0 + (x1 - x0) * share, y0 + (y1 - y0) * share);
  }
  ImGui::GetIO().MouseDown[0] = false;
  frame();
}

void Scene::wheel(float x, float y, float turns) {
  move_to(x, y);
  ImGui::GetIO().MouseWheel = turns;
  frame();
  ImGui::GetIO().MouseWheel = 0;
  frame();
}

Layout Scene::layout() {
  return layout_of(view(), static_cast<float>(width_), static_cast<float>(height_));
}

}  // namespace portflow::viz::test

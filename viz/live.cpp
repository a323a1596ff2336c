#include "viz/live.hpp"

#include <filesystem>

#include "viz/open.hpp"

namespace portflow::viz {

std::string finished_name(const std::string& path) {
  constexpr std::string_view growing = ".partial";
  return path.ends_with(growing) ? path.substr(0, path.size() - growing.size()) : path;
}

Live::Live(std::string path, Worker& worker) : state_(std::make_shared<State>()), worker_(worker) {
  state_->path = std::move(path);
}

std::string Live::path() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->path;
}

std::unique_ptr<Store> Live::poll(double seconds) {
  const std::scoped_lock lock(state_->mutex);
  if (state_->ready) {
    last_ = seconds;
    return std::move(state_->ready);
  }
  if (state_->reading || seconds - last_ < pause) return nullptr;
  state_->reading = true;
  last_ = seconds;
  worker_.add([state = state_] {
    std::string path;
    {
      const std::scoped_lock inner(state->mutex);
      path = state->path;
    }
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) path = finished_name(path);
    // A file caught between two states is read the next time.
    auto store = open_store(path);
    const std::scoped_lock inner(state->mutex);
    state->reading = false;
    if (!store) return;
    state->path = path;
    state->ready = std::move(*store);
  });
  return nullptr;
}

}  // namespace portflow::viz

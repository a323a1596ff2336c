#include "spec/graph.hpp"

#include <algorithm>

namespace portflow::spec {

StepGraph::StepGraph(const Procedure& procedure) : procedure_{procedure} {
  const auto n = procedure.steps.size();
  after_.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    for (const auto& name : procedure.steps[i].after) {
      if (const auto j = index(name); j < n) after_[i].push_back(j);
    }
  }
  before_.assign(n, std::vector<bool>(n));
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<std::size_t> open = after_[i];
    while (!open.empty()) {
      const auto j = open.back();
      open.pop_back();
      if (before_[i][j]) continue;
      before_[i][j] = true;
      open.insert(open.end(), after_[j].begin(), after_[j].end());
    }
  }
  std::vector<int> state(n);
  std::vector<std::size_t> path;
  for (std::size_t i = 0; i < n && circle_.empty(); ++i) search(i, state, path);
}

std::size_t StepGraph::index(std::string_view step) const {
  const auto found = std::ranges::find(procedure_.steps, step, &Step::name);
  return static_cast<std::size_t>(found - procedure_.steps.begin());
}

bool StepGraph::before(std::string_view earlier, std::string_view later) const {
  const auto i = index(later);
  const auto j = index(earlier);
  return i < before_.size() && j < before_.size() && before_[i][j];
}

bool StepGraph::search(std::size_t step, std::vector<int>& state, std::vector<std::size_t>& path) {
  constexpr int open = 1;
  constexpr int closed = 2;
  if (state[step] == closed) return false;
  if (state[step] == open) {
    std::vector<std::size_t> loop{std::ranges::find(path, step), path.end()};
    // Told in the order in which tokens would go round.
    std::ranges::reverse(loop);
    std::ranges::rotate(loop, std::ranges::min_element(loop));
    for (const auto i : loop) circle_.push_back(procedure_.steps[i].name);
    return true;
  }
  state[step] = open;
  path.push_back(step);
  for (const auto earlier : after_[step]) {
    if (search(earlier, state, path)) return true;
  }
  path.pop_back();
  state[step] = closed;
  return false;
}

}  // namespace portflow::spec

#include "kpi/resources.hpp"

namespace portflow::kpi {
namespace {

Figure figure_of(const std::string& resource, const char* what, const char* unit, const char* kind,
                 Better better) {
  Figure figure;
  figure.name = "resource." + resource + "." + what;
  figure.kind = kind;
  figure.statistic = "mean";
  figure.unit = unit;
  figure.better = better;
  figure.automatic = true;
  return figure;
}

}  // namespace

ResourceFold::ResourceFold(const trace::Schema& schema, bool curves)
    : schema_(schema), curves_(curves), sums_(schema.resources.size()) {}

void ResourceFold::add(const trace::Level& level) {
  if (level.resource >= sums_.size()) return;
  Sums& sums = sums_[level.resource];
  if (curves_ && level.span.count() > 0) {
    sums.queue.push_back(
        {level.at, static_cast<double>(level.queued) / static_cast<double>(level.span.count())});
  }
  if (level.at - level.span < schema_.cohort_from || level.at > schema_.to) return;
  sums.span += level.span.count();
  sums.busy += level.busy;
  sums.queued += level.queued;
  sums.capacity += level.capacity;
  sums.waited += level.waited;
  sums.started += level.started;
  sums.queue_max = std::max(sums.queue_max, level.queue_max);
  sums.queue_last = level.queue_now;
}

void ResourceFold::finish(std::vector<Figure>& figures) {
  for (std::size_t i = 0; i < sums_.size(); ++i) {
    Sums& sums = sums_[i];
    const std::string& name = schema_.resources[i].name;

    Figure wait = figure_of(name, "wait", "s", "wait", Better::lower);
    wait.count = sums.started;
    wait.unfinished = sums.queue_last;
    if (schema_.resources[i].wait_target_ms > 0) {
      wait.target = schema_.resources[i].wait_target_ms / 1000.0;
    }
    if (sums.started > 0) {
      wait.value = static_cast<double>(sums.waited) / static_cast<double>(sums.started) / 1000.0;
    }
    wait.mean = wait.value;
    figures.push_back(std::move(wait));

    Figure utilisation = figure_of(name, "utilisation", "1", "level", Better::neither);
    utilisation.count = sums.started;
    if (sums.capacity > 0) {
      utilisation.value = static_cast<double>(sums.busy) / static_cast<double>(sums.capacity);
    }
    utilisation.mean = utilisation.value;
    figures.push_back(std::move(utilisation));

    Figure queue = figure_of(name, "queue_length", "1", "level", Better::lower);
    queue.count = sums.started;
    if (sums.span > 0) {
      queue.value = static_cast<double>(sums.queued) / static_cast<double>(sums.span);
      queue.max = sums.queue_max;
    }
    queue.mean = queue.value;
    queue.curve = std::move(sums.queue);
    figures.push_back(std::move(queue));
  }
}

}  // namespace portflow::kpi

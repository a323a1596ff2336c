#include "scenarios/small_runs.hpp"

#include <stdexcept>

#include "analysis/replicate.hpp"
#include "run/run.hpp"

namespace portflow::scenario_test {
namespace {

[[noreturn]] void give_up(const Fault& fault) {
  std::string text;
  for (const Error& error : fault.errors) text.append(error.text()).append("\n");
  throw std::runtime_error(text);
}

}  // namespace

std::string scenarios() {
  return PORTFLOW_SOURCE_DIR "/scenarios/";
}

std::vector<kpi::Figure> figures(const std::string& scenario, const std::string& horizon,
                                 const std::vector<std::string>& measures,
                                 const std::vector<std::string>& settings) {
  run::Request request;
  request.scenario = scenarios() + scenario;
  request.measures = measures;
  request.settings = settings;
  request.settings.emplace_back("horizon=").append(horizon);
  const auto prepared = run::prepare(request);
  if (!prepared) give_up(prepared.error());
  auto replication = analysis::run_one(**prepared, {});
  if (!replication) give_up(replication.error());
  return std::move(replication->results.figures);
}

const kpi::Figure& figure(const std::vector<kpi::Figure>& figures, const std::string& name) {
  const kpi::Figure* found = kpi::find(figures, name);
  if (found == nullptr) throw std::runtime_error(std::string("no KPI ").append(name));
  return *found;
}

}  // namespace portflow::scenario_test

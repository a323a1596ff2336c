#include "run/check_kpis.hpp"

#include "kpi/collector.hpp"

namespace portflow::run {

Errors check_kpis(const spec::Scenario& scenario, const std::vector<kpi::Definition>& definitions,
                  trace::Schema schema) {
  Errors errors;
  for (std::size_t i = 0; i < definitions.size(); ++i) {
    // One at a time, so that each is judged although another is wrong.
    schema.kpi_definitions = kpi::to_json(std::span(definitions).subspan(i, 1));
    const auto made = kpi::Collector::make(schema);
    if (made) continue;
    const spec::Kpi& kpi = scenario.kpis[i];
    for (const Error& error : made.error().errors) {
      errors.push_back({kpi.place, "kpis." + kpi.name, error.message});
    }
  }
  return errors;
}

}  // namespace portflow::run

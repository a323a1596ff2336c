#include "analysis/study/response.hpp"

#include <algorithm>

namespace portflow::study {
namespace {

const std::vector<kpi::Figure>* figures_of(const std::optional<store::Record>& run) {
  return run && !run->failed ? &run->figures : nullptr;
}

/// The figures of some run that went well; runs of all arms have the scenario's KPIs.
const std::vector<kpi::Figure>* any_figures(const Campaign& campaign) {
  for (const ArmRuns& arm : campaign.arms) {
    for (const auto& run : arm.runs) {
      if (const auto* figures = figures_of(run)) return figures;
    }
  }
  return nullptr;
}

/// Whether spans must be restricted: some are unfinished, and every run knows its restricted value.
bool restricts(const Campaign& campaign, const std::string& kpi) {
  bool unfinished = false;
  for (const ArmRuns& arm : campaign.arms) {
    for (const auto& run : arm.runs) {
      const auto* figures = figures_of(run);
      const kpi::Figure* figure = figures != nullptr ? kpi::find(*figures, kpi) : nullptr;
      if (figure == nullptr) continue;
      if (figure->kind != "span" || (figure->value && !figure->restricted)) return false;
      unfinished = unfinished || figure->unfinished > 0;
    }
  }
  return unfinished;
}

}  // namespace

std::vector<std::string> kpis_of(const Campaign& campaign, const std::vector<std::string>& wanted) {
  std::vector<std::string> names;
  const auto* figures = any_figures(campaign);
  if (figures == nullptr) return names;
  for (const kpi::Figure& figure : *figures) {
    const bool asked = std::ranges::any_of(wanted, [&](const std::string& name) {
      return figure.name == name || figure.name.starts_with(name + ".");
    });
    if (wanted.empty() ? !figure.automatic : asked) names.push_back(figure.name);
  }
  return names;
}

Response response_of(const Campaign& campaign, const std::string& kpi) {
  Response response;
  if (const auto* figures = any_figures(campaign)) {
    if (const kpi::Figure* figure = kpi::find(*figures, kpi)) response.heading = *figure;
  }
  response.heading.curve.clear();
  response.restricted = restricts(campaign, kpi);
  const std::size_t replications = campaign.arms.empty() ? 0 : campaign.arms.front().runs.size();
  for (std::uint32_t r = 0; r < replications; ++r) {
    std::vector<double> row;
    for (const ArmRuns& arm : campaign.arms) {
      const auto* figures = r < arm.runs.size() ? figures_of(arm.runs[r]) : nullptr;
      const kpi::Figure* figure = figures != nullptr ? kpi::find(*figures, kpi) : nullptr;
      if (figure == nullptr) break;
      const auto& value = response.restricted ? figure->restricted : figure->value;
      if (!value) break;
      row.push_back(*value);
    }
    if (row.size() == campaign.arms.size()) {
      response.values.push_back(std::move(row));
      response.replications.push_back(r);
    } else {
      ++response.left_out;
    }
  }
  return response;
}

}  // namespace portflow::study

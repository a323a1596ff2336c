#include "run/shown.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "run/edited.hpp"
#include "run/published.hpp"
#include "run/run.hpp"
#include "spec/spot.hpp"

namespace portflow::run {
namespace {

/// The measure with those parts alone that are on where it is shown.
policy::Measure as_shown(policy::Measure measure, const policy::Showing& stage) {
  if (stage.parts.empty()) return measure;
  std::erase_if(measure.parts, [&](const policy::Part& part) {
    return std::ranges::find(stage.parts, part.name) == stage.parts.end();
  });
  return measure;
}

/// Compiles the measure on one scenario. \returns the names of the scenario's KPIs
Result<std::vector<std::string>> compiled_on(const policy::Measure& measure,
                                             const policy::Showing& stage) {
  const auto folder = std::filesystem::path(measure.file).parent_path();
  Request bare;
  bare.scenario = (folder / stage.on).lexically_normal().string();
  if (!std::filesystem::exists(bare.scenario)) {
    return refuse({{stage.place, "shown", fmt::format("there is no scenario `{}`", stage.on)}});
  }
  const auto with = edited(bare.scenario, {as_shown(measure, stage)});
  if (!with) return tl::unexpected(with.error());
  const auto prepared = prepare(bare);
  if (!prepared) return tl::unexpected(prepared.error());
  const auto readable = readable_in((*prepared)->schema(0));
  if (!readable) return tl::unexpected(readable.error());
  std::vector<std::string> names;
  for (const Readable::Kpi& kpi : readable->kpis) names.push_back(kpi.name);
  return names;
}

/// A KPI that the file names, and where.
struct Named {
  std::string kpi;
  Place place;
  std::string path;
};

std::vector<Named> named_by(const policy::Measure& measure) {
  std::vector<Named> all;
  if (const spec::Node* expect = measure.node.find("expect")) {
    for (const auto& entry : expect->entries) {
      all.push_back({entry.key, entry.place, "expect." + entry.key});
    }
  }
  if (const spec::Node* unchanged = measure.node.find("unchanged")) {
    for (const spec::Node& item : unchanged->items) {
      all.push_back({item.text, item.place, "unchanged"});
    }
  }
  return all;
}

}  // namespace

Result<void> check_where_shown(const policy::Measure& measure) {
  Errors errors;
  std::vector<std::string> known;
  for (const policy::Showing& stage : measure.shown) {
    auto names = compiled_on(measure, stage);
    if (names) {
      known.insert(known.end(), names->begin(), names->end());
    } else {
      for (const Error& one : names.error().errors) {
        if (std::ranges::find(errors, one.text(), &Error::text) == errors.end()) {
          errors.push_back(one);
        }
      }
    }
  }
  // What a scenario that is at fault would have had is not known.
  if (errors.empty() && !measure.shown.empty()) {
    for (const Named& one : named_by(measure)) {
      if (std::ranges::find(known, one.kpi) != known.end()) continue;
      errors.push_back({one.place, one.path,
                        fmt::format("no scenario of `shown` has a KPI `{}`{}", one.kpi,
                                    spec::did_you_mean(one.kpi, known))});
    }
  }
  if (!errors.empty()) return refuse(std::move(errors));
  return {};
}

}  // namespace portflow::run

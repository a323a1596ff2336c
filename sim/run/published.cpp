#include "run/published.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "kpi/collector.hpp"
#include "spec/spot.hpp"

namespace portflow::run {

namespace {

/// Why `name` stands not among `known`; empty if it does.
std::string missing(std::string_view what, const std::string& name,
                    const std::vector<std::string>& known) {
  if (std::ranges::find(known, name) != known.end()) return {};
  return fmt::format("the scenario has no {} `{}`{}", what, name, spec::did_you_mean(name, known));
}

/// `type.mark`.
std::string refuse_marks(const spec::Term& term, const Readable& readable) {
  const auto dot = term.name.find('.');
  if (dot == std::string::npos) {
    return fmt::format("`{}({})` needs a type and a mark: `ship.arrived`", term.aspect, term.name);
  }
  if (auto why = missing("type of entity", term.name.substr(0, dot), readable.types);
      !why.empty()) {
    return why;
  }
  return missing("mark", term.name.substr(dot + 1), readable.marks);
}

}  // namespace

Result<Readable> readable_in(const trace::Schema& schema) {
  // A record without rows gives every figure, each of nobody.
  auto collector = kpi::Collector::make(schema);
  if (!collector) return tl::unexpected(collector.error());
  Readable readable;
  for (const kpi::Figure& figure : (*collector)->finish().figures) {
    readable.kpis.push_back({figure.name, figure.unit});
  }
  for (const trace::RoleInfo& role : schema.roles) readable.types.push_back(role.type);
  readable.marks = schema.marks;
  return readable;
}

void check_formula(const spec::Formula& formula, const std::string& unit, const Readable& readable,
                   const Place& place, const std::string& path, Errors& errors) {
  std::vector<std::string> names;
  names.reserve(readable.kpis.size());
  for (const Readable::Kpi& one : readable.kpis) names.push_back(one.name);
  for (const spec::Term& term : formula.terms()) {
    std::string why =
        term.of_marks() ? refuse_marks(term, readable) : missing("KPI", term.name, names);
    if (why.empty() && formula.is_headline()) {
      const auto found = std::ranges::find(readable.kpis, term.name, &Readable::Kpi::name);
      if (found->unit != unit) {
        why = fmt::format("`{}` is measured in `{}`, not in `{}`", term.name, found->unit, unit);
      }
    }
    if (!why.empty()) errors.push_back({place, path, std::move(why)});
  }
}

Result<void> check_published(const spec::Scenario& scenario, const trace::Schema& schema) {
  if (scenario.published.empty()) return {};
  const auto known = readable_in(schema);
  if (!known) return tl::unexpected(known.error());
  Errors errors;
  for (const spec::Published& one : scenario.published) {
    check_formula(one.of, one.unit, *known, one.of_place, "published." + one.name + ".of", errors);
  }
  if (!errors.empty()) return refuse(std::move(errors));
  return {};
}

}  // namespace portflow::run

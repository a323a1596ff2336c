#include "oracle/usage.hpp"

#include <algorithm>

#include "core/hash.hpp"

namespace portflow::tests {
namespace {

/// What a step asks of a resource.
struct Demand {
  std::uint16_t resource{0};
  spec::Amount amount;
  std::string until;  ///< `procedure.step` that gives it back; empty: this step itself
  bool at_start{false};
};

template <class List>
std::uint16_t code_of(const List& list, const std::string& name) {
  const auto found = std::ranges::find(list, name, [](const auto& one) {
    if constexpr (requires { one.name; }) {
      return one.name;
    } else {
      return one;
    }
  });
  return found == list.end() ? trace::no_code : static_cast<std::uint16_t>(found - list.begin());
}

/// Demands by step code, read from the scenario.
std::map<std::uint16_t, std::vector<Demand>> demands_of(const run::Prepared& prepared,
                                                        const trace::Schema& schema,
                                                        std::vector<std::string>& untold) {
  std::map<std::uint16_t, std::vector<Demand>> demands;
  for (const auto& [name, procedure] : prepared.scenario().procedures) {
    for (const spec::Step& step : procedure.steps) {
      if (step.needs.empty() && step.holds.empty()) continue;
      const std::string step_name = name + "." + step.name;
      if (!step.awaits.empty() || step.batch) untold.push_back(step_name);
      auto& list = demands[code_of(schema.steps, step_name)];
      for (const spec::Need& need : step.needs) {
        if (need.any_of.size() > 1) untold.push_back(step_name);
        const std::string resource = step.at + "." + need.any_of.front();
        list.push_back({code_of(schema.resources, resource), need.amount, {}, false});
      }
      for (const spec::Hold& hold : step.holds) {
        const std::string resource = step.at + "." + hold.resource;
        list.push_back({code_of(schema.resources, resource), hold.amount, name + "." + hold.until,
                        hold.at_start});
      }
    }
  }
  return demands;
}

/// The amount that an entity asks for. \pre plain, an own attribute, or cases of one
double units_of(const spec::Amount& amount, const trace::Schema& schema, const Record& record,
                trace::EntityId id) {
  if (amount.plain()) return amount.value;
  const Record::Entity& entity = record.entities.at(id);
  const auto& infos = schema.roles[entity.role].attributes;
  const std::uint16_t at = code_of(infos, amount.by.empty() ? amount.attribute : amount.by);
  const double value = record.attributes.at(entity.attributes + at);
  if (amount.by.empty()) return value;
  const std::string& category = infos.at(at).categories.at(static_cast<std::size_t>(value));
  for (const auto& [name, one] : amount.cases) {
    if (name == category) return one.value;
  }
  throw std::out_of_range("no case for " + category);
}

std::uint64_t key_of(trace::EntityId entity, std::uint16_t step) {
  return mix(chain(entity, step));
}

}  // namespace

void Record::consume(const trace::Batch& batch) {
  for (const trace::Born& row : batch.born) {
    entities[row.entity] = {row.role, 0};
    born.push_back(row);
  }
  std::size_t next = attributes.size();
  for (const trace::Born& row : batch.born) {
    entities[row.entity].attributes = next;
    next += schema_.roles[row.role].attributes.size();
  }
  attributes.insert(attributes.end(), batch.attributes.begin(), batch.attributes.end());
  steps.insert(steps.end(), batch.steps.begin(), batch.steps.end());
  ended.insert(ended.end(), batch.ended.begin(), batch.ended.end());
  levels.insert(levels.end(), batch.levels.begin(), batch.levels.end());
}

Usage usage_of(const run::Prepared& prepared, const Record& record) {
  const trace::Schema schema = prepared.schema(0);
  Usage usage;
  const auto demands = demands_of(prepared, schema, usage.untold);
  std::unordered_map<std::uint64_t, const trace::StepDone*> releasing;
  for (const auto& [step, list] : demands) {
    for (const Demand& demand : list) {
      if (demand.until.empty()) continue;
      const std::uint16_t until = code_of(schema.steps, demand.until);
      for (const trace::StepDone& row : record.steps) {
        if (row.step == until) releasing[key_of(row.entity, until)] = &row;
      }
    }
  }
  for (const trace::StepDone& row : record.steps) {
    const auto found = demands.find(row.step);
    if (found == demands.end()) continue;
    for (const Demand& demand : found->second) {
      Use use{row.ready, row.start, row.at, units_of(demand.amount, schema, record, row.entity)};
      if (!demand.until.empty()) {
        const auto end = releasing.find(key_of(row.entity, code_of(schema.steps, demand.until)));
        use.released = end == releasing.end() ? never
                       : demand.at_start      ? end->second->start
                                              : end->second->at;
      }
      usage.uses[demand.resource].push_back(use);
    }
  }
  return usage;
}

std::int64_t overlap(SimTime from, SimTime to, SimTime begin, SimTime end) {
  return std::max<std::int64_t>(0, (std::min(to, end) - std::max(from, begin)).count());
}

}  // namespace portflow::tests

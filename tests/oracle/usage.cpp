#include "oracle/usage.hpp"

#include <algorithm>

#include "core/hash.hpp"
#include "procedure/graph.hpp"
#include "run/impl.hpp"

namespace portflow::tests {
namespace {

/// Where a step asks: the resource, and how long word of its release takes from where it ends.
struct Asked {
  std::uint16_t resource{0};
  Duration late{};
};

/// What a step asks of a resource.
struct Demand {
  std::string by;                      ///< attribute that facilities are split by; empty: none
  std::map<std::string, Asked> where;  ///< by its category; one entry "" where none is split
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

/// The least time of a message from one facility's process to another's.
Duration least_time(const procedure::Model& model, const std::string& from, const std::string& to) {
  const auto site_of = [&](const std::string& facility) {
    const auto has = [&](const procedure::SiteInfo& site) {
      return code_of(site.facilities, facility) != trace::no_code;
    };
    return std::ranges::find_if(model.sites, has) - model.sites.begin();
  };
  const auto start = site_of(from);
  const auto end = site_of(to);
  for (const procedure::ChannelInfo& channel : model.channels) {
    if (channel.from == start && channel.to == end) return channel.least;
  }
  return {};
}

/// Demands by step code, read from the scenario.
class Demands {
 public:
  Demands(const run::Prepared& prepared, const trace::Schema& schema)
      : scenario_{prepared.scenario()}, model_{*prepared.impl().model}, schema_{schema} {
    for (const auto& [name, procedure] : scenario_.procedures) {
      for (const spec::Step& step : procedure.steps) {
        if (step.needs.empty() && step.holds.empty()) continue;
        const std::string step_name = name + "." + step.name;
        if (!step.awaits.empty() || step.batch) untold.push_back(step_name);
        auto& list = by_step[code_of(schema.steps, step_name)];
        for (const spec::Need& need : step.needs) {
          if (need.any_of.size() > 1) untold.push_back(step_name);
          list.push_back(demand(step, step, need.any_of.front(), need.amount));
        }
        for (const spec::Hold& hold : step.holds) {
          list.push_back(demand(step, *procedure.find(hold.until), hold.resource, hold.amount));
          list.back().until = name + "." + hold.until;
          list.back().at_start = hold.at_start;
        }
      }
    }
  }

  std::map<std::uint16_t, std::vector<Demand>> by_step;
  std::vector<std::string> untold;

 private:
  [[nodiscard]] Demand demand(const spec::Step& step, const spec::Step& until,
                              const std::string& resource, const spec::Amount& amount) const {
    Demand out;
    out.amount = amount;
    const auto add = [&](const std::string& category) {
      const std::string at = member(step.at, category);
      out.where[category] = {code_of(schema_.resources, at + "." + resource),
                             least_time(model_, member(until.at, category), at)};
    };
    for (const std::string& place : {step.at, until.at}) {
      const auto split = scenario_.splits.find(place);
      if (split == scenario_.splits.end()) continue;
      out.by = split->second.by;
      for (const auto& [category, facility] : split->second.cases) add(category);
    }
    if (out.by.empty()) add("");
    return out;
  }

  [[nodiscard]] std::string member(const std::string& place, const std::string& category) const {
    const auto split = scenario_.splits.find(place);
    if (split == scenario_.splits.end()) return place;
    for (const auto& [word, facility] : split->second.cases) {
      if (word == category) return facility;
    }
    throw std::out_of_range("no facility for " + category);
  }

  const spec::Scenario& scenario_;
  const procedure::Model& model_;
  const trace::Schema& schema_;
};

/// The word that `type.attribute` has for the entity or the group of it that is of that type.
std::string category_of(const std::string& name, const trace::Schema& schema, const Record& record,
                        trace::EntityId id) {
  if (name.empty()) return name;
  const std::size_t dot = name.find('.');
  const Record::Entity* entity = &record.entities.at(id);
  while (schema.roles[entity->role].type != name.substr(0, dot)) {
    entity = &record.entities.at(entity->parent);
  }
  const auto& infos = schema.roles[entity->role].attributes;
  const std::uint16_t at = code_of(infos, name.substr(dot + 1));
  const double value = record.attributes.at(entity->attributes + at);
  return infos.at(at).categories.at(static_cast<std::size_t>(value));
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
    entities[row.entity] = {row.role, row.parent, 0};
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
  const Demands all(prepared, schema);
  const auto& demands = all.by_step;
  usage.untold = all.untold;
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
      const Asked& asked = demand.where.at(category_of(demand.by, schema, record, row.entity));
      Use use{row.ready, row.start, row.at, units_of(demand.amount, schema, record, row.entity)};
      if (!demand.until.empty()) {
        const auto end = releasing.find(key_of(row.entity, code_of(schema.steps, demand.until)));
        use.released = end == releasing.end() ? never
                       : demand.at_start      ? end->second->start + asked.late
                                              : end->second->at + asked.late;
      }
      usage.uses[asked.resource].push_back(use);
    }
  }
  return usage;
}

std::int64_t overlap(SimTime from, SimTime to, SimTime begin, SimTime end) {
  return std::max<std::int64_t>(0, (std::min(to, end) - std::max(from, begin)).count());
}

}  // namespace portflow::tests

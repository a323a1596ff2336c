#include "analysis/trace_facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <tuple>

#include "core/hash.hpp"

namespace portflow::analysis {
namespace {

constexpr std::array<std::string_view, fact_tables> table_names{
    "born", "marks", "steps", "ended", "paths", "moves", "levels", "ledger"};

std::uint32_t number(Facts::Dictionary& common, const std::string& name) {
  return common.try_emplace(name, static_cast<std::uint32_t>(common.size()) + 1).first->second;
}

/// The common number of a code; 0 stands for none.
std::uint32_t at(const std::vector<std::uint32_t>& numbers, std::uint16_t code) {
  return code < numbers.size() ? numbers[code] : 0;
}

std::uint64_t bits(SimTime at) {
  return static_cast<std::uint64_t>(at.time_since_epoch().count());
}

template <class... Values>
std::uint64_t hash_all(Values... values) {
  std::uint64_t hash = 0;
  ((hash = chain(hash, static_cast<std::uint64_t>(values))), ...);
  return hash;
}

std::string causes_text(const trace::Ended& ended) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < cause_count; ++i) {
    if (ended.ticks_by_cause[i] == 0) continue;
    words.push_back(
        fmt::format("{} {}", cause_names[i], to_text(Duration{ended.ticks_by_cause[i]})));
  }
  return fmt::format("{}", fmt::join(words, ", "));
}

}  // namespace

std::string_view name_of(FactTable table) noexcept {
  return table_names[static_cast<std::size_t>(table)];
}

Facts::Facts(const Record& record, Dictionary& common) : record_(record) {
  const trace::Schema& schema = record.schema();
  const auto numbers = [&](const auto& list, Numbers& to, auto name) {
    for (const auto& one : list) to.push_back(number(common, name(one)));
  };
  const auto itself = [](const std::string& name) { return name; };
  const auto name = [](const auto& one) { return one.name; };
  numbers(schema.marks, marks_, itself);
  numbers(schema.steps, steps_, itself);
  numbers(schema.roles, roles_, name);
  numbers(schema.resources, resources_, name);
  numbers(schema.routes, routes_, name);
  numbers(schema.items, items_, name);
  for (const trace::RoleInfo& role : schema.roles) {
    auto& names = attributes_.emplace_back();
    for (const trace::AttributeInfo& attribute : role.attributes) {
      names.push_back(hash_of(attribute.name));
    }
  }
}

std::vector<std::size_t> Facts::attribute_places(const trace::Batch& batch) const {
  std::vector<std::size_t> places;
  std::size_t first = 0;
  for (const trace::Born& born : batch.born) {
    places.push_back(first);
    first += attributes_[born.role].size();
  }
  return places;
}

std::uint64_t Facts::attributes_hash(const trace::Born& born,
                                     std::span<const double> values) const {
  const auto& attributes = record_.schema().roles[born.role].attributes;
  std::uint64_t sum = 0;  // in any order
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto& categories = attributes[i].categories;
    const bool named =
        !categories.empty() && values[i] >= 0 && values[i] < static_cast<double>(categories.size());
    const std::uint64_t value = named ? hash_of(categories[static_cast<std::size_t>(values[i])])
                                      : std::bit_cast<std::uint64_t>(values[i]);
    sum += hash_all(attributes_[born.role][i], value);
  }
  return sum;
}

std::vector<Fact> Facts::of(const trace::Batch& batch, FactTable table) const {
  std::vector<Fact> facts;
  const auto each = [&](const auto& rows, const auto& fact_of) {
    facts.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Fact fact = fact_of(rows[i]);
      fact.at = rows[i].at;
      fact.row = static_cast<std::uint32_t>(i);
      facts.push_back(fact);
    }
  };
  switch (table) {
    case FactTable::born: {
      const auto places = attribute_places(batch);
      each(batch.born, [&](const trace::Born& row) {
        const std::span values =
            std::span(batch.attributes)
                .subspan(places[static_cast<std::size_t>(&row - batch.born.data())],
                         attributes_[row.role].size());
        return Fact{.who = row.entity,
                    .content = hash_all(row.parent, row.ordinal, attributes_hash(row, values)),
                    .what = at(roles_, row.role)};
      });
      break;
    }
    case FactTable::marks:
      each(batch.marks, [&](const trace::MarkSet& row) {
        return Fact{.who = row.entity, .content = row.is_void, .what = at(marks_, row.mark)};
      });
      break;
    case FactTable::steps:
      each(batch.steps, [&](const trace::StepDone& row) {
        return Fact{
            .who = row.entity,
            .content = hash_all(bits(row.ready), bits(row.start), at(resources_, row.resource)),
            .what = at(steps_, row.step)};
      });
      break;
    case FactTable::ended:
      each(batch.ended, [&](const trace::Ended& row) {
        std::uint64_t hash = hash_all(bits(row.end), bits(row.created));
        for (const std::int64_t ms : row.ticks_by_cause) hash = hash_all(hash, ms);
        return Fact{.who = row.entity, .content = hash, .what = at(roles_, row.role)};
      });
      break;
    case FactTable::paths:
      each(batch.paths, [&](const trace::PathPart& row) {
        return Fact{.who = row.entity,
                    .content = hash_all(bits(row.begin), bits(row.end), row.owner, row.holder,
                                        at(resources_, row.resource), row.cause),
                    .what = at(steps_, row.step)};
      });
      break;
    case FactTable::moves:
      each(batch.moves, [&](const trace::Moved& row) {
        return Fact{.who = row.entity,
                    .content = hash_all(bits(row.begin), bits(row.end)),
                    .what = at(routes_, row.route)};
      });
      break;
    case FactTable::levels:
      each(batch.levels, [&](const trace::Level& row) {
        return Fact{.content = hash_all(row.span.count(), row.busy, row.queued, row.capacity,
                                        row.waited, row.started, row.queue_max, row.queue_now,
                                        row.busy_now, row.capacity_now),
                    .what = at(resources_, row.resource)};
      });
      break;
    case FactTable::ledger:
      each(batch.ledger, [&](const trace::Booked& row) {
        return Fact{
            .who = row.entity, .content = hash_all(row.amount.count), .what = at(items_, row.item)};
      });
      break;
  }
  std::ranges::sort(facts, {}, [](const Fact& fact) {
    return std::tuple(fact.at, fact.who, fact.what, fact.content);
  });
  return facts;
}

std::string Facts::resource(std::uint16_t code) const {
  const auto& resources = record_.schema().resources;
  return code < resources.size() ? resources[code].name : std::string("no resource");
}

std::string Facts::step(std::uint16_t code) const {
  const auto& steps = record_.schema().steps;
  return code < steps.size() ? steps[code] : std::string("word");
}

std::string Facts::say_born(const trace::Batch& batch, std::uint32_t row) const {
  const trace::Born& born = batch.born[row];
  const auto& attributes = record_.schema().roles[born.role].attributes;
  const std::size_t first = attribute_places(batch)[row];
  std::string text = fmt::format("created {}", to_text(born.at));
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    const double value = batch.attributes[first + i];
    const auto& categories = attributes[i].categories;
    const bool named = value >= 0 && value < static_cast<double>(categories.size());
    text += fmt::format(", {} {}", attributes[i].name,
                        named ? categories[static_cast<std::size_t>(value)]
                              : fmt::format("{} {}", value, attributes[i].unit));
  }
  return text;
}

std::string Facts::say(const trace::Batch& batch, FactTable table, std::uint32_t index) const {
  const trace::Schema& schema = record_.schema();
  const Directory& directory = record_.directory();
  switch (table) {
    case FactTable::born:
      return say_born(batch, index);
    case FactTable::marks: {
      const trace::MarkSet& row = batch.marks[index];
      return fmt::format("mark {} {} {}", schema.marks[row.mark],
                         row.is_void != 0 ? "is void at" : "set", to_text(row.at));
    }
    case FactTable::steps: {
      const trace::StepDone& row = batch.steps[index];
      return fmt::format("step {} ready {}, begun {}, ended {}, with {}", step(row.step),
                         to_text(row.ready), to_text(row.start), to_text(row.at),
                         resource(row.resource));
    }
    case FactTable::ended: {
      const trace::Ended& row = batch.ended[index];
      return fmt::format("done {} after {}: {}", to_text(row.end), to_text(row.end - row.created),
                         causes_text(row));
    }
    case FactTable::paths: {
      const trace::PathPart& row = batch.paths[index];
      return fmt::format("path from {} to {}: {}, {} of {}, {}, holder {}", to_text(row.begin),
                         to_text(row.end), name_of(row.cause), step(row.step),
                         directory.spell(row.owner), resource(row.resource),
                         directory.spell(row.holder));
    }
    case FactTable::moves: {
      const trace::Moved& row = batch.moves[index];
      return fmt::format("moves on {} from {} to {}", schema.routes[row.route].name,
                         to_text(row.begin), to_text(row.end));
    }
    case FactTable::levels: {
      const trace::Level& row = batch.levels[index];
      return fmt::format(
          "{} in the {} to {}: {} waits ended after {} in all, queue at most {}, at the end {} "
          "queued and {} of {} in use",
          resource(row.resource), to_text(row.span), to_text(row.at), row.started,
          to_text(Duration{row.waited}), row.queue_max, row.queue_now, row.busy_now,
          row.capacity_now);
    }
    case FactTable::ledger: {
      const trace::Booked& row = batch.ledger[index];
      const trace::LedgerItem& item = schema.items[row.item];
      const auto unit = find_unit(item.unit).value_or(Unit{});
      return fmt::format(
          "{} {} booked as {} at {}",
          static_cast<double>(row.amount.count) / (unit.factor * ledger_parts(unit.dimension)),
          item.unit == "1" ? "events" : item.unit, item.name, to_text(row.at));
    }
  }
  return {};
}

}  // namespace portflow::analysis

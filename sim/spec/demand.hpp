/// \file demand.hpp
/// Who comes, when, with which attributes, and what they contain.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/meaning.hpp"
#include "spec/calendar.hpp"
#include "spec/value.hpp"

namespace portflow::spec {

/// A birth attribute, drawn once by keyed draws and never changed:
/// `{choice: {aeo: 25 %, ordinary: 75 %}}`, `{chance: 3 %}`, `{is: busan}`,
/// `{number: {lognormal: [20, 0.5]}, unit: CNY/h}`; shares and numbers may go `by` an
/// attribute of the entity or of its ancestors: `{choice: {aeo: {by: flow, ...}, ...}}`.
struct Attribute {
  std::string name;
  enum class Kind : std::uint8_t { choice, chance, number } kind{Kind::chance};
  std::vector<std::pair<std::string, Amount>>
      options;                            ///< choice: category -> weight, in name order
  Amount chance;                          ///< chance: of being true
  Takes number;                           ///< number: its distribution (base unit)
  Dimension dimension{Dimension::plain};  ///< number: what `unit` measures
  std::string unit;                       ///< number: as written
  Place place;
};

/// What is read under the attribute's name.
[[nodiscard]] Meaning meaning_of(const Attribute& attribute);

/// When a source creates entities.
struct Arrivals {
  enum class Kind : std::uint8_t { every, timetable } kind{Kind::every};
  std::optional<Takes> every;  ///< gaps between arrivals: a renewal stream
  /// timetable: time of day per weekday (Monday first), each with its own number
  std::vector<std::pair<int, Duration>> times;  ///< (weekday 0..6, time of day), sorted
  std::optional<Takes> late;                    ///< added to each timetabled instant, >= 0
  std::size_t each_year{0};         ///< timetable: so many of a calendar year's slots; 0: all
  std::optional<SimTime> from, to;  ///< active period; default: the whole run
};

/// Entities of one kind as born by a source or within a group.
struct Role {
  std::string name;     ///< source name, or key in `contains`
  std::string creates;  ///< type: ship, lot, box, passenger, train, flight, ...
  std::string procedure;
  std::string flow;  ///< import, export, transit, domestic, passengers, bulk; inherited
  std::string mode;  ///< drawn as: ship, truck, train, aircraft; empty: not drawn
  Takes count;       ///< members: how many in each group (rounded to whole numbers)
  std::vector<Attribute> attributes;  ///< in dependency order
  std::vector<Role> contains;         ///< in name order
  Place place;
};

struct Source {
  Role role;
  std::string at;  ///< facility whose process it lives in; default: first `at` of its procedure
  Arrivals arrivals;
  Duration announced{};  ///< created this long before it is due
  Amount extra;  ///< growth: a further stream of this share of the arrivals, with ids of its own
};

}  // namespace portflow::spec

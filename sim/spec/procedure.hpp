/// \file procedure.hpp
/// A procedure as written: a graph of steps. The meaning is in docs/reference/language.md.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/condition.hpp"
#include "core/error.hpp"
#include "spec/ledger.hpp"
#include "spec/value.hpp"

namespace portflow::spec {

/// `needs: counter`, `{tug: 2}`, `{slot: teu}`, `{any_of: [a, b]}`; a list needs all at once.
struct Need {
  std::vector<std::string> any_of;  ///< resources of the step's facility; the first free one serves
  Amount amount{1};
  friend bool operator==(const Need&, const Need&) = default;
};

/// `holds: {slot: until pick_up}`, `{slot: {until: pick_up, amount: teu}}`: acquired with the
/// step's needs, kept until the named step of the same procedure ends (or `until start of X`).
struct Hold {
  std::string resource;
  Amount amount{1};
  std::string until;
  bool at_start{false};
  friend bool operator==(const Hold&, const Hold&) = default;
};

/// `awaits: lot.released`, `all(boxes).landed`, `ship.due - 3 d`, `self.due`.
struct Await {
  enum class Kind : std::uint8_t { mark, all, time } kind{Kind::mark};
  std::string subject;  ///< `self`, a type among the ancestors, or for `all` a member role
  std::string mark;     ///< mark name; for time: `due` or `created`
  Duration shift{};     ///< added to the time
  friend bool operator==(const Await&, const Await&) = default;
};

/// `batch: {size: 50, at_most: 2 h, or_at: train.due - 1 h}`: entities start the step together.
struct Batch {
  double size{1};
  Duration at_most{};  ///< it leaves unfilled after its first member waited so long; 0: never
  std::optional<Await> or_at;  ///< or at the earliest of these times of its members
  friend bool operator==(const Batch&, const Batch&) = default;
};

/// `moves: {to: rail_centre, by: [road]}`.
struct Move {
  std::string from;            ///< facility or place; default: the previous step's facility
  std::string from_attribute;  ///< `from: {attribute: origin}`
  std::string to;              ///< facility or place
  std::string to_attribute;
  std::vector<std::string> by;   ///< modes allowed: sea, road, rail, air
  bool arrives_when_due{false};  ///< `arrives: due`: departs so as to arrive at self.due
  bool leaves{false};            ///< leaves the modelled world: the step ends at departure
  friend bool operator==(const Move&, const Move&) = default;
};

/// `slowed_by: {slot: {70 %: 1.2, 90 %: 1.6}}`: `takes` lasts longer where that resource of the
/// same facility is so full as the service begins: boxes are shifted in a full yard.
struct SlowedBy {
  std::string resource;
  std::vector<std::pair<double, double>> factors;  ///< from which share held on; ascending
  friend bool operator==(const SlowedBy&, const SlowedBy&) = default;
};

/// `repeat: {while: {chance: 30 %}, at_most: 5}`: performed again while this holds.
struct Repeat {
  When again;
  Amount at_most;  ///< performances in all
  friend bool operator==(const Repeat&, const Repeat&) = default;
};

/// Sends the live token down one of several following steps.
struct Choose {
  enum class Kind : std::uint8_t { attribute, chance, least_cost, logit } kind{Kind::attribute};
  std::string by;                                          ///< attribute
  std::vector<std::pair<std::string, std::string>> cases;  ///< attribute value -> step
  std::vector<std::pair<std::string, Amount>> shares;      ///< step -> share
  std::vector<std::string> options;                        ///< least cost, logit: steps
  Amount value_of_time;                                    ///< least cost, logit: fen per hour
  Amount scale;                                            ///< logit: fen
  std::vector<std::pair<std::string, Amount>> besides;     ///< option -> fen beyond its journeys
  friend bool operator==(const Choose&, const Choose&) = default;
};

/// `adjusts: [{on: parameters.failure, scale: 99.5 %, at_least: 90 %}]` or
/// `[{on: facilities.sites.resources.bay, add: 1, at_most: 21}]`: at the step's end, from the
/// next midnight on that word of it can reach.
struct Adjust {
  std::string parameter;           ///< one or the other: a parameter ...
  std::string facility, resource;  ///< ... or a resource
  double scale{1};                 ///< parameters: the value is multiplied by it each time
  double add{0};                   ///< resources: units more, each time
  std::optional<double> at_least;  ///< parameters: share of the value as written; resources: units
  std::optional<double> at_most;
  Place place;
  friend bool operator==(const Adjust& a, const Adjust& b) {
    return a.parameter == b.parameter && a.facility == b.facility && a.resource == b.resource &&
           a.scale == b.scale && a.add == b.add && a.at_least == b.at_least &&
           a.at_most == b.at_most;
  }
};

struct Step {
  std::string name;
  Place place;
  std::string at;                  ///< facility; empty: where the first step of `after` runs
  std::vector<std::string> after;  ///< own steps; empty: at creation
  bool after_any{false};           ///< `after: {any: [a, b]}`
  When when;
  std::vector<Await> awaits;
  std::vector<Need> needs;
  std::vector<Hold> holds;
  Amount priority;              ///< higher goes first where the discipline is priority
  std::optional<Takes> takes;   ///< default: no time
  bool in_working_days{false};  ///< `takes` passes on the opening days of its resource's calendar
  std::string does;             ///< a verb of the facility's kind
  std::optional<Move> moves;
  std::optional<Choose> choose;
  std::string marks;        ///< mark set at its end
  std::string marks_start;  ///< `marks: {start: called, end: admitted}`
  std::optional<Batch> batch;
  std::optional<Repeat> repeat;
  std::optional<SlowedBy> slowed_by;
  std::optional<Takes> patience;  ///< who has waited so long for `needs` gives up ...
  std::string renege;             ///< ... and goes on with this step instead of all others
  std::vector<Line> books;        ///< of every ledger, booked at its end
  std::vector<Adjust> adjusts;
  std::vector<std::string>
      creates;  ///< members that are born as it ends, instead of with their group
  friend bool operator==(const Step& a, const Step& b);
};

struct Procedure {
  std::string name;
  std::string for_type;
  std::vector<Step> steps;  ///< in the order of the file, which carries no meaning
  Place place;

  [[nodiscard]] const Step* find(std::string_view step) const noexcept;
  /// The place of one of its own steps in `steps`.
  [[nodiscard]] std::size_t index(const Step& step) const noexcept {
    return static_cast<std::size_t>(&step - steps.data());
  }
  friend bool operator==(const Procedure& a, const Procedure& b) {
    return a.name == b.name && a.for_type == b.for_type && a.steps == b.steps;
  }
};

}  // namespace portflow::spec

/// \file spot.hpp
/// Where a reader stands in the tree, and what it leaves behind: errors and mentions.
///
/// Binding first types every field on its own, and only then looks names up, so that one
/// wrong line gives one error. A name met on the way is noted as a Mention with its place.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/time.hpp"
#include "core/unit.hpp"
#include "spec/node.hpp"

namespace portflow::spec {

/// Whose attributes an expression reads.
struct Scope {
  enum class Kind : std::uint8_t {
    none,     ///< no entity: attributes cannot be read
    role,     ///< an entity of a role, at birth
    members,  ///< the group whose members are counted
    step,     ///< every entity that follows a procedure, at one of its steps
    kpi,      ///< every entity of a type
  };
  Kind kind{Kind::none};
  std::string owner;  ///< path of the role (`demand.liners.contains.lots`), procedure or KPI
  std::string step;   ///< steps: its name
  std::string type;   ///< KPIs: the entity type
};

/// A name that must be declared elsewhere.
struct Mention {
  enum class What : std::uint8_t {
    facility,
    timetable,  ///< a source of `demand` that comes by a timetable
    location,   ///< facility or place of the network
    calendar,
    procedure,
    reference,  ///< key of the bibliography
    type,       ///< of entities
    resource,   ///< of the facility at which the step runs
    step,       ///< of the same procedure
    until,      ///< a step of the same procedure that comes later
    await,      ///< cases: mark, and `mark`, `all` or `time`
    members,    ///< key in `contains` of all who follow the procedure
    item,       ///< of a ledger: some step books it; cases: the ledger
    party,      ///< who pays or is paid, or bears a risk, at some step; cases: the ledger
    ledger,     ///< all of it: it measures one thing; cases: the ledger
    mark,       ///< of the KPI's type; cases: further words allowed
    category,   ///< an attribute that tells cases apart
    place,      ///< an attribute whose categories are facilities or places
    number,     ///< an attribute that is a number of the dimension `expected`
    units,      ///< an attribute that numbers the units of the resources in `cases`
    unit,       ///< written beside a number of units of the resources in `cases`
    adjusted,   ///< a resource of any facility: cases: its name
    condition,
    earlier,  ///< a mark that a step before this one sets
  };
  What what{What::facility};
  std::string name;                ///< for conditions: their text
  std::vector<std::string> cases;  ///< category: the cases that are told apart; unit(s): resources
  Place place;
  std::string path;
  std::size_t scope{0};                 ///< index into Notes::scopes
  std::optional<Dimension> expected{};  ///< number, item, ledger: what it measures; empty: anything
};

/// What binding collects.
struct Notes {
  Errors errors;
  std::vector<Mention> mentions;
  std::vector<Scope> scopes{Scope{}};
  std::optional<SimTime> ramp_start;    ///< of ramps that name no start
  std::vector<std::string> parameters;  ///< their names
};

/// A path in the tree, with the notes that errors go to. Cheap enough for load time.
class Spot {
 public:
  explicit Spot(Notes& notes, std::string path = {}) : notes_{&notes}, path_{std::move(path)} {}

  /// The value under `key`, or item `index` of a list (from 0).
  [[nodiscard]] Spot operator/(std::string_view key) const;
  [[nodiscard]] Spot item(std::size_t index) const;
  /// The same spot, where attributes of `scope` may be read.
  [[nodiscard]] Spot in(Scope scope) const;

  void complain(const Place& place, std::string message) const;
  void mention(Mention::What what, std::string name, const Place& place,
               std::vector<std::string> cases = {},
               std::optional<Dimension> expected = std::nullopt) const;
  /// Mentions an attribute that must be a number, of `expected` where that is given.
  void mention_number(std::string name, const Place& place,
                      std::optional<Dimension> expected) const;

  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  [[nodiscard]] const Scope& scope() const { return notes_->scopes[scope_]; }
  [[nodiscard]] bool reads_attributes() const { return scope().kind != Scope::Kind::none; }
  [[nodiscard]] Notes& notes() const noexcept { return *notes_; }

 private:
  Notes* notes_;
  std::string path_;
  std::size_t scope_{0};
};

/// `, did you mean `x`?` or nothing.
[[nodiscard]] std::string did_you_mean(std::string_view word,
                                       const std::vector<std::string>& known);

/// Whether `text` can name a thing: letters of any language, digits, `_` and `-`, no digit first.
[[nodiscard]] bool is_name(std::string_view text);
/// Names joined by dots: `lot.credit`.
[[nodiscard]] bool is_dotted_name(std::string_view text);

}  // namespace portflow::spec

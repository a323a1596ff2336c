/// \file graph.hpp
/// Procedures compiled for running: names became indexes, attributes became slots.
///
/// One Graph per role (entities as born by one source), epoch (between changes of parameters), set
/// of adopted measures that edit it, and layout: which member of each split facility is meant. That
/// attributes fix at birth, so every step has one process and lookahead is known. An entity follows
/// the graph of its birth; numbers of a step are those of the epoch in which it starts. A Model
/// holds all of it, immutable, and is shared by every process and replication.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/assert.hpp"
#include "core/condition.hpp"
#include "core/distribution.hpp"
#include "core/hash.hpp"
#include "core/random.hpp"
#include "core/time.hpp"
#include "core/unit.hpp"
#include "flow/entity.hpp"
#include "network/network.hpp"
#include "procedure/learning.hpp"
#include "procedure/source_info.hpp"
#include "spec/scenario.hpp"
#include "trace/schema.hpp"

namespace portflow::procedure {

using StepIndex = std::uint16_t;
inline constexpr std::uint16_t none = 0xffff;

/// Where an attribute is found: `levels` groups up, at `index`.
struct AttributeSlot {
  std::uint16_t levels{0};
  std::uint16_t index{none};
  [[nodiscard]] bool valid() const noexcept { return index != none; }
};

/// A number that may ramp, or go by or come from an attribute, or go by a condition, and that a
/// parameter may multiply which steps adjust.
struct Number {
  double value{0};
  std::uint16_t learns{none};  ///< index into Model::learned
  std::optional<spec::Ramp> ramp;
  AttributeSlot attribute;  ///< read this attribute instead
  AttributeSlot by;         ///< or choose by this one, whose code indexes `cases`
  std::vector<Number> cases;
  Condition when;             ///< or by this ...
  std::vector<Number> sides;  ///< ... the first where it holds, else the second
  [[nodiscard]] double of(flow::Entity& entity, SimTime now, const Learning& learning) const {
    const bool fixed =
        !by.valid() && !attribute.valid() && !ramp && sides.empty() && learns == none;
    return fixed ? value : varying(entity, now, learning);
  }

 private:
  [[nodiscard]] double varying(flow::Entity& entity, SimTime now, const Learning& learning) const;
};

/// A distribution that may go by an attribute or a condition.
struct Draw {
  Distribution distribution;
  AttributeSlot by;
  std::vector<Draw> cases;
  Condition when;
  std::vector<Draw> sides;
  [[nodiscard]] const Distribution& of(flow::Entity& entity) const {
    return by.valid() || !sides.empty() ? chosen(entity) : distribution;
  }
  [[nodiscard]] double least() const;

 private:
  [[nodiscard]] const Distribution& chosen(flow::Entity& entity) const;
};

/// Tests a condition against an entity. Slots of the condition: attributes as
/// levels * 4096 + index, own marks from `mark_slots` on.
inline constexpr std::int32_t level_stride = 4096;
inline constexpr std::int32_t mark_slots = 1 << 20;
inline constexpr std::int32_t constant_slot = 1 << 24;  ///< `flow`, `role`: plus the code
[[nodiscard]] bool holds(const Condition& condition, flow::Entity& entity);

struct Chance {
  Condition condition;
  bool impossible{false};
  bool has_chance{false};
  Number chance;
  Point point{};
  [[nodiscard]] bool certain() const noexcept {
    return !impossible && !has_chance && condition.always();
  }
};

struct Await {
  spec::Await::Kind kind{spec::Await::Kind::mark};
  std::uint16_t levels{0};   ///< whose knowledge or time: this many groups up
  std::uint16_t known{0};    ///< slot of the awaited entity
  std::uint16_t mark{none};  ///< the awaited mark, of that entity or of its members
  bool due{false};           ///< for times: due, else created
  Duration shift{};
};

struct Need {
  std::vector<std::uint16_t> any_of;  ///< local resource indexes of the step's process
  Number amount;
  std::uint16_t hold{none};  ///< hold slot: kept beyond the step
};

/// Where a hold ends: the process that has the resource, and which.
struct HoldSlot {
  std::uint16_t site{none};
  std::uint16_t resource{none};  ///< local index there
  std::uint16_t place{none};     ///< facility of the step that took it
};

struct Travel {
  network::Journey journey;
  std::uint16_t route{none};  ///< code of its line on the map
  bool reachable{false};
};

struct Move {
  AttributeSlot from, to;       ///< where the ends go by an attribute
  std::vector<Travel> travels;  ///< [from code * to codes + to code]
  std::uint16_t to_codes{1};
  bool arrives_when_due{false};
  bool leaves{false};
  std::uint16_t end_site{0};      ///< process where it ends
  std::uint16_t end_place{none};  ///< and facility
  Point point{};
  [[nodiscard]] const Travel& of(flow::Entity& entity) const;
};

struct Choose {
  spec::Choose::Kind kind{spec::Choose::Kind::attribute};
  AttributeSlot by;
  std::vector<StepIndex> branch;  ///< attribute: code -> step; else options
  std::vector<Number> shares;
  std::vector<Point> points;                  ///< one keyed score per option
  std::vector<std::vector<StepIndex>> moves;  ///< least cost: moves met along each option
  Number value_of_time, scale;                ///< fen per hour; logit: fen
  std::vector<Number> besides;                ///< least cost, logit: fen beyond these moves
};

/// A service lasts longer where so great a share of a resource is held as it begins.
struct Slowdown {
  std::uint16_t resource{none};
  std::vector<std::pair<double, double>> factors;  ///< share, factor; ascending
};

/// The step is performed again while `again` happens, `at_most` so often in all.
struct Repeat {
  Chance again;
  Number at_most;
};

struct Line {
  std::uint16_t item{0};
  Dimension measures{Dimension::money};
  Number amount;
  std::optional<Number> of;   ///< the attribute that the amount is a share of
  std::uint16_t since{none};  ///< the amount is for each `per` since this mark of the entity
  Duration per{};
  Chance when;
};

/// What a step does to a parameter or a resource each time it ends.
struct Adjust {
  std::uint16_t learned{none};   ///< index into Model::learned, and there ...
  std::uint16_t lesson{0};       ///< ... which of its factors
  std::uint16_t site{0};         ///< or the process of a resource ...
  std::uint16_t resource{none};  ///< ... its local index there
  Units units;                   ///< ... and what it gains
  Duration notice{};             ///< counts from the first midnight later than this
};

/// To whom a mark is told: the knowledge slot of `levels` groups up, in process `site`.
struct Telling {
  std::uint16_t site{0};
  std::uint16_t levels{0};
  std::uint16_t known{0};
  std::uint16_t place{0};  ///< facility where it is awaited, for the hand-over
  Point point{};
};

/// A hand-over to another process, by epoch.
struct HandOver {
  struct Dated {
    Draw takes;
    Duration least{};  ///< of `takes`; what word of a dead branch takes
    bool is_message{true};
  };
  std::vector<Dated> by_epoch;
};

struct Step {
  std::string name;
  std::uint16_t code{0};         ///< in Schema::steps
  std::uint16_t site{0};         ///< the process it runs in
  std::uint16_t facility{none};  ///< local index in that process
  std::uint16_t place{none};     ///< global facility code, for hand-overs
  std::uint16_t predecessors{0};
  std::uint16_t join{none};  ///< join slot, where there is more than one predecessor
  bool any{false};
  std::vector<StepIndex> successors;
  Chance when;
  std::vector<Await> awaits;
  std::vector<Need> needs;
  Number priority;
  bool timed{false};
  Draw takes;
  const spec::Calendar* working{nullptr};  ///< `takes` counts its opening days; null: all time
  Point takes_point{};
  Point hand_over_point{};
  std::uint64_t name_hash{0};  ///< of `procedure.step`, for fingerprints
  std::uint16_t verb{none};    ///< index into the kind's verbs
  std::optional<Move> move;
  std::optional<Choose> choose;
  std::optional<Repeat> repeat;
  std::optional<Slowdown> slowed;  ///< `takes` by how full a resource is
  std::optional<Draw> patience;    ///< who has waited so long for what it needs goes to `renege`
  Point patience_point{};
  StepIndex renege{none};  ///< meets a live token then, and only then; all other steps a dead one
  std::uint16_t mark_start{none}, mark_end{none};                 ///< local mark indexes
  std::vector<std::uint16_t> releases_at_start, releases_at_end;  ///< hold slots
  std::vector<Line> books;
  std::vector<Adjust> adjusts;
  std::vector<std::uint16_t> creates;  ///< roles of the members that are born as it ends ...
  std::vector<Telling> unborn;         ///< ... and who is told if none of them ever is
  std::uint16_t batch{none};           ///< index of the process's batch
  double batch_size{0};
  Duration batch_at_most{};
  std::optional<Await> batch_or_at;

  /// Whether tokens end here because another came first.
  [[nodiscard]] bool absorbs() const noexcept { return any && predecessors > 1; }
  /// Facility where it ends, which is elsewhere for a move.
  [[nodiscard]] std::uint16_t end_place() const noexcept { return move ? move->end_place : place; }
};

struct Graph {
  std::uint16_t layout{0};
  std::vector<Step> steps;
  std::vector<StepIndex> roots, terminals;
  std::uint16_t endings{0};         ///< tokens that end: at terminal steps, or absorbed by `any`
  std::uint16_t ended_join{none};   ///< join slot that waits for all of them, if more than one
  std::uint16_t ended_site{0};      ///< where it is
  std::uint16_t ended_place{none};  ///< a facility there
  std::vector<HoldSlot> holds;
  /// numbers[epoch][step]: the same step as it stands in another epoch.
  std::vector<std::vector<const Step*>> numbers;
};

struct AttributeDraw {
  spec::Attribute::Kind kind{spec::Attribute::Kind::chance};
  std::vector<Number> weights;  ///< choice: by category
  std::vector<Point> points;    ///< choice: one keyed score a category; else one point
  Number chance;
  Draw number;
  Dimension dimension{Dimension::plain};  ///< of the number
};

/// A mark of a role, and who awaits it, by layout.
struct MarkInfo {
  std::uint16_t code{0};                       ///< in Schema::marks
  std::vector<std::vector<Telling>> tellings;  ///< by layout
};

/// An attribute that facilities are split by, as a role sees it.
struct Axis {
  std::uint16_t owner{0};  ///< role that has the attribute: this one or a group of it
  AttributeSlot slot;
  std::uint16_t categories{1};
};

struct Role {
  std::string name;        ///< `liners/lots/boxes`
  std::string short_name;  ///< `boxes`
  std::string type;
  std::uint16_t code{0};
  std::uint16_t parent{none};
  std::uint16_t depth{0};
  std::uint16_t home{0};           ///< process where its entities are born
  std::uint16_t home_place{none};  ///< and facility
  bool later{false};               ///< born by a step of its group, not with it
  bool heard_at_birth{false};      ///< another process may have to be told of a birth at once
  std::uint16_t flow_code{0};
  std::uint64_t name_hash{0};
  flow::Slots slots;
  std::vector<MarkInfo> marks;
  std::vector<Point> adoption;  ///< one draw per adoption rule
  /// By epoch: the adoptions that edit its procedure; bit i of an entity's variant is rules[i].
  std::vector<std::vector<std::size_t>> rules;
  std::vector<std::uint16_t> member_roles;
  std::vector<Axis> axes;    ///< by owner, so those of a group come first
  std::uint16_t layouts{1};  ///< product of their categories
  /// By layout: slot -> member role counted, or none for 1.
  std::vector<std::vector<std::uint16_t>> initial_known;
  Point count_point{};
  std::vector<std::vector<AttributeDraw>> attributes;  ///< by epoch
  std::vector<Draw> count;                             ///< by epoch
  std::vector<std::vector<std::unique_ptr<Graph>>>
      graphs;  ///< by epoch, [variant * layouts + layout]

  /// The layout of an entity of this role. \pre its attributes are drawn.
  [[nodiscard]] std::uint16_t layout_of(flow::Entity& entity) const;
};

struct Adoption {
  std::string type;
  std::vector<std::optional<Condition>> where;  ///< by role, bound; empty where not concerned
  Number share;
  SimTime from{}, to{never};
};

/// A channel between processes: what it costs at least, and the hand-overs on it.
struct ChannelInfo {
  std::uint16_t from{0}, to{0};
  Duration least{never.time_since_epoch()};
};

struct FacilityInfo {
  std::string name;
  std::uint16_t code{0};
  std::vector<const spec::Facility*> by_epoch;
  std::string kind;
};

struct ResourceInfo {
  std::uint16_t code{0};      ///< in Schema::resources
  std::uint16_t facility{0};  ///< local index
  std::string name;
  std::vector<const spec::Resource*> by_epoch;
};

/// One process: facilities, their resources, batches.
struct SiteInfo {
  std::string name;
  std::vector<FacilityInfo> facilities;
  std::vector<ResourceInfo> resources;
  std::uint16_t batches{0};
};

struct Model {
  std::vector<SimTime> epochs;  ///< starts, ascending; [0] is before everything
  std::vector<const spec::Scenario*> scenarios;
  std::vector<SiteInfo> sites;  ///< in name order
  std::vector<Role> roles;
  std::vector<SourceInfo> sources;
  std::vector<Adoption> adoptions;
  std::vector<Learned> learned;            ///< parameters that steps adjust, in name order
  std::vector<network::Network> networks;  ///< by epoch
  std::vector<ChannelInfo> channels;
  std::vector<HandOver> hand_overs;
  std::vector<std::uint16_t> hand_over_of;  ///< [(from facility * facilities + to) * roles + role]
  [[nodiscard]] const HandOver& hand_over(std::uint16_t from, std::uint16_t to,
                                          std::uint16_t role) const {
    const std::size_t facilities = schema.facilities.size();
    const std::uint16_t slot = hand_over_of[(from * facilities + to) * roles.size() + role];
    PORTFLOW_ASSERT(slot != none, "no hand-over from " + schema.facilities[from].name + " to " +
                                      schema.facilities[to].name + " for " + roles[role].name);
    return hand_overs[slot];
  }
  Duration announced_max{};
  spec::Horizon horizon;
  trace::Schema schema;  ///< dictionaries; seed and replication are filled in per run
  std::vector<std::map<std::string, spec::Calendar>> calendars;  ///< by epoch
  /// The epoch in force at an instant.
  [[nodiscard]] std::uint16_t epoch_at(SimTime at) const noexcept {
    std::uint16_t epoch = 0;
    while (epoch + 1u < epochs.size() && epochs[epoch + 1u] <= at) ++epoch;
    return epoch;
  }
  /// The graph that follows from what a new entity is.
  [[nodiscard]] const Graph& find_graph(const flow::Entity& entity) const {
    const Role& role = roles[entity.role];
    return *role.graphs[entity.epoch][std::size_t{entity.variant} * role.layouts + entity.layout];
  }
  /// The graph of an entity. \pre find_graph() was stored with it.
  [[nodiscard]] static const Graph& graph(const flow::Entity& entity) noexcept {
    return *static_cast<const Graph*>(entity.graph);
  }
};

}  // namespace portflow::procedure

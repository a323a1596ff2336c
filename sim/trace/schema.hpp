/// \file schema.hpp
/// The dictionaries that give the codes in rows their names, and what else a reader needs
/// to understand a trace without the scenario.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/time.hpp"

namespace portflow::trace {

/// Bumped when a reader of the old layout would misread the new one.
inline constexpr int schema_version = 4;

struct Label {
  std::string zh, en;
  friend bool operator==(const Label&, const Label&) = default;
};

/// An attribute of a role; values are doubles, categories are indexes into `categories`.
struct AttributeInfo {
  std::string name;
  std::string unit;                     ///< empty for categories and flags
  std::vector<std::string> categories;  ///< empty for numbers; {"no", "yes"} for flags
  friend bool operator==(const AttributeInfo&, const AttributeInfo&) = default;
};

/// A kind of entity as born by one source: `liners`, `liners/lots`, `liners/lots/boxes`.
struct RoleInfo {
  std::string name;
  std::string type;  ///< ship, lot, box, passenger, train, ...
  std::string procedure;
  std::string flow;  ///< import, export, transit, domestic, passengers, bulk or empty
  std::string mode;  ///< how its moves are drawn: ship, truck, train, aircraft or empty
  std::vector<AttributeInfo> attributes;
  friend bool operator==(const RoleInfo&, const RoleInfo&) = default;
};

struct ResourceInfo {
  std::string name;  ///< `facility.resource`
  std::uint16_t facility{0};
  std::string unit;          ///< what a unit of it is: berth, crane, TEU, counter
  double wait_target_ms{0};  ///< a promised wait, 0 where none is
  friend bool operator==(const ResourceInfo&, const ResourceInfo&) = default;
};

struct FacilityInfo {
  std::string name;
  std::string kind;
  Label title;
  double longitude{0}, latitude{0};  ///< WGS 84 degrees
  bool placed{false};                ///< has coordinates
  std::string main_resource;         ///< whose fill and queue stand for it on the map
  friend bool operator==(const FacilityInfo&, const FacilityInfo&) = default;
};

/// A line on the map that movers follow, WGS 84.
struct RouteInfo {
  std::string name;  ///< `pilot_ground > quay`
  std::string mode;  ///< sea, road, rail, air
  std::vector<double> longitudes, latitudes;
  friend bool operator==(const RouteInfo&, const RouteInfo&) = default;
};

/// A place of the network that is no facility: another port, a city, a pilot ground.
struct PlaceInfo {
  std::string name;
  Label title;
  double longitude{0}, latitude{0};  ///< WGS 84 degrees
  friend bool operator==(const PlaceInfo&, const PlaceInfo&) = default;
};

/// What is booked under one name, and between whom.
struct LedgerItem {
  std::string name;
  std::string unit;          ///< CNY, 1 (events) or a unit of time; rows count its smallest parts
  std::string payer, payee;  ///< costs
  std::string ledger{"costs"};  ///< or `risks`
  std::string bearer{};         ///< risks
  friend bool operator==(const LedgerItem&, const LedgerItem&) = default;
};

/// The manifest and dictionaries of one run.
struct Schema {
  std::string scenario_name;
  Label scenario_title;
  std::string scenario_text;          ///< the files as read, joined, for the record
  std::vector<std::string> measures;  ///< ids that were on
  std::string engine;                 ///< version of portflow
  std::string build;                  ///< the same with a digest of the sources it was built from
  std::uint64_t seed{0};
  std::uint32_t replication{0};
  SimTime from{}, to{}, until{};  ///< observed horizon, and when the run ended
  SimTime cohort_from{};          ///< from + warm-up
  Duration follow{};              ///< how long beyond `to` the cohort was meant to be followed
  Duration level_span{};          ///< length of a Level interval
  std::string kpi_definitions;    ///< JSON, written and read by kpi
  std::string map_folder;         ///< coastlines, relative to the scenario file
  std::string fingerprint;        ///< 16 hex digits; empty until the run is done
  std::uint64_t events{0};
  std::vector<std::string> marks;
  std::vector<std::string> steps;  ///< `procedure.step`
  std::vector<RoleInfo> roles;
  std::vector<ResourceInfo> resources;
  std::vector<FacilityInfo> facilities;
  std::vector<RouteInfo> routes;
  std::vector<PlaceInfo> places;    ///< empty in traces of portflow before it wrote them
  std::vector<CivilDate> holidays;  ///< days on which offices are closed; sorted; likewise
  std::vector<LedgerItem> items;
  friend bool operator==(const Schema&, const Schema&) = default;
};

/// Spells the name of an entity from its role and ordinal: `liners-112/lots-3/boxes-481`,
/// given the spelt name of its parent (empty for none).
[[nodiscard]] std::string entity_name(const Schema& schema, std::uint16_t role,
                                      std::uint32_t ordinal, const std::string& parent);

}  // namespace portflow::trace

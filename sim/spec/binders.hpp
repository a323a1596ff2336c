/// \file binders.hpp
/// One binder a section of the scenario; each types its part of the tree into `scenario`.
#pragma once

#include "spec/fields.hpp"
#include "spec/scenario.hpp"

namespace portflow::spec {

/// Holidays by name, as calendars quote them.
using Holidays = std::map<std::string, Calendar>;

void bind_sources(Node& node, const Spot& spot, Scenario& scenario);
void bind_holidays(Node& node, const Spot& spot, Holidays& holidays);
void bind_calendars(Node& node, const Spot& spot, const Holidays& holidays, Scenario& scenario);
void bind_facilities(Node& node, const Spot& spot, Scenario& scenario);
/// A facility that is several: `{by: ship.phase, one: quay_1, two: quay_2}`.
void bind_split(Node& node, const Spot& spot, SplitFacility& split);
void bind_network(Node& node, const Spot& spot, Scenario& scenario);
void bind_demand(Node& node, const Spot& spot, Scenario& scenario);
void bind_procedures(Node& node, const Spot& spot, Scenario& scenario);
void bind_kpis(Node& node, const Spot& spot, Scenario& scenario);
void bind_published(Node& node, const Spot& spot, Scenario& scenario);

/// Types one step of a procedure; `spot` reads the attributes of that step's entities.
void bind_step(Node& node, const Spot& spot, Step& step);
/// `needs` and `holds` of a step.
void read_needs(Node& node, const Spot& spot, std::vector<Need>& out);
void read_holds(Node& node, const Spot& spot, std::vector<Hold>& out);
/// `costs` and `risks` of a step, whose map is read by `fields`.
void read_books(Fields& fields, std::vector<Line>& out);
/// `adjusts` of a step: `[{on: parameters.failure, scale: 99.5 %}]`.
void read_adjusts(Node& node, const Spot& spot, std::vector<Adjust>& out);
/// `true`, `false`, a condition, or `{chance, if, draw}`.
void read_when(Node& node, const Spot& spot, When& out);
/// `{attribute_name: {choice | chance | is | number}}`, put into dependency order.
void read_attributes(Node& node, const Spot& spot, std::vector<Attribute>& out);
/// `[longitude, latitude]`.
/// A length of time that an outage, or what lies between two, lasts: a distribution whose mean is
/// positive, under the required `key`.
void read_outage(Fields& fields, std::string_view key, Distribution& out);
void read_position(Node& node, const Spot& spot, Position& out);
/// When a source creates entities.
void read_arrivals(Node& node, const Spot& spot, Arrivals& out);

/// `08:30-17:00`, or a list of such; `22:00-06:00` runs over midnight.
void read_hours(const Node& node, const Spot& spot, std::vector<Hours>& out);
/// One interval. \returns nothing when `text` is none.
[[nodiscard]] std::optional<Hours> parse_hours(std::string_view text);
/// `08:30`; `24:00` where `midnight_too`.
[[nodiscard]] std::optional<Duration> parse_clock(std::string_view text, bool midnight_too = false);
/// `mon`, `mon-fri`, `mon,wed`, `daily`: the days meant, Monday first; empty when wrong.
[[nodiscard]] std::vector<int> parse_weekdays(std::string_view text);

}  // namespace portflow::spec

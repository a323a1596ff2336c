/// \file plan_parts.hpp
/// The parts of a port's plan: quays with ships and cranes, yards, gates, bays, tracks, halls.
///
/// A plan is a diagram, not a survey: the trace says how many units of each resource there are and
/// how many are in use, and who holds which; it says nothing of where a bay lies.
#pragma once

#include <string>
#include <vector>

#include "viz/panel.hpp"

namespace portflow::viz {

/// Resources of the schema by what they are on a plan, in the order of the schema.
struct PlanResources {
  std::vector<std::uint16_t> yards, gates, bays, tracks, halls;
};
[[nodiscard]] PlanResources plan_resources(const trace::Schema& schema);

void plan_quay(Frame& frame, Rect r);
void plan_yards(Frame& frame, Rect r, const std::vector<std::uint16_t>& yards);
/// Lanes as boxes with the trucks that wait before them.
void plan_gates(Frame& frame, Rect r, const std::vector<std::uint16_t>& lanes);
void plan_bays(Frame& frame, Rect r, const std::vector<std::uint16_t>& bays);
void plan_tracks(Frame& frame, Rect r, const std::vector<std::uint16_t>& tracks);
void plan_halls(Frame& frame, Rect r, const std::vector<std::uint16_t>& counters);

/// A heading with its state at the right; returns the room below it.
Rect plan_section(Frame& frame, Rect r, const std::string& title, const std::string& state,
                  bool breach);

/// `queue 42 · 12 min`; empty where nobody waits.
[[nodiscard]] std::string queue_text(const Frame& frame, const ResourceState& state);

/// The spelt name of somebody, or nothing while names are read.
[[nodiscard]] std::string name_of(const Frame& frame, trace::EntityId entity);

/// The last part of a name: `boxes-2` of `mainline-112/import_lots-3/boxes-2`.
[[nodiscard]] std::string short_name(const std::string& name);

/// Makes `r` open the card of `entity`; draws a rim while the mouse is over it.
void plan_pick(Frame& frame, Rect r, trace::EntityId entity);

}  // namespace portflow::viz

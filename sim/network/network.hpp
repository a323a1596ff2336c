/// \file network.hpp
/// The transport network as a graph: which way from here to there, how long, for how much.
///
/// Nodes are facilities and places, edges are links of one mode. A route is the cheapest path
/// over the allowed modes by generalised cost: money plus time (with expected waits for
/// departures) at the value of time given. Who chooses between journeys knows the timetables
/// (Journey::departures); which way a journey takes is fixed by their mean waits. Boost.Graph
/// searches; ties go to fewer links and then, from the end backwards, to the link that stands first
/// in the scenario, so a route depends on the scenario alone, and not on links that have nothing to
/// do with it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "network/timetable.hpp"
#include "spec/network.hpp"
#include "spec/scenario.hpp"

namespace portflow::network {

/// One link of a journey and the direction in which it is used.
struct Hop {
  std::uint32_t link{0};  ///< index into spec::Network::links
  bool reversed{false};
};

/// A departure that a journey waits for.
struct Departure {
  double after{0};    ///< ms from the beginning of the journey, at spread 1
  double cut_off{0};  ///< ms, one has to be there so long before
  std::shared_ptr<const Timetable> timetable;
};

/// A way from one node to another.
struct Journey {
  std::vector<Hop> hops;
  double time{0};   ///< ms under way at spread 1
  double least{0};  ///< ms, the least that any draw can give
  double wait{0};   ///< ms, expected waits at links that name one; for choices only
  std::vector<Departure> departures;  ///< and what leaves by a timetable
  double cost{0};                     ///< fen
  bool priced{false};                 ///< whether a link of it has a cost
  std::string unpriced;  ///< `a to b`, a link of it whose cost nobody wrote; else empty
  std::string mode;      ///< of its longest hop

  /// From `start` to its end at spread 1, waits for departures among it: ms. For choices only.
  [[nodiscard]] double lasting(SimTime start) const;
};

class Network {
 public:
  explicit Network(const spec::Scenario& scenario);
  ~Network();
  Network(Network&&) noexcept;
  Network& operator=(Network&&) noexcept;

  /// The best journey, empty when there is none.
  /// \param modes  allowed modes; empty: all
  /// \param value_of_time  fen per hour
  [[nodiscard]] std::optional<Journey> route(const std::string& from, const std::string& to,
                                             const std::vector<std::string>& modes,
                                             double value_of_time) const;

  /// How long a journey takes at quantile `u`, the same for all its hops: ms.
  [[nodiscard]] double travel_time(const Journey& journey, double u) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace portflow::network

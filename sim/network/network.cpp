#include "network/network.hpp"

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dijkstra_shortest_paths_no_color_map.hpp>
#include <boost/graph/filtered_graph.hpp>
#include <cmath>
#include <limits>

#include "core/assert.hpp"

namespace portflow::network {
namespace {

struct Edge {
  std::uint32_t link{0};
  bool reversed{false};
  double weight{0};
};
using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS,
                                    boost::no_property, Edge>;
using EdgeId = boost::graph_traits<Graph>::edge_descriptor;
constexpr double ms_per_hour = 3.6e6;

double base_time(const spec::Link& link) {
  if (link.time > 0) return link.time;
  return link.speed > 0 ? link.distance / link.speed * ms_per_hour : 0;
}

}  // namespace

double Journey::lasting(SimTime start) const {
  double waited = 0;
  for (const Departure& one : departures) {
    waited += one.cut_off;
    const SimTime ready = start + Duration{std::llround(one.after + waited)};
    waited += static_cast<double>(one.timetable->until_next(ready).count());
  }
  return time + wait + waited;
}

struct Network::Impl {
  std::vector<spec::Link> links;
  /// By source of `demand`: those that a link names.
  std::map<std::string, std::shared_ptr<const Timetable>> timetables;

  /// What leaves along a link for `goal`; null where nothing does by a timetable.
  [[nodiscard]] std::shared_ptr<const Timetable> leaving(const spec::Link& link,
                                                         const std::string& goal) const {
    const auto found = std::ranges::find(link.departures, goal, &spec::Departures::goal);
    return found == link.departures.end() ? nullptr : timetables.at(found->source);
  }
  [[nodiscard]] double mean_wait(const spec::Link& link, const std::string& goal) const {
    const auto timetable = leaving(link, goal);
    return timetable ? link.cut_off + static_cast<double>(timetable->mean().count()) : link.wait;
  }
  std::map<std::string, std::size_t> nodes;
  Graph graph;
};

Network::Network(const spec::Scenario& scenario) : impl_(std::make_unique<Impl>()) {
  impl_->links = scenario.network.links;
  const auto node = [&](const std::string& name) {
    return impl_->nodes.try_emplace(name, impl_->nodes.size()).first->second;
  };
  for (std::uint32_t i = 0; i < impl_->links.size(); ++i) {
    const spec::Link& link = impl_->links[i];
    const std::size_t from = node(link.from);
    const std::size_t to = node(link.to);
    boost::add_edge(from, to, Edge{i, false, 0}, impl_->graph);
    if (!link.one_way) boost::add_edge(to, from, Edge{i, true, 0}, impl_->graph);
    for (const spec::Departures& one : link.departures) {
      impl_->timetables.try_emplace(one.source, std::make_shared<const Timetable>(
                                                    scenario.demand.at(one.source).arrivals.times));
    }
  }
}

Network::~Network() = default;
Network::Network(Network&&) noexcept = default;
Network& Network::operator=(Network&&) noexcept = default;

std::optional<Journey> Network::route(const std::string& from, const std::string& to,
                                      const std::vector<std::string>& modes,
                                      double value_of_time) const {
  const auto start = impl_->nodes.find(from);
  const auto goal = impl_->nodes.find(to);
  if (start == impl_->nodes.end() || goal == impl_->nodes.end()) return std::nullopt;

  Graph graph = impl_->graph;
  for (auto [edge, end] = boost::edges(graph); edge != end; ++edge) {
    const spec::Link& link = impl_->links[graph[*edge].link];
    // A tenth of a millisecond-cost per hop breaks ties towards fewer links.
    graph[*edge].weight =
        link.cost + (base_time(link) + impl_->mean_wait(link, to)) / ms_per_hour * value_of_time +
        1e-4;
  }
  const auto allowed = [&](const EdgeId& edge) {
    return modes.empty() || std::find(modes.begin(), modes.end(),
                                      impl_->links[graph[edge].link].mode) != modes.end();
  };
  const boost::filtered_graph<Graph, std::function<bool(const EdgeId&)>> usable(graph, allowed);

  const std::size_t count = boost::num_vertices(graph);
  std::vector<double> distance(count, std::numeric_limits<double>::max());
  boost::dijkstra_shortest_paths_no_color_map(
      usable, start->second,
      boost::weight_map(boost::get(&Edge::weight, graph))
          .distance_map(boost::make_iterator_property_map(distance.begin(),
                                                          boost::get(boost::vertex_index, graph))));
  if (distance[goal->second] == std::numeric_limits<double>::max()) return std::nullopt;

  Journey journey;
  double longest = -1;
  for (std::size_t at = goal->second; at != start->second;) {
    // Of all last links of a best path the first in the file. The search itself leaves ties to
    // the order of its queue, which links that have nothing to do with them would turn.
    const Edge* best = nullptr;
    std::size_t previous = at;
    for (auto [edge, end] = boost::in_edges(at, usable); edge != end; ++edge) {
      const Edge& candidate = graph[*edge];
      const std::size_t from_node = boost::source(*edge, usable);
      if (distance[from_node] + candidate.weight != distance[at]) continue;
      if (best != nullptr && best->link <= candidate.link) continue;
      best = &candidate;
      previous = from_node;
    }
    PORTFLOW_ASSERT(best != nullptr, "a shortest path without a last link");
    at = previous;
    const spec::Link& link = impl_->links[best->link];
    const double time = base_time(link);
    journey.hops.push_back({best->link, best->reversed});
    journey.time += time;
    journey.least += time * link.spread.least();
    if (!impl_->leaving(link, to)) journey.wait += link.wait;
    journey.cost += link.cost;
    if (link.priced) {
      journey.priced = true;
    } else {
      journey.unpriced = link.from + " to " + link.to;
    }
    if (time > longest) {
      longest = time;
      journey.mode = link.mode;
    }
  }
  std::reverse(journey.hops.begin(), journey.hops.end());
  double after = 0;
  for (const Hop& hop : journey.hops) {
    const spec::Link& link = impl_->links[hop.link];
    if (auto timetable = impl_->leaving(link, to)) {
      journey.departures.push_back({after, link.cut_off, std::move(timetable)});
    }
    after += base_time(link);
  }
  return journey;
}

double Network::travel_time(const Journey& journey, double u) const {
  double total = 0;
  for (const Hop& hop : journey.hops) {
    const spec::Link& link = impl_->links[hop.link];
    total += base_time(link) * link.spread.at(u);
  }
  return total;
}

}  // namespace portflow::network

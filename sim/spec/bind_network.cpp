#include <fmt/format.h>

#include "spec/binders.hpp"

namespace portflow::spec {
namespace {

void read_along(Node& node, const Spot& spot, Link& link) {
  Fields fields{node, spot};
  fields.required("file", link.along_file, read::text);
  fields.required("name", link.along_name, read::text);
  fields.done();
}

/// A time, or what leaves along the link by where the journey ends: `{harbin: harbin_trains}`.
void read_wait(Node& node, const Spot& spot, Link& link) {
  if (!node.is_map()) return read::number(duration())(node, spot, link.wait);
  if (node.entries.empty()) spot.complain(node.place, "names nothing that leaves along the link");
  each_entry(node, spot, [&](const std::string& goal, Node& value, const Spot& at) {
    Departures& departures = link.departures.emplace_back();
    departures.goal = goal;
    at.mention(Mention::What::location, goal, value.place);
    read::mention(Mention::What::timetable)(value, at, departures.source);
  });
}

void bind_link(Node& node, const Spot& spot, Link& link) {
  link.place = node.place;
  Fields fields{node, spot};
  fields.required("from", link.from, read::mention(Mention::What::location));
  fields.required("to", link.to, read::mention(Mention::What::location));
  fields.required("mode", link.mode, read::one_of({"sea", "road", "rail", "air"}));
  const bool timed = fields.optional("takes", link.time, read::number(duration().positive()));
  const bool far = fields.optional("distance", link.distance,
                                   read::number(quantity(Dimension::distance, 0, 5e7).positive()));
  const bool fast = fields.optional("speed", link.speed,
                                    read::number(quantity(Dimension::speed, 0, 2e6).positive()));
  fields.defaulted("wait", Node::scalar("0 h"), link, read_wait);
  if (fields.optional("cut_off", link.cut_off, read::number(duration())) &&
      link.departures.empty()) {
    (spot / "cut_off")
        .complain(node.find("cut_off")->place,
                  "nothing leaves by a timetable: `wait` names no source of trains");
  }
  fields.defaulted("cost", Node::scalar("0 CNY"), link.cost,
                   read::number(quantity(Dimension::money, 0, 1e12)));
  const Node* cost = node.find("cost");
  link.priced = cost != nullptr && !cost->defaulted;
  fields.defaulted("spread", Node::scalar("1"), link.spread,
                   read::takes(plain(0, 1000).positive()));
  fields.defaulted("one_way", Node::scalar("false"), link.one_way, read::flag);
  fields.optional("along", link, read_along);
  fields.done();
  if (node.is_map() && !timed && !(far && fast)) {
    spot.complain(node.place, "needs `takes`, or `distance` and `speed`");
  }
  if (!link.from.empty() && link.from == link.to) {
    spot.complain(node.place, fmt::format("leads from `{}` to itself", link.from));
  }
}

/// A facility, or `any`.
void read_end(const Node& node, const Spot& spot, std::string& out) {
  read::name(node, spot, out);
  if (!out.empty() && out != "any") spot.mention(Mention::What::facility, out, node.place);
}

void bind_hand_over(Node& node, const Spot& spot, HandOver& hand_over) {
  hand_over.place = node.place;
  const auto before = spot.notes().errors.size();
  Fields fields{node, spot};
  fields.defaulted("from", Node::scalar("any"), hand_over.from, read_end);
  fields.defaulted("to", Node::scalar("any"), hand_over.to, read_end);
  fields.optional("for", hand_over.for_type, read::mention(Mention::What::type));
  fields.required("takes", hand_over.takes, read::takes(duration()));
  fields.defaulted("by", Node::scalar("message"), hand_over.is_message,
                   [](const Node& value, const Spot& at, bool& out) {
                     std::string word;
                     read::one_of({"message", "travel"})(value, at, word);
                     out = word != "travel";
                   });
  fields.done();
  const bool sound = spot.notes().errors.size() == before;
  if (sound && hand_over.takes.distribution.least() <= 0) {
    (spot / "takes")
        .complain(node.find("takes")->place,
                  "zero lookahead: its least value is 0, but a hand-over between "
                  "processes must take some time at least");
  }
}

}  // namespace

void bind_network(Node& node, const Spot& spot, Scenario& scenario) {
  Network& network = scenario.network;
  Fields fields{node, spot};
  fields.optional("places", network.places,
                  [](Node& map, const Spot& at, std::vector<NetworkPlace>& out) {
                    each_entry(map, at, [&](const std::string& name, Node& value, const Spot& s) {
                      NetworkPlace& place = out.emplace_back();
                      place.name = name;
                      place.title = {name, name};
                      place.place = value.place;
                      Fields inner{value, s};
                      inner.optional("title", place.title, read::label);
                      inner.required("position", place.position, read_position);
                      inner.done();
                    });
                  });
  const auto list_of = [](auto bind_one) {
    return [bind_one](Node& list, const Spot& at, auto& out) {
      if (!check_kind(list, Node::Kind::list, at)) return;
      for (std::size_t i = 0; i < list.items.size(); ++i) {
        bind_one(list.items[i], at.item(i), out.emplace_back());
      }
    };
  };
  fields.optional("links", network.links, list_of(bind_link));
  fields.optional("hand_over", network.hand_overs, list_of(bind_hand_over));
  fields.done();
  for (const NetworkPlace& place : network.places) {
    if (scenario.facilities.contains(place.name) || scenario.splits.contains(place.name)) {
      (spot / "places" / place.name).complain(place.place, "a facility has this name already");
    }
  }
}

}  // namespace portflow::spec

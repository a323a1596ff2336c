#include "spec/bind.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "spec/binders.hpp"
#include "spec/check_ledgers.hpp"
#include "spec/fragments.hpp"
#include "spec/parameters.hpp"
#include "spec/validate.hpp"

namespace portflow::spec {
namespace {

void read_version(const Node& node, const Spot& spot, int& version) {
  if (!check_kind(node, Node::Kind::scalar, spot)) return;
  if (node.text == "1") {
    version = 1;
  } else {
    spot.complain(node.place, fmt::format("schema version `{}` is unknown; this program reads "
                                          "version 1",
                                          node.text));
  }
}

void read_seed(const Node& node, const Spot& spot, std::uint64_t& seed) {
  if (!check_kind(node, Node::Kind::scalar, spot)) return;
  const auto* end = node.text.data() + node.text.size();
  const auto [stop, status] = std::from_chars(node.text.data(), end, seed);
  if (status != std::errc{} || stop != end || (node.text.size() > 1 && node.text[0] == '0')) {
    spot.complain(node.place, fmt::format("`{}` is not a whole number from 0 to "
                                          "18446744073709551615",
                                          node.text));
  }
}

void read_horizon(Node& node, const Spot& spot, Horizon& out) {
  const auto before = spot.notes().errors.size();
  Fields fields{node, spot};
  fields.required("from", out.from, read::date);
  fields.required("to", out.to, read::date);
  fields.defaulted("warm_up", Node::scalar("0 d"), out.warm_up, read::number(duration()));
  fields.defaulted("follow", Node::scalar("0 d"), out.follow, read::number(duration()));
  fields.done();
  if (spot.notes().errors.size() > before) return;
  if (out.from >= out.to) {
    return spot.complain(node.place, "`from` must be before `to`");
  }
  if (out.from + out.warm_up >= out.to) {
    spot.complain(node.place, "`warm_up` leaves nothing of the time from `from` to `to`");
  }
}

void read_parameters(Node& node, const Spot& spot, int&) {
  each_entry(node, spot, [](const std::string&, Node& entry, const Spot& at) {
    Label title;
    Fields fields{entry, at};
    // The value is typed where it is quoted; the title is for those who read the file.
    if (fields.take("value") == nullptr) fields.miss("value");
    fields.optional("title", title, read::label);
    fields.done();
  });
}

/// Every `source` must stand among the `sources`.
void mention_sources(const Node& node, const Spot& spot) {
  if (node.provenance && !node.provenance->source.empty()) {
    spot.mention(Mention::What::reference, node.provenance->source, node.place);
  }
  for (const auto& entry : node.entries) mention_sources(entry.value, spot / entry.key);
  for (std::size_t i = 0; i < node.items.size(); ++i) mention_sources(node.items[i], spot.item(i));
}

/// The sections, in the order in which they build on each other.
void bind_sections(Node& root, const Spot& top, Scenario& scenario) {
  const auto into = [&](auto bind_section) {
    return [bind_section](Node& node, const Spot& spot, Scenario& out) {
      bind_section(node, spot, out);
    };
  };
  int version = 0;
  int unused = 0;
  Holidays holidays;
  Fields fields{root, top};
  fields.required("portflow", version, read_version);
  fields.required("name", scenario.name, read::text);
  scenario.title = {scenario.name, scenario.name};
  fields.optional("title", scenario.title, read::label);
  fields.required("horizon", scenario.horizon, read_horizon);
  top.notes().ramp_start = scenario.horizon.from;
  fields.defaulted("seed", Node::scalar("1"), scenario.seed, read_seed);
  fields.optional("map", scenario.map, read::text);
  fields.optional("sources", scenario, into(bind_sources));
  fields.optional("parameters", unused, read_parameters);
  fields.optional("holidays", holidays, bind_holidays);
  fields.optional("calendars", scenario, [&](Node& node, const Spot& spot, Scenario& out) {
    bind_calendars(node, spot, holidays, out);
  });
  fields.required("facilities", scenario, into(bind_facilities));
  fields.optional("network", scenario, into(bind_network));
  fields.required("demand", scenario, into(bind_demand));
  (void)fields.take("fragments");  // written out into the procedures
  fields.required("procedures", scenario, into(bind_procedures));
  fields.optional("kpis", scenario, into(bind_kpis));
  fields.optional("published", scenario, into(bind_published));
  (void)fields.take("disturbances");  // edits of what stands here; whoever compiles reads them
  fields.done();
}

}  // namespace

void bind_sources(Node& node, const Spot& spot, Scenario& scenario) {
  each_entry(node, spot, [&](const std::string& key, Node& entry, const Spot& at) {
    Reference& reference = scenario.sources[key];
    reference.key = key;
    Fields fields{entry, at};
    fields.required("title", reference.title, read::text);
    fields.optional("url", reference.url, read::text);
    fields.done();
    if (entry.provenance) reference.note = entry.provenance->note;
  });
}

Result<Scenario> bind(Node& root) {
  Notes notes;
  const Spot top{notes};
  Node tree = substituted(root, top);
  const Errors unquotable = notes.errors;
  Scenario scenario;
  write_out_fragments(tree, top);
  bind_sections(tree, top, scenario);
  if (tree.is_map()) {
    mention_sources(root, top);
    const World world{scenario};
    check_mentions(world, notes);
    check_procedures(world, notes);
    check_working_days(world, notes);
    check_ledgers(world, notes);
    check_demand(world, notes);
    check_splits(world, notes);
  }
  if (!notes.errors.empty()) {
    // What stands where a parameter should be has been told already.
    std::erase_if(notes.errors, [&](const Error& error) {
      return std::ranges::any_of(unquotable, [&](const Error& first) {
        return first.place == error.place && first.message != error.message;
      });
    });
    std::ranges::stable_sort(notes.errors, {}, &Error::place);
    return refuse(std::move(notes.errors));
  }
  complete(scenario);
  copy_defaults(tree, root);
  return scenario;
}

Result<Scenario> rebound(const Node& part, Scenario scenario) {
  Notes notes;
  notes.ramp_start = scenario.horizon.from;
  const Spot top{notes};
  std::set<std::string> learning;
  for (const auto& [name, procedure] : scenario.procedures) {
    for (const Step& step : procedure.steps) {
      for (const Adjust& adjust : step.adjusts) learning.insert(adjust.parameter);
    }
  }
  Node tree = substituted(part, top, learning);
  write_out_fragments(tree, top);
  Node& procedures = *tree.find("procedures");
  for (const auto& entry : procedures.entries) scenario.procedures.erase(entry.key);
  bind_procedures(procedures, top / "procedures", scenario);
  mention_sources(procedures, top / "procedures");
  const World world{scenario};
  check_mentions(world, notes);
  check_procedures(world, notes);
  check_working_days(world, notes);
  check_ledgers(world, notes);
  check_demand(world, notes);
  if (!notes.errors.empty()) {
    std::ranges::stable_sort(notes.errors, {}, &Error::place);
    return refuse(std::move(notes.errors));
  }
  return scenario;
}

}  // namespace portflow::spec

#include <fmt/format.h>

#include "spec/binders.hpp"

namespace portflow::spec {
namespace {

void read_steps(Node& node, const Spot& spot, Procedure& procedure) {
  each_entry(node, spot, [&](const std::string& name, Node& entry, const Spot& at) {
    Step& step = procedure.steps.emplace_back();
    step.name = name;
    step.place = entry.place;
    bind_step(entry, at.in({Scope::Kind::step, procedure.name, name, {}}), step);
    // Steps that share no draw of their own choosing draw at their own decision point.
    const auto own = procedure.name + "." + name;
    if (step.when.draw.empty()) step.when.draw = own;
    if (step.repeat && step.repeat->again.draw.empty()) step.repeat->again.draw = own + ".repeat";
    for (Line& line : step.books) {
      if (line.when.draw.empty()) line.when.draw = own + "." + line.item;
    }
  });
  if (node.is_map() && node.entries.empty()) spot.complain(node.place, "no steps");
}

}  // namespace

void bind_procedures(Node& node, const Spot& spot, Scenario& scenario) {
  each_entry(node, spot, [&](const std::string& name, Node& entry, const Spot& at) {
    Procedure& procedure = scenario.procedures[name];
    procedure.name = name;
    procedure.place = entry.place;
    Fields fields{entry, at};
    fields.required("for", procedure.for_type, read::name);
    fields.required("steps", procedure, read_steps);
    fields.done();
  });
}

}  // namespace portflow::spec

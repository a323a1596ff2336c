#include "cli/edited_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "cli/table.hpp"

namespace portflow::cli {
namespace {

using spec::Procedure;
using spec::Step;

std::string predecessors_of(const Step& step) {
  if (step.after.empty()) return "first";
  std::string text = step.after.front();
  const std::string_view last = step.after_any ? " or " : " and ";
  for (std::size_t i = 1; i < step.after.size(); ++i) {
    text += (i + 1 == step.after.size() ? std::string(last) : std::string(", ")) + step.after[i];
  }
  return "after " + text;
}

std::string where_of(const Step& step) {
  std::string text = step.at.empty() ? "" : "at " + step.at;
  if (step.when.impossible) text += ", never";
  return text;
}

std::vector<std::string> line_of(std::string_view sign, const Step& step) {
  return {std::string(sign), step.name, predecessors_of(step), where_of(step)};
}

/// Steps in the order of the baseline; new ones follow the last of those that they come after.
std::vector<std::string> order_of(const Procedure& before, const Procedure& after) {
  std::vector<std::string> names;
  for (const Step& step : before.steps) names.push_back(step.name);
  for (const Step& step : after.steps) {
    if (before.find(step.name) != nullptr) continue;
    std::size_t place = 0;
    for (const std::string& one : step.after) {
      const auto found = std::ranges::find(names, one);
      if (found == names.end()) continue;
      place = std::max(place, static_cast<std::size_t>(found - names.begin()) + 1);
    }
    names.insert(names.begin() + static_cast<std::ptrdiff_t>(place), step.name);
  }
  return names;
}

std::string graph_text(const Procedure& before, const Procedure& after, bool adopted) {
  Table table;
  table.heading = {"", "step", "follows", "where"};
  table.left = 4;
  for (const std::string& name : order_of(before, after)) {
    const Step* was = before.find(name);
    const Step* is = after.find(name);
    if (was != nullptr && is != nullptr && where_of(*was) == where_of(*is) &&
        predecessors_of(*was) == predecessors_of(*is)) {
      table.rows.push_back(line_of(*was == *is ? " " : "~", *is));
      continue;
    }
    if (was != nullptr) table.rows.push_back(line_of("-", *was));
    if (is != nullptr) table.rows.push_back(line_of("+", *is));
  }
  return fmt::format("{}, what each {} goes through{} (- before, + after, ~ a field edited):\n{}",
                     before.name, before.for_type, adopted ? ", for those who adopt it" : "",
                     table.text());
}

/// The types that a source makes, members included.
void types_of(const spec::Role& role, std::set<std::string>& types) {
  types.insert(role.creates);
  for (const spec::Role& member : role.contains) types_of(member, types);
}

/// Whom a measure meets: a type, and by which procedures alone; none: all of the type.
using Affected = std::map<std::string, std::set<std::string>>;

/// `box that goes through transit_box`, or the type alone where that says the same.
std::string affected_words(const std::string& type, const std::set<std::string>& through,
                           const spec::Scenario& scenario) {
  const auto all = std::ranges::count_if(
      scenario.procedures, [&](const auto& one) { return one.second.for_type == type; });
  if (through.empty() || std::cmp_equal(through.size(), all)) return type;
  return fmt::format("{} that goes through {}", type, fmt::join(through, " or "));
}

}  // namespace

std::string graphs_text(const run::Edited& edited) {
  std::string text;
  for (const auto& [name, before] : edited.before.procedures) {
    const auto adopted = edited.adopters.find(name);
    const bool some = adopted != edited.adopters.end();
    const Procedure& after = some ? adopted->second : edited.after.procedures.at(name);
    if (!(before == after)) text += (text.empty() ? "" : "\n") + graph_text(before, after, some);
  }
  return text.empty() ? "no step of a procedure is edited\n" : text;
}

std::string affected_text(const run::Edited& edited) {
  Affected edits;
  std::set<std::string> whole, through;
  for (const policy::Change& change : edited.changes) {
    const std::size_t dot = change.path.find('.');
    const std::string table = change.path.substr(0, dot);
    const std::string name = change.path.substr(dot + 1, change.path.find('.', dot + 1) - dot - 1);
    if (table == "procedures") {
      edits[edited.before.procedures.at(name).for_type].insert(name);
    } else if (table == "demand") {
      types_of(edited.before.demand.at(name).role, whole);
    } else if (table == "facilities") {
      through.insert(name);
      for (const auto& [id, procedure] : edited.before.procedures) {
        if (std::ranges::any_of(procedure.steps, [&](const Step& s) { return s.at == name; })) {
          edits[procedure.for_type].insert(id);
        }
      }
    } else {
      through.insert(change.path.substr(0, change.path.find('.', dot + 1)));
    }
  }
  for (const std::string& type : whole) edits[type].clear();
  std::vector<std::string> words;
  for (const auto& [type, procedures] : edits) {
    words.push_back(affected_words(type, procedures, edited.before));
  }
  std::string text = words.empty() ? std::string("whoever meets it")
                                   : fmt::format("each {}", fmt::join(words, ", "));
  if (!through.empty()) text += fmt::format(", by way of {}", fmt::join(through, ", "));
  return text;
}

}  // namespace portflow::cli

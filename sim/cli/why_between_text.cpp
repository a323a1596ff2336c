#include "cli/why_between_text.hpp"

#include <fmt/format.h>

#include "cli/table.hpp"
#include "cli/why_booked_text.hpp"
#include "cli/why_words.hpp"

namespace portflow::cli {
namespace {

using analysis::Arms;
using analysis::CauseSums;
using analysis::Fare;

/// Rows of a list that is shown in part.
constexpr std::size_t most_rows = 20;

std::string arm_text(const analysis::Record& record) {
  const std::vector<std::string>& measures = record.schema().measures;
  return fmt::format(
      "{} ({})", record.path(),
      measures.empty() ? std::string("no measures") : fmt::format("{}", fmt::join(measures, ", ")));
}

/// `+00:05:00`, `-2 d 01:00:00`, `0` for none.
std::string signed_text(Duration difference) {
  if (difference == Duration::zero()) return "0";
  return (difference > Duration::zero() ? "+" : "") + to_text(difference);
}

std::string total_text(const Fare& fare) {
  if (!fare.born) return "never created";
  return fare.total ? to_text(*fare.total) : "not done";
}

std::string or_dash(const std::optional<Duration>& lasts) {
  return lasts ? to_text(*lasts) : "-";
}

/// Whoever knows the entity spells it.
const analysis::Record& knower(const Arms& arms, trace::EntityId entity) {
  return arms.a.directory().find(entity) != nullptr ? arms.a : arms.b;
}

CauseSums difference_of(const Fare& a, const Fare& b) {
  CauseSums difference{};
  for (std::size_t i = 0; i < cause_count; ++i) difference[i] = b.sums[i] - a.sums[i];
  return difference;
}

std::string causes_table(const Fare& a, const Fare& b) {
  Table table;
  table.heading = {"cause", "A", "B", "B - A"};
  const bool both = a.total && b.total;
  const CauseSums difference = difference_of(a, b);
  for (const std::size_t i : greatest_first(difference)) {
    if (a.sums[i] == 0 && b.sums[i] == 0) continue;
    table.rows.push_back({spaced(static_cast<Cause>(i)),
                          a.total ? to_text(Duration{a.sums[i]}) : "-",
                          b.total ? to_text(Duration{b.sums[i]}) : "-",
                          both ? signed_text(Duration{difference[i]}) : "-"});
  }
  table.rows.push_back(
      {"total", total_text(a), total_text(b), both ? signed_text(*b.total - *a.total) : "-"});
  return table.text();
}

std::string shifts_table(const Arms& arms, const analysis::Versus& versus) {
  if (versus.shifts.empty()) return "The path is as long at every place.\n";
  Table table;
  table.heading = {"cause", "step", "of", "resource", "A", "B", "B - A"};
  table.left = 4;
  Duration rest_a{};
  Duration rest_b{};
  for (std::size_t i = 0; i < versus.shifts.size(); ++i) {
    const analysis::PathShift& shift = versus.shifts[i];
    if (i >= most_rows) {
      rest_a += shift.a;
      rest_b += shift.b;
      continue;
    }
    table.rows.push_back(
        {spaced(shift.cause), shift.step.empty() ? "word" : shift.step,
         shift.owner == versus.entity ? "itself" : person(knower(arms, shift.owner), shift.owner),
         shift.resource.empty() ? "-" : shift.resource, to_text(shift.a), to_text(shift.b),
         signed_text(shift.b - shift.a)});
  }
  if (versus.shifts.size() > most_rows) {
    table.rows.push_back({fmt::format("{} more", versus.shifts.size() - most_rows), "", "", "",
                          to_text(rest_a), to_text(rest_b), signed_text(rest_b - rest_a)});
  }
  return "Where the path differs:\n" + table.text();
}

std::string steps_table(const analysis::Versus& versus) {
  std::string text =
      versus.steps.empty() ? "None of its own steps differs" : "Its own steps that differ";
  text += fmt::format(" ({} are as long in both):\n", versus.same_steps);
  if (versus.steps.empty()) {
    text.replace(text.size() - 2, 1, ".");
    return text;
  }
  Table table;
  table.heading = {"step", "waits in A", "in B", "lasts in A", "in B"};
  for (const analysis::StepShift& shift : versus.steps) {
    table.rows.push_back(
        {shift.occurrence > 1 ? fmt::format("{} ({})", shift.step, shift.occurrence) : shift.step,
         or_dash(shift.wait_a), or_dash(shift.wait_b), or_dash(shift.service_a),
         or_dash(shift.service_b)});
  }
  return text + table.text();
}

/// The three causes that differ most.
std::string main_differences(const CauseSums& difference) {
  std::vector<std::string> words;
  const auto order = greatest_first(difference);
  for (std::size_t k = 0; k < 3 && difference[order[k]] != 0; ++k) {
    words.push_back(spaced(static_cast<Cause>(order[k])) + " " +
                    signed_text(Duration{difference[order[k]]}));
  }
  return fmt::format("{}", fmt::join(words, ", "));
}

}  // namespace

std::string arms_text(const Arms& arms) {
  return fmt::format("A is {}, B is {}\n", arm_text(arms.a), arm_text(arms.b));
}

std::string versus_text(const Arms& arms, const analysis::Versus& versus) {
  const analysis::Record& record = knower(arms, versus.entity);
  std::string text = arms_text(arms);
  text += fmt::format("{}  ({}), {}\n\n", record.directory().spell(versus.entity),
                      record.directory().type(versus.entity),
                      versus.kpi.empty() ? "its whole life" : "its " + versus.kpi);
  text += causes_table(versus.a, versus.b);
  if (!versus.a.total || !versus.b.total) {
    text += "Its path is known only where it is done, so there is nothing to compare.\n";
  } else {
    text += "\n" + shifts_table(arms, versus) + "\n" + steps_table(versus);
  }
  return text + booked_text(versus);
}

std::string movers_text(const Arms& arms, const analysis::Movers& movers) {
  std::string text = arms_text(arms);
  text += fmt::format("{}: {} entities known in both, of which {} differ; {} known in one only\n",
                      movers.kpi.empty() ? "whole lives" : movers.kpi, grouped(movers.compared),
                      grouped(movers.different), grouped(movers.one_sided));
  if (movers.most.empty()) return text;
  Table table;
  table.heading = {"entity", "A", "B", "B - A", "main differences"};
  table.words_last = true;
  for (const analysis::Differing& one : movers.most) {
    table.rows.push_back({knower(arms, one.entity).directory().spell(one.entity),
                          to_text(*one.a.total), to_text(*one.b.total),
                          signed_text(one.difference()),
                          main_differences(difference_of(one.a, one.b))});
  }
  return text + table.text();
}

}  // namespace portflow::cli

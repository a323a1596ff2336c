#include "cli/why_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/table.hpp"
#include "cli/why_booked_text.hpp"
#include "cli/why_words.hpp"
#include "kpi/units.hpp"

namespace portflow::cli {
namespace {

using analysis::CauseSums;
using analysis::Event;
using analysis::Record;
using analysis::Story;
using analysis::Stretch;

Duration shown_length(const trace::PathPart& part) {
  return shown(part.end) - shown(part.begin);
}

/// What ended a stretch whose owner is `it`; empty where nothing is worth a word.
std::string until_text(const Record& record, const Event& event, trace::EntityId it, SimTime end) {
  const std::string who = event.who == it ? "it" : person(record, event.who);
  const std::string late =
      event.at < end ? fmt::format(" at {} (word of it took {})", to_text(shown(event.at)),
                                   to_text(shown(end) - shown(event.at)))
                     : "";
  switch (event.kind) {
    case Event::Kind::none:
      return {};
    case Event::Kind::mark:
      return fmt::format("until {} set `{}`{}", who, event.what, late);
    case Event::Kind::step_end:
      return fmt::format("until {} ended {}{}", who, event.what, late);
    case Event::Kind::step_begin:
      return fmt::format("until {} began {}{}", who, event.what, late);
    case Event::Kind::born:
      return fmt::format("until {} was created", who);
    case Event::Kind::end:
      return fmt::format("until {} was done{}", who, late);
    case Event::Kind::opened:
      return "until it opened";
    case Event::Kind::closed:
      return fmt::format("until {} closed", event.what);
    case Event::Kind::due:
      return "until it was due";
    case Event::Kind::gathered:
      return "until the batch set off";
    case Event::Kind::first:
      return "until it was first";
  }
  return {};
}

/// Resource, holder and what ended the stretch.
std::string detail_text(const Record& record, const Stretch& stretch) {
  const trace::PathPart& part = stretch.part;
  std::vector<std::string> words;
  if (part.resource != trace::no_code) {
    const std::string& name = record.schema().resources[part.resource].name;
    switch (part.cause) {
      case Cause::closed:
        words.push_back(name + " was closed");
        break;
      case Cause::down:
        words.push_back(name + " was down");
        break;
      case Cause::behind:
        words.push_back("queued for " + name);
        break;
      case Cause::busy:
        words.push_back("waited for " + name);
        break;
      default:
        words.push_back("with " + name);
    }
  }
  trace::EntityId it = part.owner;
  if (part.holder != trace::no_entity) {
    words.push_back("held by " + person(record, part.holder));
    it = part.holder;
  }
  const std::string until = until_text(record, stretch.until, it, part.end);
  if (!until.empty()) words.push_back(until);
  return fmt::format("{}", fmt::join(words, ", "));
}

/// The step, and whose it is; word under way belongs to no step, but to what it tells.
std::string step_text(const Record& record, const Stretch& stretch) {
  const trace::PathPart& part = stretch.part;
  std::string text = "word";
  if (part.step != trace::no_code) {
    text = record.schema().steps[part.step];
  } else if (stretch.word.kind == Event::Kind::mark) {
    text += " of `" + stretch.word.what + "`";
  } else if (stretch.word.kind == Event::Kind::end) {
    text += " of the end";
  }
  return part.owner == part.entity ? text : text + " of " + person(record, part.owner);
}

/// Causes as shown, from the greatest; nothing for those without any time.
std::string causes_table(const CauseSums& sums) {
  const std::int64_t total = analysis::total_of(sums);
  Table table;
  table.heading = {"cause", "lasts", "share", "what it means"};
  table.words_last = true;
  for (const std::size_t i : greatest_first(sums)) {
    if (sums[i] == 0) continue;
    table.rows.push_back({spaced(static_cast<Cause>(i)), to_text(Duration{sums[i]}),
                          share_text(sums[i], total),
                          std::string(meaning_of(static_cast<Cause>(i)))});
  }
  table.rows.push_back({"total", to_text(Duration{total}), "", ""});
  return table.text();
}

std::string head_text(const Record& record, const Story& story) {
  const trace::RoleInfo& role = record.schema().roles[story.born.role];
  const bool flow_says_more = !role.flow.empty() && role.flow != role.type + "s";
  std::string text =
      fmt::format("{}  ({}{}, procedure {})\n", record.directory().spell(story.born.entity),
                  flow_says_more ? role.flow + " " : "", role.type, role.procedure);
  const auto from_to = [&](std::string_view begins, SimTime from, std::string_view ends,
                           SimTime to) {
    return fmt::format("{} {}  {} {}  total {}\n", begins, to_text(shown(from)), ends,
                       to_text(shown(to)), to_text(shown(to) - shown(from)));
  };
  if (!story.span) {
    text +=
        fmt::format("created {}  not done when the record ended\n", to_text(shown(story.born.at)));
  } else if (story.kpi.empty()) {
    text += from_to("created", story.span->from, "done", story.span->to);
  } else {
    text += from_to("its " + story.kpi + " from", story.span->from, "to", story.span->to);
  }
  return text;
}

/// Its own steps that the path does not pass through.
std::string beside_text(const Record& record, const Story& story) {
  std::vector<std::string> names;
  for (const trace::StepDone& step : story.steps) {
    const bool on_path = std::ranges::any_of(story.stretches, [&](const Stretch& stretch) {
      return stretch.part.owner == story.born.entity && stretch.part.step == step.step;
    });
    // A step without any time can be on no path, and holds nobody up.
    if (on_path || step.step == trace::no_code || step.at == step.ready) continue;
    names.push_back(record.schema().steps[step.step]);
  }
  if (names.empty()) return {};
  return fmt::format("Beside the path, so without effect on when it was done: {}\n",
                     fmt::join(names, ", "));
}

std::string unfinished_text(const Record& record, const Story& story) {
  std::string text =
      "The path of an entity is recorded when it is done, so what it waits for is not known.\n";
  if (story.steps.empty()) return text + "It has ended no step yet.\n";
  text += "What it has done:\n";
  Table table;
  table.heading = {"step", "ready", "began", "ended"};
  table.left = table.heading.size();
  for (const trace::StepDone& step : story.steps) {
    table.rows.push_back({step.step == trace::no_code ? "-" : record.schema().steps[step.step],
                          to_text(shown(step.ready)), to_text(shown(step.start)),
                          to_text(shown(step.at))});
  }
  return text + table.text();
}

/// The three causes, each at one step, that took most: `busy call.request 61.0 %, ...`.
std::string main_causes(const Record& record, const analysis::Slow& slow) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < std::min<std::size_t>(3, slow.places.size()); ++i) {
    const analysis::SlowPlace& place = slow.places[i];
    const std::string step =
        place.step == trace::no_code ? std::string("word") : record.schema().steps[place.step];
    words.push_back(fmt::format("{} {} {}", spaced(place.cause), step,
                                share_text(place.ms, slow.value.count())));
  }
  return words.empty() ? "no time passed" : fmt::format("{}", fmt::join(words, ", "));
}

/// How far somebody has come whose path is not known.
std::string standstill(const Record& record, const analysis::Slow& slow) {
  std::string text =
      slow.unfinished ? "unfinished" : "not known: its path is recorded when it is done";
  if (!slow.last || slow.last->step == trace::no_code) return text + "; has ended no step";
  return text + fmt::format("; last ended {} at {}", record.schema().steps[slow.last->step],
                            to_text(shown(slow.last->at)));
}

}  // namespace

std::string story_text(const Record& record, const Story& story) {
  std::string text = head_text(record, story);
  const std::string booked = booked_text(record, story);
  if (!story.span) return text + unfinished_text(record, story) + booked;
  std::size_t width = 5;
  std::size_t cause_width = 5;
  for (const Stretch& stretch : story.stretches) {
    width = std::max(width, to_text(shown_length(stretch.part)).size());
    cause_width = std::max(cause_width, spaced(stretch.part.cause).size());
  }
  text += fmt::format("\n{:19}  {:19}  {:>{}}  {:{}}  step\n", "from", "to", "lasts", width,
                      "cause", cause_width);
  CauseSums sums{};
  for (const Stretch& stretch : story.stretches) {
    const trace::PathPart& part = stretch.part;
    sums[static_cast<std::size_t>(part.cause)] += shown_length(part).count();
    text += fmt::format("{}  {}  {:>{}}  {:{}}  {}\n", to_text(shown(part.begin)),
                        to_text(shown(part.end)), to_text(shown_length(part)), width,
                        spaced(part.cause), cause_width, step_text(record, stretch));
    const std::string detail = detail_text(record, stretch);
    if (!detail.empty()) text += fmt::format("{:21}{}\n", "", detail);
  }
  if (story.kpi.empty()) text += beside_text(record, story);
  return text + "\n" + causes_table(sums) + booked;
}

std::string worst_text(const Record& record, const analysis::Worst& worst) {
  const double per_unit = kpi::milliseconds_in(worst.unit);
  std::string text = fmt::format("{}: {} entities counted", worst.kpi, grouped(worst.counted));
  if (worst.unfinished > 0) {
    text += fmt::format(", {} unfinished", grouped(worst.unfinished));
    if (worst.not_begun > 0) {
      text += fmt::format(", of which {} have not come to its beginning and are not ranked",
                          grouped(worst.not_begun));
    }
  }
  text += "\n";
  Table table;
  table.heading = {"entity", worst.unit, "main causes"};
  table.words_last = true;
  for (const analysis::Slow& slow : worst.slow) {
    const double value = static_cast<double>(slow.value.count()) / per_unit;
    table.rows.push_back({record.directory().spell(slow.span.entity),
                          (slow.unfinished ? "> " : "") + fmt::format("{:.2f}", value),
                          slow.sums ? main_causes(record, slow) : standstill(record, slow)});
  }
  text += table.text();
  if (std::ranges::any_of(worst.slow, &analysis::Slow::unfinished)) {
    text += "> still open when the record ended; --finished leaves these out\n";
  }
  return text;
}

}  // namespace portflow::cli

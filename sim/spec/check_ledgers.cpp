#include "spec/check_ledgers.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "spec/check_attributes.hpp"

namespace portflow::spec {
namespace {

/// Calls each(line, path) for what the steps of all procedures book.
template <class Each>
void each_line(const Scenario& scenario, const Each& each) {
  for (const auto& [name, procedure] : scenario.procedures) {
    for (const Step& step : procedure.steps) {
      for (const Line& line : step.books) {
        each(line, fmt::format("procedures.{}.steps.{}.{}", name, step.name, name_of(line.ledger)));
      }
    }
  }
}

/// `a cost from trader to terminal`, `a risk of state, counted in h`.
std::string described(const Line& line) {
  if (line.ledger == Ledger::costs) {
    return fmt::format("a cost from {} to {}", line.payer, line.payee);
  }
  return fmt::format("a risk{}{}, counted in {}", line.bearer.empty() ? "" : " of ", line.bearer,
                     line.unit == "1" ? "events" : line.unit);
}

/// What a KPI of `dimension` adds up.
std::string added(std::optional<Dimension> dimension) {
  if (!dimension || is_bare(*dimension)) return "events";
  return std::string{noun(*dimension)};
}

/// Events are written as a number or as a share; both count the same.
bool alike(Dimension one, Dimension other) {
  return one == other || (is_bare(one) && is_bare(other));
}

}  // namespace

void check_booked(const World& world, Notes& notes, const Mention& mention) {
  const auto complain = [&](std::string message) {
    notes.errors.push_back({mention.place, mention.path, std::move(message)});
  };
  const bool risks = mention.cases.front() == name_of(Ledger::risks);
  std::vector<std::string> items, parties;
  const Line* found = nullptr;
  const Line* other = nullptr;  // in the other ledger
  const Line* unlike = nullptr;
  each_line(world.scenario, [&](const Line& line, const std::string&) {
    if ((line.ledger == Ledger::risks) != risks) {
      if (line.item == mention.name) other = &line;
      return;
    }
    items.push_back(line.item);
    if (risks) {
      parties.push_back(line.bearer);
    } else {
      parties.insert(parties.end(), {line.payer, line.payee});
    }
    if (line.item == mention.name) found = &line;
    if (mention.expected && !alike(line.measures(), *mention.expected)) unlike = &line;
  });
  const auto differs = [&](const Line& line) {
    return fmt::format("`{}` is {}, and this KPI adds up {}; let a KPI of its own do so", line.item,
                       described(line), added(mention.expected));
  };
  if (mention.what == Mention::What::party) {
    const auto known = std::ranges::find(parties, mention.name);
    if (known != parties.end()) return;
    return complain(unknown(
        fmt::format("no {} `{}`", risks ? "bearer of a risk" : "payer or payee", mention.name),
        mention.name, std::move(parties)));
  }
  if (mention.what == Mention::What::ledger) {
    if (items.empty()) return complain("no step books a risk");
    if (unlike != nullptr) complain(differs(*unlike) + ", or name `items`");
    return;
  }
  if (found != nullptr) {
    if (risks && mention.expected && !alike(found->measures(), *mention.expected)) {
      complain(differs(*found));
    }
    return;
  }
  if (other != nullptr) {
    return complain(fmt::format(
        "`{}` is {}, and this KPI adds up {}; money and risk do not mix: "
        "`book: {}` in a KPI of its own",
        mention.name, described(*other), mention.cases.front(), name_of(other->ledger)));
  }
  complain(
      unknown(fmt::format("no {} that a step books `{}`", risks ? "risk" : "item", mention.name),
              mention.name, std::move(items)));
}

void check_ledgers(const World& world, Notes& notes) {
  std::map<std::string, const Line*> first;
  each_line(world.scenario, [&](const Line& line, const std::string& path) {
    if (line.item.empty()) return;  // told already
    const Line& known = *first.try_emplace(line.item, &line).first->second;
    if (line.like(known)) return;
    notes.errors.push_back(
        {line.place, path,
         fmt::format(
             "`{}` is {}, but at {}:{}:{} it is {}; one item is one thing, so name them apart",
             line.item, described(line), known.place.file, known.place.line, known.place.column,
             described(known))});
  });
}

}  // namespace portflow::spec

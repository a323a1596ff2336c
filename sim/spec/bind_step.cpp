#include <fmt/format.h>

#include <algorithm>

#include "core/words.hpp"
#include "spec/binders.hpp"
#include "spec/cases.hpp"

namespace portflow::spec {
namespace {

const std::vector<std::string> modes{"sea", "road", "rail", "air"};

/// `arrive`, `[a, b]`, or `{any: [a, b]}`.
void read_after(Node& node, const Spot& spot, Step& step) {
  const auto names = read::mention(Mention::What::step);
  if (!node.is_map()) return names(node, spot, step.after);
  Fields fields{node, spot};
  fields.required("any", step.after, names);
  fields.done();
  step.after_any = true;
}

/// `lot.released`, `all(boxes).landed`, `ship.due - 3 d`.
void read_await(const Node& node, const Spot& spot, Await& out) {
  if (!check_kind(node, Node::Kind::scalar, spot)) return;
  const auto wrong = [&] {
    spot.complain(node.place, fmt::format("`{}` cannot be awaited; write `lot.released`, "
                                          "`all(boxes).landed`, `self.due` or `ship.due - 3 d`",
                                          node.text));
  };
  std::string_view text = node.text;
  if (text.starts_with("all(")) {
    const auto end = text.find(')');
    if (end == std::string_view::npos || !text.substr(end).starts_with(").")) return wrong();
    out.kind = Await::Kind::all;
    out.subject = text.substr(4, end - 4);
    out.mark = text.substr(end + 2);
    if (!is_name(out.subject) || !is_name(out.mark)) return wrong();
    return spot.mention(Mention::What::await, out.subject, node.place, {out.mark, "all"});
  }
  const auto dot = text.find('.');
  if (dot == std::string_view::npos) return wrong();
  out.subject = text.substr(0, dot);
  text.remove_prefix(dot + 1);
  // ` - 3 d` and ` + 3 d` stand apart from the name, which may hold a `-` itself.
  const auto sign = std::min(text.find(" - "), text.find(" + "));
  out.mark = text.substr(0, sign);
  if (!is_name(out.subject) || !is_name(out.mark)) return wrong();
  const bool time = out.mark == "due" || out.mark == "created";
  if (time) out.kind = Await::Kind::time;
  spot.mention(Mention::What::await, out.subject, node.place, {out.mark, time ? "time" : "mark"});
  if (sign == std::string_view::npos) return;
  if (!time) {
    return spot.complain(node.place, "only `due` and `created` can be shifted by a time");
  }
  const auto shift = read_number(text.substr(sign + 3), duration());
  if (!shift) return spot.complain(node.place, shift.error());
  out.shift = Duration{static_cast<std::int64_t>(*shift)} * (text[sign + 1] == '-' ? -1 : 1);
}

void read_awaits(Node& node, const Spot& spot, std::vector<Await>& out) {
  each_item(node, spot,
            [&](Node& item, const Spot& at) { read_await(item, at, out.emplace_back()); });
}

/// A facility or place, or `{attribute: origin}`.
void read_place(Node& node, const Spot& spot, std::string& name, std::string& attribute) {
  if (!node.is_map()) return read::mention(Mention::What::location)(node, spot, name);
  Fields fields{node, spot};
  fields.required("attribute", attribute, read::text);
  fields.done();
  if (!attribute.empty()) {
    (spot / "attribute").mention(Mention::What::place, attribute, node.find("attribute")->place);
  }
}

void read_move(Node& node, const Spot& spot, Move& out) {
  Fields fields{node, spot};
  if (Node* from = fields.take("from"))
    read_place(*from, spot / "from", out.from, out.from_attribute);
  if (Node* to = fields.take("to")) {
    read_place(*to, spot / "to", out.to, out.to_attribute);
  } else {
    fields.miss("to");
  }
  Node all = empty_list();
  for (const auto& mode : modes) all.items.push_back(Node::scalar(mode));
  fields.defaulted("by", std::move(all), out.by,
                   [](Node& list, const Spot& at, std::vector<std::string>& by) {
                     each_item(list, at, [&](Node& item, const Spot& s) {
                       read::WordReader{modes}(item, s, by.emplace_back());
                     });
                     if (by.empty()) at.complain(list.place, "no mode");
                   });
  fields.optional("arrives", out.arrives_when_due,
                  [](const Node& value, const Spot& at, bool& due) {
                    std::string word;
                    read::one_of({"due"})(value, at, word);
                    due = word == "due";
                  });
  fields.defaulted("leaves", Node::scalar("false"), out.leaves, read::flag);
  fields.done();
}

/// What an option costs beyond its journeys; less than nothing is what speaks for it.
void read_besides(Node& map, const Spot& spot, Choose& out) {
  each_entry(map, spot, [&](const std::string& step, Node& value, const Spot& at) {
    at.mention(Mention::What::step, step, value.place);
    if (std::ranges::find(out.options, step) == out.options.end()) {
      at.complain(value.place, fmt::format("`{}` is no option of this choice; there are: {}", step,
                                           listed(out.options)));
    }
    read::amount(quantity(Dimension::money, -1e14, 1e14), true)(
        value, at, out.besides.emplace_back(step, Amount{}).second);
  });
}

/// `{by: attribute, case: step}`, `{chance: {step: 30 %}}`, `{least_cost: [steps]}` or
/// `{logit: [steps]}`.
void read_choose(Node& node, const Spot& spot, Choose& out) {
  if (node.find("by") != nullptr) {
    for (const Case& option : read_cases(node, spot, out.by)) {
      read::mention(Mention::What::step)(option.node, option.spot,
                                         out.cases.emplace_back(option.name, "").second);
    }
    return;
  }
  Fields fields{node, spot};
  const bool chance =
      fields.optional("chance", out.shares, [](Node& map, const Spot& at, auto& shares) {
        each_entry(map, at, [&](const std::string& step, Node& value, const Spot& s) {
          s.mention(Mention::What::step, step, value.place);
          read::amount(share(0, 1e9))(value, s, shares.emplace_back(step, Amount{}).second);
        });
      });
  const bool cheapest =
      fields.optional("least_cost", out.options, read::mention(Mention::What::step));
  const bool logit = fields.optional("logit", out.options, read::mention(Mention::What::step));
  out.kind =
      cheapest ? Choose::Kind::least_cost : (logit ? Choose::Kind::logit : Choose::Kind::chance);
  if (cheapest || logit) {
    fields.required("value_of_time", out.value_of_time,
                    read::amount(quantity(Dimension::money_per_time, 0, 1e9), true));
    if (Node* besides = fields.take("besides")) read_besides(*besides, spot / "besides", out);
  }
  if (logit) {
    fields.required("scale", out.scale,
                    read::amount(quantity(Dimension::money, 0, 1e14).positive(), true));
  }
  fields.done();
  if (node.is_map() && chance + cheapest + logit != 1) {
    spot.complain(node.place,
                  "chooses either `by` an attribute, by `chance`, by `least_cost` or by `logit`");
  }
}

/// `landed`, or `{start: called, end: admitted}`.
void read_marks(Node& node, const Spot& spot, Step& step) {
  if (!node.is_map()) return read::name(node, spot, step.marks);
  Fields fields{node, spot};
  fields.optional("start", step.marks_start, read::name);
  fields.optional("end", step.marks, read::name);
  fields.done();
}

/// Whether a number in `node` is one of working days.
bool counts_working_days(const Node& node) {
  if (node.is_scalar()) {
    const auto split = split_number(node.text);
    return split && split->unit == "wd";
  }
  return std::ranges::any_of(node.items, counts_working_days) ||
         std::ranges::any_of(node.entries, [](const Node::Entry& entry) {
           return counts_working_days(entry.value);
         });
}

void read_takes(Node& node, const Spot& spot, Step& step) {
  step.in_working_days = counts_working_days(node);
  const Number number = step.in_working_days ? working_days() : duration();
  read::takes(number)(node, spot, step.takes.emplace());
}

void read_batch(Node& node, const Spot& spot, Batch& out) {
  Fields fields{node, spot};
  fields.required("size", out.size, read::number(count(1, 1e6)));
  fields.defaulted("at_most", Node::scalar("0 h"), out.at_most, read::number(duration()));
  fields.optional("or_at", out.or_at, [](const Node& at, const Spot& s, Await& time) {
    const auto before = s.notes().errors.size();
    read_await(at, s, time);
    if (s.notes().errors.size() == before && time.kind != Await::Kind::time) {
      s.complain(at.place, fmt::format("`{}` is a mark; a batch leaves at a time that is known: "
                                       "`ship.due`, `self.due - 1 h`",
                                       at.text));
    }
  });
  fields.done();
}

void read_repeat(Node& node, const Spot& spot, Repeat& out) {
  Fields fields{node, spot};
  fields.required("while", out.again, read_when);
  fields.required("at_most", out.at_most, read::amount(count(1, 1000)));
  fields.done();
}

void read_slowed_by(Node& node, const Spot& spot, SlowedBy& out) {
  if (!check_kind(node, Node::Kind::map, spot)) return;
  if (node.entries.size() != 1) {
    return spot.complain(node.place,
                         "expected one resource and how full it is: `{slot: {80 %: 1.3}}`");
  }
  Node::Entry& entry = node.entries.front();
  out.resource = entry.key;
  const Spot at = spot / entry.key;
  if (!check_kind(entry.value, Node::Kind::map, at)) return;
  for (Node::Entry& level : entry.value.entries) {
    const auto from = read_number(level.key, share());
    if (!from) at.complain(level.place, from.error());
    double times = 1;
    read::number(plain(1, 100))(level.value, at / level.key, times);
    out.factors.emplace_back(from.value_or(1), times);
  }
  std::ranges::sort(out.factors);
}

}  // namespace

void read_when(Node& node, const Spot& spot, When& out) {
  if (node.is_scalar()) {
    if (node.text == "true") return;
    out.impossible = node.text == "false";
    if (!out.impossible) read::condition(node, spot, out.condition);
    return;
  }
  Fields fields{node, spot};
  fields.required("chance", out.chance.emplace(), read::amount(share()));
  fields.optional("if", out.condition, read::condition);
  fields.optional("draw", out.draw, read::name);
  fields.done();
}

void bind_step(Node& node, const Spot& spot, Step& step) {
  Fields fields{node, spot};
  fields.optional("at", step.at, read::mention(Mention::What::facility));
  fields.defaulted("after", empty_list(), step, read_after);
  fields.defaulted("when", Node::scalar("true"), step.when, read_when);
  fields.defaulted("awaits", empty_list(), step.awaits, read_awaits);
  fields.defaulted("needs", empty_list(), step.needs, read_needs);
  fields.defaulted("holds", empty_map(), step.holds, read_holds);
  fields.defaulted("priority", Node::scalar("0"), step.priority,
                   read::amount(plain(-1e6, 1e6), true));
  fields.optional("takes", step, read_takes);
  fields.optional("does", step.does, read::name);
  fields.optional("moves", step.moves, read_move);
  fields.optional("choose", step.choose, read_choose);
  fields.optional("marks", step, read_marks);
  fields.optional("batch", step.batch, read_batch);
  read_books(fields, step.books);
  fields.optional("repeat", step.repeat, read_repeat);
  fields.optional("slowed_by", step.slowed_by, read_slowed_by);
  fields.optional("patience", step.patience, read::takes(duration()));
  fields.optional("renege", step.renege, read::mention(Mention::What::step));
  fields.defaulted("adjusts", empty_list(), step.adjusts, read_adjusts);
  fields.optional("creates", step.creates, read::mention(Mention::What::members));
  fields.not_yet("binds");
  fields.done();
  if (step.batch && (!step.holds.empty() || !step.does.empty() || step.moves)) {
    spot.complain(node.place,
                  "a batch is one service of all its members: it cannot hold, do or move; "
                  "let a step after it do so");
  }
  const bool more =
      step.batch || step.choose || !step.holds.empty() || !step.does.empty() || step.moves;
  if (step.repeat && (more || !step.takes)) {
    spot.complain(node.place,
                  "what repeats is one service: it needs `takes`, and cannot batch, choose, hold, "
                  "do or move; let a step after it do so");
  }
  if (step.slowed_by && !step.takes) {
    spot.complain(node.place, "`slowed_by` lengthens `takes`, which is missing");
  }
  if (step.patience.has_value() != !step.renege.empty()) {
    spot.complain(node.place, "`patience` and `renege` go together: how long, and what comes then");
  }
  const bool waits = !step.needs.empty() || !step.holds.empty();
  if (step.patience && (!waits || step.batch || step.choose || step.repeat)) {
    spot.complain(node.place,
                  "whose patience ends waits for `needs` or `holds` of its own: it cannot batch, "
                  "choose or repeat; let a step after it do so");
  }
  if (step.does.empty() + !step.moves + !step.takes < 2) {
    spot.complain(node.place, "has more than one of `takes`, `does` and `moves`");
  }
}

}  // namespace portflow::spec

#include <fmt/format.h>

#include "core/words.hpp"
#include "spec/binders.hpp"

namespace portflow::spec {
namespace {

const std::vector<std::string> units{"1", "%", "ms", "s", "min", "h", "d", "TEU", "t", "CNY"};

/// A number in `unit`, or written with another unit of the same dimension.
void read_target(Node& node, const Spot& spot, Kpi& kpi) {
  const auto unit = find_unit(kpi.unit);
  if (!unit) return;
  Number number{unit->dimension, -1e15, 1e15};
  if (kpi.unit != "1") number.assumed = kpi.unit;
  double value = 0;
  read::number(number)(node, spot, value);
  kpi.target = unit->factor < 1 ? value * (1 / unit->factor) : value / unit->factor;
}

/// `gate.lane`, a resource of any facility.
void read_outage(Node& node, const Spot& spot, Kpi& kpi) {
  Fields fields{node, spot};
  fields.required("of", kpi.of, [](const Node& value, const Spot& at, std::string& out) {
    if (!check_kind(value, Node::Kind::scalar, at)) return;
    const auto dot = value.text.find('.');
    if (dot == std::string::npos) {
      return at.complain(value.place, "expected `facility.resource`");
    }
    out = value.text;
    at.mention(Mention::What::adjusted, out.substr(0, dot), value.place, {out.substr(dot + 1)});
  });
  fields.done();
}

/// What of which ledger is added up.
void read_ledger(Fields& fields, Kpi& kpi) {
  fields.defaulted("book", Node::scalar("costs"), kpi.book, read::one_of({"costs", "risks"}));
  const std::vector<std::string> book{name_of(kpi.book)};
  std::optional<Dimension> measures;
  if (const auto unit = find_unit(kpi.unit)) measures = unit->dimension;
  const auto known = [&](Mention::What what) {
    return [&, what](const Node& value, const Spot& spot, std::string& out) {
      read::name(value, spot, out);
      if (!out.empty()) spot.mention(what, out, value.place, book, measures);
    };
  };
  const bool listed =
      fields.optional("items", kpi.items, [&](Node& list, const Spot& in, auto& out) {
        each_item(list, in, [&](Node& item, const Spot& s) {
          known(Mention::What::item)(item, s, out.emplace_back());
        });
      });
  if (kpi.book == Ledger::costs) {
    fields.optional("payer", kpi.payer, known(Mention::What::party));
    fields.optional("payee", kpi.payee, known(Mention::What::party));
    return;
  }
  fields.optional("bearer", kpi.bearer, known(Mention::What::party));
  // All that is booked: it must all be of one unit.
  if (!listed) {
    fields.spot().mention(Mention::What::ledger, {}, fields.node().place, book, measures);
  }
}

void read_fold(Node& node, const Spot& spot, Kpi& kpi) {
  using Kind = Kpi::Kind;
  Fields fields{node, spot};
  fields.required("of", kpi.of, read::mention(Mention::What::type));
  const Spot at = spot.in({Scope::Kind::kpi, kpi.name, {}, kpi.of});
  fields.optional("where", kpi.where, [&](const Node& value, const Spot&, Condition& out) {
    read::condition(value, at / "where", out);
  });
  const auto mark = [&](const std::vector<std::string>& words) {
    return [&at, words](const Node& value, const Spot& field, std::string& out) {
      read::name(value, field, out);
      if (out.empty()) return;
      const auto key = field.path().substr(field.path().rfind('.') + 1);
      (at / key).mention(Mention::What::mark, out, value.place, words);
    };
  };
  const bool spans = kpi.kind == Kind::span ||
                     (kpi.kind == Kind::share && (fields.has("from") || fields.has("over")));
  if (spans) {
    fields.required("from", kpi.from, mark({"created"}));
    fields.required("to", kpi.to, mark({"done"}));
  }
  if (spans && kpi.kind == Kind::share) fields.required("over", kpi.over, read::number(duration()));
  if (!spans && kpi.kind == Kind::share) fields.required("marked", kpi.marked, mark({}));
  if (kpi.kind == Kind::count) fields.optional("marked", kpi.marked, mark({}));
  if (kpi.kind == Kind::share || kpi.kind == Kind::count) {
    fields.optional("weight", kpi.weight, [&](const Node& value, const Spot&, std::string& out) {
      read::text(value, at / "weight", out);
      // A share of weights has no unit left; a sum of them has theirs.
      std::optional<Dimension> expected;
      if (kpi.kind == Kind::count && !kpi.unit.empty()) expected = find_unit(kpi.unit)->dimension;
      (at / "weight").mention_number(out, value.place, expected);
    });
  }
  if (kpi.kind == Kind::ledger) read_ledger(fields, kpi);
  fields.done();
}

/// \param in  the spot of the KPI, where attributes are those of its entities
void read_release_study(Node& node, const Spot& in, ReleaseStudy& study) {
  Fields fields{node, in};
  const auto attribute = [&](const std::string& key, std::string& out) {
    Node* value = fields.take(key);
    if (value == nullptr || !check_kind(*value, Node::Kind::scalar, in / key)) return;
    out = value->text;
    (in / key).mention(Mention::What::category, out, value->place);
  };
  attribute("mode", study.mode);
  fields.optional("channel", study.channel, [&](Node& list, const Spot& at, auto& out) {
    each_item(list, at, [&](Node& item, const Spot& s) {
      std::string& word = out.emplace_back();
      read::name(item, s, word);
      if (!word.empty()) s.mention(Mention::What::mark, word, item.place, {});
    });
  });
  attribute("goods", study.goods);
  attribute("trader", study.trader);
  fields.done();
}

/// A risk is a number of events, or what is lost in money or in time.
void check_risk_unit(const Kpi& kpi, const Spot& spot) {
  const Dimension dimension = find_unit(kpi.unit)->dimension;
  if (is_bare(dimension) || dimension == Dimension::money || dimension == Dimension::time) return;
  spot.complain(kpi.place,
                fmt::format("risks are events (`1` or `%`), money or time, not `{}`", kpi.unit));
}

/// Whether the unit measures what the fold gives. \pre the unit is known.
void check_unit(const Kpi& kpi, const Spot& spot) {
  const Dimension dimension = find_unit(kpi.unit)->dimension;
  if (kpi.kind == Kpi::Kind::ledger && kpi.book == Ledger::risks) return check_risk_unit(kpi, spot);
  const bool time = kpi.kind == Kpi::Kind::span || kpi.kind == Kpi::Kind::outage;
  if (time != (dimension == Dimension::time)) {
    return spot.complain(kpi.place, time ? "a span or an outage is measured in ms, s, min, h or d"
                                         : "only a span or an outage is measured in units of time");
  }
  if (kpi.kind == Kpi::Kind::share && !is_bare(dimension)) {
    spot.complain(kpi.place, fmt::format("a share is no {}; its unit is `%` or `1`", kpi.unit));
  }
  if (kpi.kind == Kpi::Kind::ledger && dimension != Dimension::money) {
    spot.complain(kpi.place, "a ledger adds up money, so its unit is `CNY`");
  }
  const bool entities =
      kpi.kind == Kpi::Kind::unfinished || (kpi.kind == Kpi::Kind::count && kpi.weight.empty());
  if (entities && dimension != Dimension::plain) {
    spot.complain(
        kpi.place,
        fmt::format("counts entities, so its unit is `1`, not `{}`{}", kpi.unit,
                    kpi.kind == Kpi::Kind::count ? "; a `weight` would make it a sum" : ""));
  }
}

void bind_kpi(Node& node, const Spot& spot, Kpi& kpi) {
  kpi.place = node.place;
  kpi.title = {kpi.name, kpi.name};
  Fields fields{node, spot};
  // First: a weight is judged by it.
  fields.required("unit", kpi.unit, read::WordReader{units});
  const std::vector<std::string> kinds{"span", "share", "count", "unfinished", "ledger", "outage"};
  int given = 0;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    Node* fold = fields.take(kinds[i]);
    if (fold == nullptr) continue;
    ++given;
    kpi.kind = static_cast<Kpi::Kind>(i);
    (kpi.kind == Kpi::Kind::outage ? read_outage : read_fold)(*fold, spot / kinds[i], kpi);
  }
  if (node.is_map() && given != 1) {
    spot.complain(node.place, fmt::format("needs exactly one of {}", listed(kinds)));
  }
  fields.required("better", kpi.better, read::one_of({"lower", "higher", "neither"}));
  if (kpi.kind == Kpi::Kind::span) {
    fields.defaulted("statistic", Node::scalar("mean"), kpi.statistic,
                     read::one_of({"mean", "p50", "p90", "p95", "max"}));
  }
  if (kpi.kind == Kpi::Kind::ledger) {
    fields.defaulted("statistic", Node::scalar("mean"), kpi.statistic,
                     read::one_of({"mean", "sum"}));
  }
  if (Node* target = fields.take("target")) read_target(*target, spot / "target", kpi);
  const auto read_by = [&](Node& list, const Spot& at, std::vector<std::string>& out) {
    const Spot in = at.in({Scope::Kind::kpi, kpi.name, {}, kpi.of});
    each_item(list, in, [&](Node& item, const Spot& s) {
      if (!check_kind(item, Node::Kind::scalar, s)) return;
      out.push_back(item.text);
      s.mention(Mention::What::category, item.text, item.place);
    });
  };
  if (kpi.kind != Kpi::Kind::outage) fields.optional("by", kpi.by, read_by);  // of entities only
  if (kpi.kind == Kpi::Kind::span && kpi.statistic == "mean") {
    fields.optional(
        "release_study", kpi.release_study, [&](Node& study, const Spot& at, auto& out) {
          read_release_study(study, at.in({Scope::Kind::kpi, kpi.name, {}, kpi.of}), out);
        });
  }
  fields.optional("title", kpi.title, read::label);
  fields.optional("definition", kpi.definition, read::label);
  fields.done();
  if (given == 1 && !kpi.unit.empty()) check_unit(kpi, spot);
}

}  // namespace

void bind_kpis(Node& node, const Spot& spot, Scenario& scenario) {
  each_entry(node, spot, [&](const std::string& name, Node& entry, const Spot& at) {
    Kpi& kpi = scenario.kpis.emplace_back();
    kpi.name = name;
    bind_kpi(entry, at, kpi);
  });
}

}  // namespace portflow::spec

#include "analysis/trace_diff.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "core/hash.hpp"

namespace portflow::analysis {
namespace {

/// One trace, read a day at a time.
struct Side {
  Side(const Record& record, Facts::Dictionary& common)
      : facts(record, common), days(record.reader().days({})) {}

  /// Reads on where the batch was used up.
  Result<void> fill() {
    if (!used || over) return {};
    const auto more = days.next(batch);
    if (!more) return tl::unexpected(more.error());
    over = !*more;
    used = false;
    return {};
  }

  /// The day of the batch; the last there is once it is over.
  [[nodiscard]] SimTime day() const {
    SimTime first = SimTime::max();
    const auto look = [&](const auto& rows) {
      if (!rows.empty()) first = std::min(first, rows.front().at);
    };
    look(batch.born);
    look(batch.marks);
    look(batch.steps);
    look(batch.ended);
    look(batch.paths);
    look(batch.moves);
    look(batch.levels);
    look(batch.ledger);
    return over ? SimTime::max() : std::chrono::floor<Days>(first);
  }

  Facts facts;
  trace::Reader::Days days;
  trace::Batch batch;
  bool used{true}, over{false};
};

auto order_of(const Fact& fact) {
  return std::tuple(fact.at, fact.who, fact.what, fact.content);
}

/// An unpaired row that may still find its partner.
struct Key {
  trace::EntityId who;
  std::uint32_t what;
  FactTable table;
  bool operator==(const Key&) const = default;
};

struct KeyHash {
  std::size_t operator()(const Key& key) const noexcept {
    return chain(key.who, (std::uint64_t{key.what} << 8) | static_cast<std::uint64_t>(key.table));
  }
};

/// Unpaired rows of one entity and step, oldest first; all of one side. There is seldom more than
/// one, and in traces that have little in common there are millions of these.
struct Waiting {
  std::vector<SimTime> rows;
  bool of_b{false};
};

class Differ {
 public:
  Differ(const Arms& arms, TraceDiff& result)
      : result_(result), a_(arms.a, common_), b_(arms.b, common_) {
    for (std::size_t i = 0; i < fact_tables; ++i) {
      const auto table = static_cast<FactTable>(i);
      result_.tables[i].table = table;
      result_.tables[i].in_both = holds(arms.a, table) && holds(arms.b, table);
    }
  }

  Result<void> run() {
    for (;;) {
      for (Side* side : {&a_, &b_}) {
        if (auto read = side->fill(); !read) return read;
      }
      if (a_.over && b_.over) break;
      const SimTime day = std::min(a_.day(), b_.day());
      const bool in_a = a_.day() == day;
      const bool in_b = b_.day() == day;
      compare(in_a, in_b);
      if (in_a) a_.used = true;
      if (in_b) b_.used = true;
    }
    return {};
  }

 private:
  /// A row that the other trace does not have, and whose it is.
  struct Odd {
    Fact fact;
    FactTable table;
    bool of_b;
  };

  static bool holds(const Record& record, FactTable table) {
    const auto tables = record.reader().tables();
    return std::ranges::find(tables, name_of(table), &trace::Reader::Table::name) != tables.end();
  }

  void compare(bool in_a, bool in_b) {
    std::vector<Odd> odd;
    for (TableDiff& table : result_.tables) {
      if (!table.in_both) continue;
      const auto a = in_a ? a_.facts.of(a_.batch, table.table) : std::vector<Fact>{};
      const auto b = in_b ? b_.facts.of(b_.batch, table.table) : std::vector<Fact>{};
      cancel(a, b, table, odd);
    }
    std::ranges::stable_sort(odd, {}, [](const Odd& one) { return one.fact.at; });
    for (const Odd& one : odd) settle(one);
  }

  static void cancel(const std::vector<Fact>& a, const std::vector<Fact>& b, TableDiff& table,
                     std::vector<Odd>& odd) {
    auto at_a = a.begin();
    auto at_b = b.begin();
    while (at_a != a.end() || at_b != b.end()) {
      if (at_b == b.end() || (at_a != a.end() && order_of(*at_a) < order_of(*at_b))) {
        odd.push_back({*at_a++, table.table, false});
      } else if (at_a == a.end() || order_of(*at_b) < order_of(*at_a)) {
        odd.push_back({*at_b++, table.table, true});
      } else {
        ++table.same;
        ++at_a;
        ++at_b;
      }
    }
  }

  void settle(const Odd& one) {
    const Key key{one.fact.who, one.fact.what, one.table};
    open(result_.first, first_, key, one);
    if (one.fact.who != trace::no_entity) open(result_.first_entity, first_entity_, key, one);
    TableDiff& table = result_.tables[static_cast<std::size_t>(one.table)];
    Waiting& waiting = waiting_[key];
    if (waiting.rows.empty() || waiting.of_b == one.of_b) {
      waiting.of_b = one.of_b;
      waiting.rows.push_back(one.fact.at);
      ++(one.of_b ? table.extra : table.missing);
      return;
    }
    if (key == first_) say(*result_.first, one);
    if (key == first_entity_) say(*result_.first_entity, one);
    ++(waiting.rows.front() == one.fact.at ? table.changed : table.moved);
    --(one.of_b ? table.missing : table.extra);
    waiting.rows.erase(waiting.rows.begin());
    if (waiting.rows.empty()) waiting_.erase(key);
  }

  /// Notes where the traces part, if they have not yet.
  void open(std::optional<Parting>& parting, Key& of, const Key& key, const Odd& one) {
    if (parting) return;
    parting = Parting{one.fact.at, one.table, one.fact.who, {}, {}};
    of = key;
    say(*parting, one);
  }

  /// Notes what a row of the parting says, the first of each side.
  void say(Parting& parting, const Odd& one) {
    auto& text = one.of_b ? parting.in_b : parting.in_a;
    if (text) return;
    const Side& side = one.of_b ? b_ : a_;
    text = side.facts.say(side.batch, one.table, one.fact.row);
  }

  TraceDiff& result_;
  Facts::Dictionary common_;
  Side a_, b_;
  Key first_{}, first_entity_{};
  std::unordered_map<Key, Waiting, KeyHash> waiting_;
};

}  // namespace

Result<TraceDiff> diff_of(const Arms& arms) {
  TraceDiff result;
  const std::string& fingerprint = arms.a.schema().fingerprint;
  result.same_fingerprint = !fingerprint.empty() && fingerprint == arms.b.schema().fingerprint;
  if (result.same_fingerprint) return result;
  Differ differ(arms, result);
  if (auto done = differ.run(); !done) return tl::unexpected(done.error());
  return result;
}

}  // namespace portflow::analysis

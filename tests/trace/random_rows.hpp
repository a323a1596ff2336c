/// \file random_rows.hpp
/// A schema and random rows that fit it, for tests of the record and its file.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "trace/batch.hpp"
#include "trace/schema.hpp"
#include "trace/stored_rows.hpp"
#include "trace/writer.hpp"

namespace portflow::trace {

inline Schema small_schema() {
  Schema schema;
  schema.scenario_name = "two berths";
  schema.scenario_title = {"两个泊位", "Two berths"};
  schema.scenario_text = "name: two berths # 泊位\n";
  schema.measures = {"night_gate", "paperless"};
  schema.engine = "0.1.0";
  schema.build = "0.1.0+5d41402abc4b2a76";
  schema.seed = 0xfedcba9876543210ULL;
  schema.replication = 7;
  schema.from = midnight({2024, 6, 1});
  schema.to = midnight({2024, 7, 1});
  schema.cohort_from = midnight({2024, 6, 3});
  schema.follow = std::chrono::days{30};
  schema.level_span = std::chrono::minutes{15};
  schema.kpi_definitions = R"([{"id": "dwell"}])";
  schema.map_folder = "map";
  schema.marks = {"berthed", "cleared", "gone"};
  schema.steps = {"import.berth", "import.discharge", "import.inspect", "import.gate"};
  schema.roles = {
      {"liners",
       "ship",
       "call",
       "import",
       "ship",
       {{"teu", "TEU", {}}, {"late", "", {"no", "yes"}}}},
      {"liners/lots", "lot", "import", "import", "", {}},
      {"liners/lots/boxes",
       "box",
       "import",
       "import",
       "truck",
       {{"weight", "t", {}}, {"goods", "", {"矿石", "grain", "cars"}}, {"value", "fen", {}}}}};
  schema.resources = {{"quay.berth", 0, "berth", 0}, {"gate.lane", 1, "lane", 1.8e6 / 7}};
  schema.facilities = {{"quay", "quay", {"码头", "Quay"}, 121.65, 38.93, true, "quay.berth"},
                       {"gate", "gate", {"闸口", "Gate"}, 0, 0, false, "gate.lane"}};
  schema.routes = {{"sea > quay", "sea", {121.9, 121.65}, {38.8, 38.93}},
                   {"quay > gate", "road", {121.65, 121.6}, {38.93, 38.95}}};
  schema.items = {{"storage", "fen", "shipper", "terminal"}, {"delay_risk", "", "", ""}};
  return schema;
}

/// Rows of all tables over `days` from 2024-06-01, about `rows` a table, sorted by `at`.
class RandomRows {
 public:
  explicit RandomRows(std::uint64_t seed) : bits_(seed) {}

  Batch batch(std::size_t rows, std::int64_t days, const Schema& schema,
              SimTime from = midnight({2024, 6, 1})) {
    const std::int64_t length = days * 86'400'000;
    Batch all;
    SimTime at = from;
    const auto step = [&] {
      at += Duration{below(1 + 2 * length / static_cast<std::int64_t>(rows + 1))};
      return at;
    };
    const auto restart = [&](std::size_t base) {
      at = from;
      return base - base / 10 +
             static_cast<std::size_t>(below(1 + static_cast<std::int64_t>(base / 5)));
    };
    for (std::size_t n = restart(rows); n > 0; --n) {
      const auto role = code(schema.roles.size());
      all.born.push_back(birth(step(), role, schema, all.born));
      for (const auto& attribute : schema.roles[role].attributes) {
        all.attributes.push_back(attribute.categories.empty()
                                     ? std::ldexp(static_cast<double>(below(1 << 30)), -9)
                                     : static_cast<double>(code(attribute.categories.size())));
      }
    }
    for (std::size_t n = restart(rows); n > 0; --n) {
      const SimTime end = step();
      const SimTime start = end - span();
      all.steps.push_back({end, start - span(), start, id(), code(schema.steps.size()),
                           maybe_code(schema.resources.size())});
    }
    for (const StepDone& set : all.steps) {
      // Most with a step that ended, some with none, some that come twice.
      for (std::int64_t n = below(3); n > 0; --n) {
        const EntityId entity = below(8) == 0 ? id() : set.entity;
        all.marks.push_back(
            {set.at, entity, code(schema.marks.size()), static_cast<std::uint8_t>(below(2))});
      }
    }
    for (std::size_t n = restart(rows); n > 0; --n) {
      Ended row{
          step(), at - span(), at - Duration{below(864'000'000)}, id(), code(schema.roles.size()),
          {}};
      for (auto& ticks : row.ticks_by_cause) ticks = below(100'000'000);
      all.ended.push_back(row);
    }
    std::vector<std::vector<PathPart>> known;
    for (const Ended& end : all.ended) add_path(end, schema, known, all.paths);
    for (std::size_t n = restart(rows); n > 0; --n) {
      const SimTime end = step();
      all.moves.push_back(
          {end, end - span(), end, id(), code(schema.routes.size()), code(schema.roles.size())});
    }
    for (std::size_t n = restart(rows); n > 0; --n) {
      all.levels.push_back({step(), Duration{900'000}, below(1 << 30), below(1 << 30),
                            below(1 << 30), below(1 << 30), small(), small(), small(), small(),
                            small(), code(schema.resources.size())});
    }
    for (std::size_t n = restart(rows); n > 0; --n) {
      all.ledger.push_back({step(), LedgerParts{below(1 << 30) - 100'000'000}, maybe_id(),
                            code(schema.items.size())});
    }
    return all;
  }

  std::int64_t below(std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>(0, most - 1)(bits_);
  }

 private:
  std::uint64_t id() { return bits_(); }
  std::uint64_t maybe_id() { return below(3) == 0 ? no_entity : bits_(); }
  std::uint32_t small() { return static_cast<std::uint32_t>(below(5000)); }
  std::uint16_t code(std::size_t names) {
    return static_cast<std::uint16_t>(below(static_cast<std::int64_t>(names)));
  }
  std::uint16_t maybe_code(std::size_t names) { return below(5) == 0 ? no_code : code(names); }
  Duration span() { return Duration{below(7'200'000)}; }

  /// Half of them are called as their names say, the others anyhow.
  Born birth(SimTime at, std::uint16_t role, const Schema& schema,
             const std::vector<Born>& before) {
    Born born{at, id(), maybe_id(), small(), role};
    if (below(2) == 0) return born;
    const bool alone = before.empty() || below(3) == 0;
    born.parent =
        alone ? no_entity
              : before[static_cast<std::size_t>(below(static_cast<std::int64_t>(before.size())))]
                    .entity;
    born.entity = hash_of_name(word_hash_of(schema.roles[role].name), born.ordinal, born.parent);
    return born;
  }

  /// Back from the end of an entity: segments of its own, then often the rest of an earlier path.
  void add_path(const Ended& end, const Schema& schema, std::vector<std::vector<PathPart>>& known,
                std::vector<PathPart>& paths) {
    const std::size_t first = paths.size();
    SimTime until = end.end;
    for (std::int64_t n = below(4); n > 0; --n) {
      const SimTime begin = until - span();
      paths.push_back({end.at, begin, until, end.entity, below(3) == 0 ? id() : end.entity,
                       maybe_id(), maybe_code(schema.steps.size()),
                       maybe_code(schema.resources.size()), static_cast<Cause>(code(cause_count))});
      until = begin;
    }
    if (!known.empty() && paths.size() > first && below(3) > 0) {
      const auto& other =
          known[static_cast<std::size_t>(below(static_cast<std::int64_t>(known.size())))];
      paths.back().begin = other.front().end;
      for (PathPart part : other) {
        part.at = end.at;
        part.entity = end.entity;
        paths.push_back(part);
      }
    }
    if (paths.size() == first || paths.size() - first > 30) return;
    const auto from =
        first + static_cast<std::size_t>(below(static_cast<std::int64_t>(paths.size() - first)));
    known.emplace_back(paths.begin() + static_cast<std::ptrdiff_t>(from), paths.end());
    if (known.size() > 50) known.erase(known.begin());
  }

  std::mt19937_64 bits_;
};

/// The values of a row, for comparing rows bit by bit without their padding.
inline auto tied(const Born& r) {
  return std::tuple(r.at, r.entity, r.parent, r.ordinal, r.role);
}
inline auto tied(const MarkSet& r) {
  return std::tuple(r.at, r.entity, r.mark, r.is_void);
}
inline auto tied(const StepDone& r) {
  return std::tuple(r.at, r.ready, r.start, r.entity, r.step, r.resource);
}
inline auto tied(const Ended& r) {
  return std::tuple(r.at, r.end, r.created, r.entity, r.role, r.ticks_by_cause);
}
inline auto tied(const PathPart& r) {
  return std::tuple(r.at, r.begin, r.end, r.entity, r.owner, r.holder, r.step, r.resource, r.cause);
}
inline auto tied(const Moved& r) {
  return std::tuple(r.at, r.begin, r.end, r.entity, r.route, r.role);
}
inline auto tied(const Level& r) {
  return std::tuple(r.at, r.span, r.busy, r.queued, r.capacity, r.waited, r.started, r.queue_max,
                    r.queue_now, r.busy_now, r.capacity_now, r.resource);
}
inline auto tied(const Booked& r) {
  return std::tuple(r.at, std::bit_cast<std::uint64_t>(r.amount), r.entity, r.item);
}

template <class Row>
bool same_rows(const std::vector<Row>& a, const std::vector<Row>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Row& x, const Row& y) { return tied(x) == tied(y); });
}

/// Where two batches differ: the name of the first table that does, or nothing.
inline std::string difference(const Batch& a, const Batch& b) {
  const auto same_bits = [](double x, double y) {
    return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
  };
  if (!same_rows(a.born, b.born)) return "born";
  if (!std::equal(a.attributes.begin(), a.attributes.end(), b.attributes.begin(),
                  b.attributes.end(), same_bits)) {
    return "attributes";
  }
  if (!same_rows(a.marks, b.marks)) return "marks";
  if (!same_rows(a.steps, b.steps)) return "steps";
  if (!same_rows(a.ended, b.ended)) return "ended";
  if (!same_rows(a.paths, b.paths)) return "paths";
  if (!same_rows(a.moves, b.moves)) return "moves";
  if (!same_rows(a.levels, b.levels)) return "levels";
  if (!same_rows(a.ledger, b.ledger)) return "ledger";
  return {};
}

template <class Row>
void append(std::vector<Row>& to, const std::vector<Row>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

/// Remembers everything it is fed.
class Keep final : public Sink {
 public:
  void consume(const Batch& batch) override {
    append(whole.born, batch.born);
    append(whole.attributes, batch.attributes);
    append(whole.marks, batch.marks);
    append(whole.steps, batch.steps);
    append(whole.ended, batch.ended);
    append(whole.paths, batch.paths);
    append(whole.moves, batch.moves);
    append(whole.levels, batch.levels);
    append(whole.ledger, batch.ledger);
    ++batches;
    most_rows = std::max(most_rows, batch.rows());
  }
  Batch whole;
  std::size_t batches{0}, most_rows{0};
};

/// A folder that goes when the test goes.
class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "portflow-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

inline std::string first_message(const Fault& fault) {
  return fault.errors.empty() ? "" : fault.errors.front().text();
}

/// Writes `batch` to `path` in slices of about `slice` births and as many of each table.
/// \returns what finish() complained of, or nothing.
inline std::string write_trace(const std::string& path, const Schema& schema, const Batch& batch,
                               Detail level = Detail::full, bool force = false) {
  auto writer = Writer::open(path, schema, level, force);
  if (!writer) return first_message(writer.error());
  (*writer)->consume(batch);
  const auto done = (*writer)->finish("0123456789abcdef", 12345, midnight({2024, 7, 2}));
  return done ? "" : first_message(done.error());
}

}  // namespace portflow::trace

#include "trace/start.hpp"

#include <algorithm>

#include "trace/digest_rows.hpp"
#include "trace/stored_rows.hpp"

namespace portflow::trace {
namespace {

const std::optional<TableReader>& plain(const Tables& tables, Table table) {
  return tables.plain[static_cast<std::size_t>(table)];
}

/// Calls see(row) for rows [first, last) of a table while it says true.
template <class Row, class See>
void each_row(const TableReader& table, std::uint64_t first, std::uint64_t last, See&& see) {
  Unpacker unpacker;
  std::vector<Row> rows(chunk_rows);
  last = std::min(last, table.rows());
  for (std::uint64_t at = first; at < last;) {
    const std::uint64_t chunk = at / chunk_rows;
    if (table.read(chunk, rows.data(), unpacker) == 0) return;
    for (const std::uint64_t end = std::min(last, (chunk + 1) * chunk_rows); at < end; ++at) {
      if (!see(rows[at % chunk_rows])) return;
    }
  }
}

/// The head from which paths are to be read for that of ended row `end` to be whole, and the
/// segments before it: its path goes on at most most_back rows before its own.
void find_heads(const Tables& tables, std::uint64_t end, Start& start) {
  const auto& heads = plain(tables, Table::path_heads);
  if (!heads) return;
  start.head = end;
  std::uint64_t all = 0;
  each_row<PathHead>(*heads, 0, end, [&](const PathHead& head) {
    all += head.own;
    return true;
  });
  std::uint64_t before = 0;
  std::uint64_t number = 0;
  each_row<PathHead>(*heads, 0, end, [&](const PathHead& head) {
    if (before + head.own + most_back > all) return false;
    before += head.own;
    ++number;
    return true;
  });
  start.first_head = number;
  start.first_segment = before;
}

}  // namespace

Start start_before(const Tables& tables, const Schema& schema, SimTime at) {
  Start start;
  start.role_rows.assign(schema.roles.size(), 0);
  const auto& keyframes = plain(tables, Table::keyframes);
  const auto& role_rows = plain(tables, Table::role_rows);
  if (!keyframes || !role_rows || at == SimTime::min()) return start;
  bool found = false;
  Keyframe here;
  std::uint64_t next = role_rows->rows();
  each_row<Keyframe>(*keyframes, 0, keyframes->rows(), [&](const Keyframe& row) {
    if (row.at > at) {
      next = row.role_rows;
      return false;
    }
    here = row;
    found = true;
    return true;
  });
  if (!found) return start;
  start.at = here.at;
  start.rows = here.rows;
  each_row<RoleRows>(*role_rows, here.role_rows, next, [&](const RoleRows& row) {
    if (row.role < start.role_rows.size()) start.role_rows[row.role] = row.rows;
    return true;
  });
  find_heads(tables, here.rows[static_cast<std::size_t>(Table::ended)], start);
  return start;
}

}  // namespace portflow::trace

/// \file column.hpp
/// The layout of a trace file as data: which tables it has, and each table's columns with
/// type, unit and meaning.
///
/// One list serves the writer, the reader and docs/reference/trace.md, so that they cannot
/// drift apart. A column knows where its value lies in the row, hence one piece of code
/// writes and reads every table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "trace/schema.hpp"
#include "trace/writer.hpp"

namespace portflow::trace {

/// The type of a column's values, in memory and in the file (little-endian).
enum class Cell : std::uint8_t { i64, u64, f64, u32, u16, u8 };

/// Bytes of a value.
[[nodiscard]] std::size_t size_of(Cell cell) noexcept;

/// `int64`, `uint16`, ...
[[nodiscard]] std::string_view name_of(Cell cell) noexcept;

/// Which dictionary gives a column's codes their names.
enum class Codes : std::uint8_t { none, marks, steps, resources, routes, roles, items, causes };

/// `/dictionary/steps`; empty for none and for causes, whose names stand in the column itself.
[[nodiscard]] std::string dictionary_of(Codes codes);

/// How many names a dictionary has.
[[nodiscard]] std::size_t size_of(Codes codes, const Schema& schema) noexcept;

/// What of a value is stored. Differences are taken modulo 2^64 (2^32 for numbers of entities), so
/// that every value comes back, and begin anew in every chunk, so that chunks are read alone.
enum class Form : std::uint8_t {
  value,  ///< the value itself
  above,  ///< value - the value in the row above; in the first row of a chunk the value itself
  under,  ///< base - value, where `base` is another column of the row
  over,   ///< value - base
  swing,  ///< as above, with small numbers for differences of either sign (folded())
  /// end (1) - value - the causes (the columns that follow, to the last): nothing, where they
  /// account for all of the time.
  rest,
};

/// One column, one dataset.
struct Column {
  std::string name;
  Cell cell{Cell::i64};
  std::size_t offset{0};  ///< of the value in its row
  std::string unit;
  std::string definition;
  Codes codes{Codes::none};
  std::vector<std::string> categories;  ///< names of an attribute's codes, in order
  Form form{Form::value};
  std::size_t base{0};    ///< index of the column that a form refers to
  bool is_entity{false};  ///< in its row an EntityId, in the file its number
};

/// One table, one group.
struct Layout {
  std::string path;        ///< group in the file: `/steps`
  std::string definition;  ///< what a row is
  Detail least{Detail::kpi};
  std::size_t stride{0};  ///< bytes of a row in memory
  std::vector<Column> columns;
};

/// The unit of every instant in a file.
inline constexpr std::string_view time_unit = "ms since 1970-01-01 00:00 UTC+08:00";

/// The tables in the order of Batch. `/born` says who was born; what attributes they have stands in
/// the table of their role.
enum class Table : std::uint8_t {
  born,
  marks,
  steps,
  ended,
  paths,
  moves,
  levels,
  ledger,
  // derived from these while they are written (digest_rows.hpp)
  keyframes,
  alive,
  alive_steps,
  under_way,
  balances,
  role_rows,
  level_tiles,
  lane_tiles,
  path_heads,
  identities
};
inline constexpr std::size_t recorded_count = 8;
inline constexpr std::size_t table_count = 18;

/// The layout of a table that every trace has (in so far as its detail includes it).
[[nodiscard]] const Layout& layout_of(Table table);

/// Bytes of a column's value in memory.
[[nodiscard]] inline std::size_t row_size_of(const Column& column) noexcept {
  return column.is_entity ? sizeof(EntityId) : size_of(column.cell);
}

/// Paths of all tables that a trace of this level has, in the order of a checkpoint.
[[nodiscard]] std::vector<std::string> table_paths(const Schema& schema, Detail level);

/// Some columns of a table by themselves, numbers of entities as they are: what joins need to know
/// (StepKey, EndKey), and states (StepState).
[[nodiscard]] Layout step_key_layout();
[[nodiscard]] Layout end_key_layout();
[[nodiscard]] Layout step_state_layout();

/// The layout of `/entities/<role>`: 8 bytes for each attribute. A role without any has no table.
[[nodiscard]] Layout layout_of(const RoleInfo& role);

}  // namespace portflow::trace

/// \file column_make.hpp
/// Columns from members of rows.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "core/quantity.hpp"
#include "trace/column.hpp"

namespace portflow::trace {

template <class T>
constexpr Cell cell_of() {
  if constexpr (std::is_same_v<T, SimTime> || std::is_same_v<T, Duration> ||
                std::is_same_v<T, std::int64_t> || std::is_same_v<T, LedgerParts>) {
    return Cell::i64;
  } else if constexpr (std::is_same_v<T, std::uint64_t>) {
    return Cell::u64;
  } else if constexpr (std::is_same_v<T, double>) {
    return Cell::f64;
  } else if constexpr (std::is_same_v<T, std::uint32_t>) {
    return Cell::u32;
  } else if constexpr (std::is_same_v<T, std::uint16_t>) {
    return Cell::u16;
  } else {
    static_assert(sizeof(T) == 1);
    return Cell::u8;
  }
}

template <class Row, class T>
std::size_t offset_of(T Row::* member) {
  static const Row row{};
  return static_cast<std::size_t>(reinterpret_cast<const std::byte*>(&(row.*member)) -
                                  reinterpret_cast<const std::byte*>(&row));
}

template <class Row, class T>
Column column(std::string name, T Row::* member, std::string_view unit, std::string definition,
              Codes codes = Codes::none) {
  static_assert(std::is_trivially_copyable_v<Row> && std::is_standard_layout_v<Row>);
  return {std::move(name),
          cell_of<T>(),
          offset_of(member),
          std::string(unit),
          std::move(definition),
          codes,
          {},
          Form::value,
          0,
          false};
}

template <class Row>
Column when(std::string name, SimTime Row::* member, std::string definition) {
  return column(std::move(name), member, time_unit, std::move(definition));
}

/// `column`, stored in another form. \param base  index of the column that it refers to
inline Column stored(Form form, Column column, std::size_t base = 0) {
  column.form = form;
  column.base = base;
  return column;
}

/// A duration of which an instant of the row is made up.
template <class Row>
Column lasting(std::string name, SimTime Row::* member, Form form, std::size_t base,
               std::string definition) {
  return stored(form, column(std::move(name), member, "ms", std::move(definition)), base);
}

/// The first column of a table, whose rows are sorted by it.
template <class Row>
Column after(SimTime Row::* member, std::string_view what) {
  return lasting("after", member, Form::above, 0,
                 "`at`, " + std::string(what) +
                     ", as time since that of the row above; in rows 0, 16384, 32768, ... " +
                     std::string(time_unit));
}
template <class Row>
Column after(std::string_view what = "when this was recorded") {
  return after(&Row::at, what);
}

template <class Row>
Column entity(std::string name, EntityId Row::* member, std::string definition) {
  Column made = column(std::move(name), member, "", std::move(definition));
  made.cell = Cell::u32;
  made.is_entity = true;
  return made;
}
template <class Row>
Column entity(std::string definition = "number of the entity") {
  return entity("entity", &Row::entity, std::move(definition));
}

inline constexpr std::string_view less_above =
    "less that of the row above (rows 0, 16384, 32768, ...: itself)";
inline constexpr std::string_view no_code_means = "; 65535 where there is none";

/// The layouts of the tables that a writer derives (digest_rows.hpp).
[[nodiscard]] const Layout& digest_layout_of(Table table);

}  // namespace portflow::trace

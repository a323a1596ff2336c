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
                std::is_same_v<T, std::int64_t> || std::is_same_v<T, Fen>) {
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
          {}};
}

template <class Row>
Column when(std::string name, SimTime Row::* member, std::string definition) {
  return column(std::move(name), member, time_unit, std::move(definition));
}

template <class Row>
Column at(std::string definition = "when this was recorded") {
  return when("at", &Row::at, std::move(definition));
}

template <class Row>
Column entity(std::string definition = "hash of the entity's name, its `entity` in /entities") {
  return column("entity", &Row::entity, "", std::move(definition));
}

inline constexpr std::string_view no_code_means = "; 65535 where there is none";

/// The layouts of the tables that a writer derives (digest_rows.hpp).
[[nodiscard]] const Layout& digest_layout_of(Table table);

}  // namespace portflow::trace

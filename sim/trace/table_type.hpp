/// \file table_type.hpp
/// What writing and reading a table share: HDF5's names of our types, and the check of codes.
#pragma once

#include <cstring>
#include <optional>

#include "trace/column.hpp"
#include "trace/hdf5_handle.hpp"

namespace portflow::trace {

/// The type of a column in the file.
[[nodiscard]] inline hid_t file_type(Cell cell) {
  switch (cell) {
    case Cell::i64:
      return H5T_STD_I64LE;
    case Cell::u64:
      return H5T_STD_U64LE;
    case Cell::f64:
      return H5T_IEEE_F64LE;
    case Cell::u32:
      return H5T_STD_U32LE;
    case Cell::u16:
      return H5T_STD_U16LE;
    case Cell::u8:
      break;
  }
  return H5T_STD_U8LE;
}

/// The first of `count` codes, one every `stride` bytes, that is neither below `names` nor no_code.
[[nodiscard]] inline std::optional<std::uint16_t> stray_code(Cell cell, std::size_t stride,
                                                             const std::byte* at, std::size_t count,
                                                             std::size_t names) {
  if (cell == Cell::u8) {
    for (std::size_t i = 0; i < count; ++i, at += stride) {
      const auto code = std::to_integer<std::uint16_t>(*at);
      if (code >= names) return code;
    }
    return {};
  }
  for (std::size_t i = 0; i < count; ++i, at += stride) {
    std::uint16_t code = 0;
    std::memcpy(&code, at, sizeof code);
    if (code >= names && code != no_code) return code;
  }
  return {};
}

/// Whether a column holds codes, of a dictionary or of its own categories, and how many.
[[nodiscard]] inline std::optional<std::size_t> names_of(const Column& column,
                                                         const Schema& schema) {
  if (column.codes != Codes::none) return size_of(column.codes, schema);
  if (!column.categories.empty()) return column.categories.size();
  return {};
}

}  // namespace portflow::trace

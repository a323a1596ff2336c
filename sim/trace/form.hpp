/// \file form.hpp
/// Values of columns to what is stored of them, and back (Form in column.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "trace/column.hpp"

namespace portflow::trace {

/// The values of each column of a table for some rows, one after the other: what stands in a row,
/// or numbers of entities.
using Columns = std::vector<std::vector<std::byte>>;

/// What is stored of column `index` for the first `count` rows of a chunk.
/// \param room  where it is put, unless that is the values themselves
/// \returns where it stands
[[nodiscard]] const std::byte* to_stored(const Layout& layout, std::size_t index,
                                         const Columns& values, std::size_t count,
                                         std::vector<std::byte>& room);

/// Numbers of entities in the rows of a chunk, by column; empty for other columns.
using NumberColumns = std::vector<std::vector<std::uint32_t>>;

/// Puts values in the place of what was stored, for the first `columns` columns of a chunk's rows.
/// \param numbers  as stored, and then as they are
void from_stored(const Layout& layout, std::size_t columns, std::byte* rows, std::size_t count,
                 NumberColumns& numbers);

}  // namespace portflow::trace

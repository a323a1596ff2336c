/// \file rows_of_entity.hpp
/// The rows of one entity within rows sorted by entity.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "trace/rows.hpp"

namespace portflow::analysis {

/// \pre `rows` is sorted by entity.
template <class Row>
[[nodiscard]] std::span<const Row> rows_of_entity(const std::vector<Row>& rows,
                                                  trace::EntityId entity) {
  const auto range = std::ranges::equal_range(rows, entity, {}, &Row::entity);
  return {range.begin(), range.end()};
}

}  // namespace portflow::analysis

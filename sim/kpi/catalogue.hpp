/// \file catalogue.hpp
/// The kinds of fold. A new kind is one .cpp with a make function, and one line in the list.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "kpi/fold.hpp"

namespace portflow::kpi {

struct Kind {
  std::string_view name;
  std::unique_ptr<Fold> (*make)(const FoldOptions& options);
  std::string_view statistic;  ///< what its headline is; empty: as the definition says
};

/// Every kind, in name order.
[[nodiscard]] std::span<const Kind> kinds() noexcept;

/// The kind called `name`, or null.
[[nodiscard]] const Kind* find_kind(std::string_view name) noexcept;

}  // namespace portflow::kpi

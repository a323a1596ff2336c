#include "kpi/catalogue.hpp"

#include <algorithm>
#include <array>

namespace portflow::kpi {

std::unique_ptr<Fold> make_count(const FoldOptions& options);
std::unique_ptr<Fold> make_ledger(const FoldOptions& options);
std::unique_ptr<Fold> make_outage(const FoldOptions& options);
std::unique_ptr<Fold> make_share(const FoldOptions& options);
std::unique_ptr<Fold> make_span(const FoldOptions& options);
std::unique_ptr<Fold> make_unfinished(const FoldOptions& options);

namespace {

constexpr std::array catalogue{
    Kind{"count", &make_count, "sum"},    Kind{"ledger", &make_ledger, ""},
    Kind{"outage", &make_outage, "mean"}, Kind{"share", &make_share, "share"},
    Kind{"span", &make_span, ""},         Kind{"unfinished", &make_unfinished, "sum"},
};

}  // namespace

std::span<const Kind> kinds() noexcept {
  return catalogue;
}

const Kind* find_kind(std::string_view name) noexcept {
  const auto found = std::ranges::find(catalogue, name, &Kind::name);
  return found == catalogue.end() ? nullptr : &*found;
}

}  // namespace portflow::kpi

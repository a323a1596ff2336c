#include "cli/why_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <numeric>

namespace portflow::cli {
namespace {

constexpr std::array<std::string_view, cause_count> meanings{
    "being served, or served with others whose work it needed",
    "under way, or carried from one place to the next",
    "word or a document under way",
    "equipment had failed",
    "closed by its calendar",
    "in a queue, with others ahead",
    "first in the queue, but all units were held by others",
    "others were missing to fill the batch",
    "the timetable or the agreed time had not come",
    "whom it awaited had not been created yet"};

}  // namespace

std::string_view meaning_of(Cause cause) noexcept {
  return meanings[static_cast<std::size_t>(cause)];
}

std::string spaced(Cause cause) {
  std::string name(name_of(cause));
  std::ranges::replace(name, '_', ' ');
  return name;
}

std::array<std::size_t, cause_count> greatest_first(const analysis::CauseSums& sums) {
  std::array<std::size_t, cause_count> order{};
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater{}, [&](std::size_t i) { return std::abs(sums[i]); });
  return order;
}

SimTime shown(SimTime at) {
  return std::chrono::floor<std::chrono::seconds>(at);
}

std::string person(const analysis::Record& record, trace::EntityId entity) {
  return record.directory().type(entity) + " " + record.directory().spell(entity);
}

std::string padded(const std::string& text, std::size_t width) {
  return std::string(width > text.size() ? width - text.size() : 0, ' ') + text;
}

std::string share_text(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return "-";
  return fmt::format("{:.1f} %", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

}  // namespace portflow::cli

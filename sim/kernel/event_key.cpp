#include "kernel/event_key.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace portflow::kernel {
namespace {

std::string_view ending(std::uint64_t n) {
  if (n % 100 >= 11 && n % 100 <= 13) return "th";
  switch (n % 10) {
    case 1:
      return "st";
    case 2:
      return "nd";
    case 3:
      return "rd";
    default:
      return "th";
  }
}

}  // namespace

std::string to_text(const EventKey& key) {
  constexpr std::array<std::string_view, 4> ranks{"parameters", "release", "normal", "observe"};
  const auto nth = key.serial() + 1;
  return fmt::format("{} {} from process {}, its {}{}", portflow::to_text(key.at),
                     ranks.at(static_cast<std::size_t>(key.rank())),
                     static_cast<std::uint32_t>(key.source()), nth, ending(nth));
}

}  // namespace portflow::kernel

#include "policy/blame.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace portflow::policy {
namespace {

/// The first `count` words of a path such as `procedures.call.steps[2]`.
std::string stem(const std::string& path, std::size_t count) {
  std::size_t end = 0;
  for (; count > 0 && end != std::string::npos; --count) end = path.find_first_of(".[", end + 1);
  return path.substr(0, end);
}

}  // namespace

void blame(Error& error, const spec::Node& baseline, const std::vector<const Edit*>& active) {
  const auto own = [&](const Edit* edit) {
    return edit->effect->place.file == error.place.file &&
           error.path.starts_with(to_text(edit->path));
  };
  if (const auto found = std::ranges::find_if(active, own); found != active.end()) {
    const spec::Node* field = at(baseline, (*found)->path);
    if (field != nullptr) error.message += fmt::format(" ({})", place_text(field->place));
    return;
  }
  std::set<std::string> parts;
  for (const std::size_t words : {2u, 1u, 0u}) {
    for (const Edit* edit : active) {
      if (words > 0 && stem(to_text(edit->path), words) != stem(error.path, words)) continue;
      parts.insert(fmt::format("`{}` ({})", edit->part, place_text(edit->effect->place)));
    }
    if (!parts.empty()) break;
  }
  if (!parts.empty()) error.message += fmt::format("; edited by {}", fmt::join(parts, ", "));
}

}  // namespace portflow::policy

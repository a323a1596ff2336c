#include "analysis/well_formed.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace portflow::analysis_test {
namespace {

bool names(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') || letter == '-' || letter == ':';
}

std::string near(std::string_view page, std::size_t at) {
  return std::string(page.substr(at, 60));
}

/// Reads ` key="value"` up to the end of the tag. \returns false where it is no such thing.
bool attributes_fit(std::string_view rest) {
  while (!rest.empty()) {
    if (rest.front() != ' ') return false;
    rest.remove_prefix(1);
    std::size_t length = 0;
    while (length < rest.size() && names(rest[length])) ++length;
    if (length == 0 || !rest.substr(length).starts_with("=\"")) return false;
    rest.remove_prefix(length + 2);
    const std::size_t end = rest.find('"');
    if (end == std::string_view::npos) return false;
    rest.remove_prefix(end + 1);
  }
  return true;
}

bool known_entity(std::string_view text) {
  static constexpr std::array<std::string_view, 5> entities{"&amp;", "&lt;", "&gt;", "&quot;",
                                                            "&#39;"};
  return std::ranges::any_of(entities, [&](auto one) { return text.starts_with(one); });
}

}  // namespace

std::string fault_in(std::string_view page) {
  constexpr std::string_view type = "<!DOCTYPE html>\n";
  if (!page.starts_with(type)) return "no document type";
  std::vector<std::string> open;
  for (std::size_t at = type.size(); at < page.size(); ++at) {
    if (page[at] == '&' && !known_entity(page.substr(at))) return "bare &: " + near(page, at);
    if (page[at] == '>') return "bare >: " + near(page, at);
    if (page[at] != '<') continue;
    const std::size_t end = page.find('>', at);
    if (end == std::string_view::npos) return "open tag: " + near(page, at);
    std::string_view tag = page.substr(at + 1, end - at - 1);
    const bool closing = tag.starts_with('/'), empty = tag.ends_with('/');
    if (closing) tag.remove_prefix(1);
    if (empty) tag.remove_suffix(1);
    std::size_t length = 0;
    while (length < tag.size() && names(tag[length])) ++length;
    const std::string name(tag.substr(0, length));
    if (name.empty() || !attributes_fit(tag.substr(length))) return "bad tag: " + near(page, at);
    if (closing) {
      if (open.empty() || open.back() != name) return "closes another: " + near(page, at);
      open.pop_back();
    } else if (!empty) {
      open.push_back(name);
    }
    at = end;
  }
  return open.empty() ? std::string{} : "never closed: " + open.back();
}

std::string text_of_elements(std::string_view page, std::string_view name) {
  std::string result, start = "<", stop = "</";
  start += name;
  stop += name;
  for (std::size_t at = page.find(start); at != std::string_view::npos;
       at = page.find(start, at + 1)) {
    const char after = page[at + start.size()];
    if (after != ' ' && after != '>') continue;
    bool inside = false;
    for (const char letter : page.substr(at, page.find(stop, at) - at)) {
      if (letter == '<') inside = true;
      if (!inside) result += letter;
      if (letter == '>') inside = false;
    }
    result += '\n';
  }
  return result;
}

}  // namespace portflow::analysis_test

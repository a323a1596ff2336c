#include "spec/spot.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/words.hpp"

namespace portflow::spec {

Spot Spot::operator/(std::string_view key) const {
  Spot result = *this;
  if (!result.path_.empty()) result.path_ += '.';
  result.path_ += key;
  return result;
}

Spot Spot::item(std::size_t index) const {
  Spot result = *this;
  result.path_ += fmt::format("[{}]", index);
  return result;
}

Spot Spot::in(Scope scope) const {
  Spot result = *this;
  result.scope_ = notes_->scopes.size();
  notes_->scopes.push_back(std::move(scope));
  return result;
}

void Spot::complain(const Place& place, std::string message) const {
  notes_->errors.push_back({place, path_, std::move(message)});
}

void Spot::mention(Mention::What what, std::string name, const Place& place,
                   std::vector<std::string> cases, std::optional<Dimension> expected) const {
  notes_->mentions.push_back(
      {what, std::move(name), std::move(cases), place, path_, scope_, expected});
}

void Spot::mention_number(std::string name, const Place& place,
                          std::optional<Dimension> expected) const {
  mention(Mention::What::number, std::move(name), place, {}, expected);
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
  const auto near = nearest(word, known);
  return near.empty() ? "" : fmt::format(", did you mean `{}`?", near);
}

bool is_name(std::string_view text) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  if (text.empty() || !letter(text.front()) || text.back() == '-') return false;
  return std::ranges::all_of(
      text, [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-'; });
}

bool is_dotted_name(std::string_view text) {
  const auto dot = text.find('.');
  if (dot == std::string_view::npos) return is_name(text);
  return is_name(text.substr(0, dot)) && is_dotted_name(text.substr(dot + 1));
}

}  // namespace portflow::spec

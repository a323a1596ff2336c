#include "analysis/directory.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "core/fingerprint.hpp"
#include "core/words.hpp"

namespace portflow::analysis {
namespace {

/// Nothing nests deeper; a damaged record may bear itself.
constexpr int deepest = 16;

std::string not_known(std::string_view text) {
  return fmt::format("no entity '{}'", text);
}

}  // namespace

void Directory::consume(const trace::Batch& batch) {
  for (const trace::Born& born : batch.born) {
    if (born.role < schema_.roles.size()) born_.push_back(born);
  }
}

void Directory::close() {
  std::ranges::sort(born_, {}, &trace::Born::entity);
}

const trace::Born* Directory::find(trace::EntityId entity) const {
  const auto found = std::ranges::lower_bound(born_, entity, {}, &trace::Born::entity);
  return found == born_.end() || found->entity != entity ? nullptr : &*found;
}

std::string Directory::own_name(const trace::Born& born) const {
  return trace::entity_name(schema_, born.role, born.ordinal, {});
}

std::string Directory::spell(trace::EntityId entity) const {
  if (entity == trace::no_entity) return "nobody";
  std::string name;
  trace::EntityId at = entity;
  for (int level = 0; level < deepest; ++level) {
    const trace::Born* born = find(at);
    if (born == nullptr) return to_hex(entity);
    name = own_name(*born) + (name.empty() ? "" : "/") + name;
    if (born->parent == trace::no_entity) return name;
    at = born->parent;
  }
  return to_hex(entity);
}

std::string Directory::type(trace::EntityId entity) const {
  const trace::Born* born = find(entity);
  return born == nullptr ? "entity" : schema_.roles[born->role].type;
}

std::vector<const trace::Born*> Directory::members(trace::EntityId parent) const {
  std::vector<const trace::Born*> result;
  for (const trace::Born& born : born_) {
    if (born.parent == parent) result.push_back(&born);
  }
  std::ranges::sort(result, {},
                    [](const trace::Born* born) { return std::tuple(born->role, born->ordinal); });
  return result;
}

std::string Directory::members_text(trace::EntityId parent) const {
  std::map<std::uint16_t, std::pair<std::uint32_t, std::uint32_t>> ordinals;
  for (const trace::Born* born : members(parent)) {
    auto& range = ordinals.try_emplace(born->role, born->ordinal, born->ordinal).first->second;
    range.second = std::max(range.second, born->ordinal);
  }
  std::vector<std::string> ranges;
  for (const auto& [role, range] : ordinals) {
    const std::string first = trace::entity_name(schema_, role, range.first, {});
    const std::string last = trace::entity_name(schema_, role, range.second, {});
    ranges.push_back(first == last ? first : fmt::format("{} to {}", first, last));
  }
  if (ranges.empty()) return parent == trace::no_entity ? "nobody was born" : "it has no members";
  return "there are " + fmt::format("{}", fmt::join(ranges, ", "));
}

Result<trace::EntityId> Directory::read_digits(const std::string& text) const {
  const auto digits = [](trace::EntityId entity, const std::string& hex) {
    const std::string own = to_hex(entity);
    int different = 0;
    for (std::size_t i = 0; i < own.size(); ++i) different += own[i] != hex[i] ? 1 : 0;
    return different;
  };
  const trace::Born* nearest_one = nullptr;
  int least = 3;  // two slips of the finger; ids are hashes, so more would be chance
  for (const trace::Born& born : born_) {
    const int different = digits(born.entity, text);
    if (different == 0) return born.entity;
    if (different < least) {
      least = different;
      nearest_one = &born;
    }
  }
  if (nearest_one == nullptr) return fail(Failure::input, not_known(text));
  return fail(Failure::input, fmt::format("{}; did you mean '{}' ({})?", not_known(text),
                                          to_hex(nearest_one->entity), spell(nearest_one->entity)));
}

Result<trace::EntityId> Directory::read(std::string_view text) const {
  const bool hex = text.size() == 16 && text.find_first_not_of("0123456789abcdef") == text.npos;
  if (hex) return read_digits(std::string(text));
  trace::EntityId at = trace::no_entity;
  std::string meant;
  bool wrong = false;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t slash = std::min(text.find('/', begin), text.size());
    const std::string word(text.substr(begin, slash - begin));
    begin = slash + 1;
    const auto all = members(at);
    std::vector<std::string> names;
    names.reserve(all.size());
    for (const trace::Born* born : all) names.push_back(own_name(*born));
    auto found = std::ranges::find(names, word);
    if (found == names.end()) {
      wrong = true;
      found = std::ranges::find(names, nearest(word, names));
    }
    if (found == names.end()) {
      const std::string group = meant.empty() ? "" : " below " + meant;
      return fail(Failure::input,
                  fmt::format("{}:{} {}", not_known(text), group, members_text(at)));
    }
    at = all[static_cast<std::size_t>(found - names.begin())]->entity;
    meant += (meant.empty() ? "" : "/") + *found;
  }
  if (!wrong) return at;
  return fail(Failure::input, fmt::format("{}; did you mean '{}'?", not_known(text), meant));
}

}  // namespace portflow::analysis

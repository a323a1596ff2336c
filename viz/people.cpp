#include "viz/people.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace portflow::viz {

void People::consume(const trace::Batch& batch) {
  for (const trace::Born& born : batch.born) {
    if (born.role >= schema_->roles.size()) continue;
    people_.push_back({born.entity, born.parent, born.ordinal, born.role});
  }
}

void People::close() {
  std::sort(people_.begin(), people_.end(),
            [](const Person& a, const Person& b) { return a.entity < b.entity; });
  people_.shrink_to_fit();
}

const People::Person* People::find(trace::EntityId entity) const {
  const auto at =
      std::lower_bound(people_.begin(), people_.end(), entity,
                       [](const Person& p, trace::EntityId id) { return p.entity < id; });
  return at != people_.end() && at->entity == entity ? &*at : nullptr;
}

std::string People::own_name(const Person& person) const {
  return trace::entity_name(*schema_, person.role, person.ordinal, {});
}

std::string People::spell(trace::EntityId entity) const {
  const Person* person = find(entity);
  if (person == nullptr) return fmt::format("{:016x}", entity);
  std::string name = own_name(*person);
  for (int depth = 0; person->parent != trace::no_entity && depth < 16; ++depth) {
    person = find(person->parent);
    if (person == nullptr) break;
    name = own_name(*person) + "/" + name;
  }
  return name;
}

std::vector<Found> People::search(std::string_view text, std::size_t most) const {
  std::vector<Found> exact;
  std::vector<Found> begins;
  if (text.empty()) return exact;
  const std::size_t slash = text.rfind('/');
  const std::string_view last = slash == std::string_view::npos ? text : text.substr(slash + 1);
  // A role whose last word does not begin like the text cannot hold a match: most rows are
  // passed over without spelling a name.
  std::vector<bool> likely;
  for (const trace::RoleInfo& role : schema_->roles) {
    const std::string word = role.name.substr(role.name.rfind('/') + 1) + "-";
    const std::size_t same = std::min(word.size(), last.size());
    likely.push_back(word.compare(0, same, last.substr(0, same)) == 0);
  }
  for (const Person& person : people_) {
    if (!likely[person.role]) continue;
    const std::string own = own_name(person);
    if (!std::string_view(own).starts_with(last)) continue;
    Found found{person.entity, spell(person.entity), person.role};
    if (slash != std::string_view::npos && !std::string_view(found.name).starts_with(text)) {
      continue;
    }
    const bool whole = slash == std::string_view::npos ? own == last : found.name == text;
    (whole ? exact : begins).push_back(std::move(found));
  }
  const auto by_name = [](const Found& a, const Found& b) {
    return a.name.size() != b.name.size() ? a.name.size() < b.name.size() : a.name < b.name;
  };
  std::sort(exact.begin(), exact.end(), by_name);
  std::sort(begins.begin(), begins.end(), by_name);
  exact.insert(exact.end(), begins.begin(), begins.end());
  if (exact.size() > most) exact.resize(most);
  return exact;
}

}  // namespace portflow::viz

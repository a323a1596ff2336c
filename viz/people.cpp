#include "viz/people.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <tuple>

namespace portflow::viz {
namespace {

using Person = People::Person;

/// How a name's own part (`boxes-2`) compares with what is looked for; no name is spelt for it.
enum class Match : std::uint8_t { none, begins, whole };

/// `boxes-2`, or the beginning of it, read once for all births.
class Part {
 public:
  Part(const trace::Schema& schema, std::string_view text) {
    for (const trace::RoleInfo& role : schema.roles) {
      const std::string word = role.name.substr(role.name.rfind('/') + 1) + "-";
      if (text.size() <= word.size()) {
        wants_.push_back(word.starts_with(text) ? Wants::any : Wants::nobody);
      } else {
        wants_.push_back(text.starts_with(word) && read(text.substr(word.size())) ? Wants::number
                                                                                  : Wants::nobody);
      }
    }
  }
  [[nodiscard]] Match of(const Person& person) const noexcept {
    if (wants_[person.role] != Wants::number) {
      return wants_[person.role] == Wants::any ? Match::begins : Match::none;
    }
    if (person.ordinal == number_) return Match::whole;
    std::uint32_t shorter = person.ordinal;
    while (shorter > number_) shorter /= 10;
    return shorter == number_ ? Match::begins : Match::none;
  }

 private:
  enum class Wants : std::uint8_t { nobody, any, number };
  /// Numbers count from 1 and are written without zeros in front.
  bool read(std::string_view digits) {
    const auto done = std::from_chars(digits.data(), digits.data() + digits.size(), number_);
    return done.ec == std::errc{} && done.ptr == digits.data() + digits.size() && digits[0] != '0';
  }
  std::vector<Wants> wants_;  // by role
  std::uint32_t number_{0};
};

/// The best so far, the worst in front.
class Best {
 public:
  explicit Best(std::size_t most) : most_(most) {}
  void offer(Match match, const Person& person) {
    const Candidate one{match, person};
    if (kept_.size() == most_ && !better(one, kept_.front())) return;
    if (kept_.size() == most_) {
      std::pop_heap(kept_.begin(), kept_.end(), better);
      kept_.pop_back();
    }
    kept_.push_back(one);
    std::push_heap(kept_.begin(), kept_.end(), better);
  }
  struct Candidate {
    Match match;
    Person person;
  };
  [[nodiscard]] const std::vector<Candidate>& all() const noexcept { return kept_; }

 private:
  static bool better(const Candidate& a, const Candidate& b) noexcept {
    const auto key = [](const Candidate& c) {
      return std::tuple(c.match != Match::whole, c.person.ordinal, c.person.at, c.person.entity);
    };
    return key(a) < key(b);
  }
  std::size_t most_;
  std::vector<Candidate> kept_;
};

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  for (std::size_t slash = 0; (slash = text.find('/')) != std::string_view::npos;) {
    parts.push_back(text.substr(0, slash));
    text.remove_prefix(slash + 1);
  }
  parts.push_back(text);
  return parts;
}

}  // namespace

void People::consume(const trace::Batch& batch) {
  for (const trace::Born& born : batch.born) {
    if (born.role >= schema_->roles.size()) continue;
    people_.add({born.entity, born.parent, born.at, born.ordinal, born.role});
  }
}

std::string People::own_name(const Person& person) const {
  return trace::entity_name(*schema_, person.role, person.ordinal, {});
}

std::string People::spell(trace::EntityId entity) const {
  std::optional<Person> person = find(entity);
  if (!person) return fmt::format("{:016x}", entity);
  std::string name = own_name(*person);
  for (int depth = 0; person->parent != trace::no_entity && depth < 16; ++depth) {
    person = find(person->parent);
    if (!person) break;
    name = own_name(*person) + "/" + name;
  }
  return name;
}

std::vector<Found> People::search(std::string_view text, std::size_t most) const {
  if (text.empty()) return {};
  const std::vector<std::string_view> parts = split(text);
  // Down from the root: who is called like all parts before this one.
  std::vector<trace::EntityId> above{trace::no_entity};
  Best best(most);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Part part(*schema_, parts[i]);
    const bool last = i + 1 == parts.size();
    std::vector<trace::EntityId> those;
    ByEntity<Person>::Walk walk(people_);
    while (const Person* person = walk.next()) {
      const Match match = part.of(*person);
      if (match == Match::none || (!last && match != Match::whole)) continue;
      const bool below = std::binary_search(above.begin(), above.end(), person->parent);
      if (parts.size() > 1 && !below) continue;
      if (last) {
        best.offer(match, *person);
      } else {
        those.push_back(person->entity);
      }
    }
    above = std::move(those);
  }
  using Spelt = std::pair<Match, Found>;
  std::vector<Spelt> spelt;
  for (const auto& one : best.all()) {
    spelt.push_back({one.match, {one.person.entity, spell(one.person.entity), one.person.role}});
  }
  std::sort(spelt.begin(), spelt.end(), [](const Spelt& a, const Spelt& b) {
    return std::tuple(a.first != Match::whole, a.second.name.size(), a.second.name) <
           std::tuple(b.first != Match::whole, b.second.name.size(), b.second.name);
  });
  std::vector<Found> found;
  for (Spelt& one : spelt) found.push_back(std::move(one.second));
  return found;
}

}  // namespace portflow::viz

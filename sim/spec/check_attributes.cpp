#include "spec/check_attributes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/words.hpp"

namespace portflow::spec {
namespace {

bool contains(const std::vector<std::string>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

void unite(std::vector<std::string>& all, const std::vector<std::string>& more) {
  for (const auto& word : more) {
    if (!contains(all, word)) all.push_back(word);
  }
}

/// One mention, seen by every role that it concerns.
class Check {
 public:
  Check(const World& world, Notes& notes, const Mention& mention)
      : world_{world},
        notes_{notes},
        mention_{mention},
        scope_{notes.scopes[mention.scope]},
        roles_{world.in(scope_)} {}

  void run() {
    if (roles_.empty()) return;  // nobody follows this procedure, or the type is unknown
    if (mention_.what == Mention::What::condition) return condition();
    const auto known = find(mention_.name);
    if (!known) return;
    if (mention_.what == Mention::What::number) {
      if (!known->number) complain(fmt::format("`{}` is no number", mention_.name));
      return;
    }
    if (known->number) {
      return complain(fmt::format("`{}` is a number; `by` tells categories apart", mention_.name));
    }
    if (!mention_.cases.empty()) cases(*known);
  }

 private:
  void complain(std::string message) {
    notes_.errors.push_back({mention_.place, mention_.path, std::move(message)});
  }

  /// What `name` is for all roles together; complains where one of them lacks it. A KPI may
  /// read what only some of its entities have.
  std::optional<Known> find(std::string_view name) {
    std::optional<Known> result;
    const RoleAt* without = nullptr;
    for (const RoleAt* role : roles_) {
      const auto one = world_.attribute(*role, name);
      if (!one) {
        without = role;
        continue;
      }
      if (!result) {
        result = one;
        continue;
      }
      if (result->number != one->number || result->flag != one->flag) {
        complain(fmt::format("`{}` is declared in different ways by those who read it", name));
        return std::nullopt;
      }
      unite(result->categories, one->categories);
      unite(result->needed, one->needed);
    }
    if (without != nullptr && (!result || scope_.kind != Scope::Kind::kpi)) {
      complain(unknown(fmt::format("`{}` has no attribute `{}`", without->path, name), name,
                       world_.attribute_names(*without)));
      return std::nullopt;
    }
    return result;
  }

  void cases(const Known& known) {
    for (const auto& name : mention_.cases) {
      if (!contains(known.categories, name)) {
        complain(fmt::format("`{}` is never `{}`{}; it is {}", mention_.name, name,
                             did_you_mean(name, known.categories), listed(known.categories)));
      }
    }
    std::vector<std::string> missing;
    for (const auto& category : known.needed) {
      if (!contains(mention_.cases, category)) missing.push_back("`" + category + "`");
    }
    if (!missing.empty()) {
      complain(
          fmt::format("`{}` may also be {}: say what holds then", mention_.name, listed(missing)));
    }
  }

  /// Whether `name` is a mark that a step before this one sets; complains when it is set, but
  /// not before, or when somebody may set it while it is read.
  enum class Mark { none, known, wrong };
  Mark mark(std::string_view name) {
    if (scope_.kind != Scope::Kind::step) return Mark::none;
    const auto& procedure = world_.scenario.procedures.find(scope_.owner)->second;
    const auto& graph = world_.graphs.find(scope_.owner)->second;
    const auto paths = world_.paths.find(scope_.owner);
    const Step& reader = *procedure.find(scope_.step);
    const Step* late = nullptr;
    const Step* loose = nullptr;
    bool known = false;
    for (const Step& step : procedure.steps) {
      if (step.marks != name && step.marks_start != name) continue;
      if (graph.before(step.name, scope_.step)) {
        known = true;
      } else {
        late = &step;
      }
      if (paths == world_.paths.end() || &step == &reader) continue;
      if (!paths->second.over_before(procedure.index(step), procedure.index(reader))) loose = &step;
    }
    if (known && loose == nullptr) return Mark::known;
    if (known) {
      complain(
          fmt::format("mark `{}` may still be set by `{}` when `{}` reads it: nothing makes "
                      "one wait for the other",
                      name, loose->name, scope_.step));
      return Mark::wrong;
    }
    if (late == nullptr) return Mark::none;
    complain(fmt::format("mark `{}` is set by `{}`, which does not come before `{}`", name,
                         late->name, scope_.step));
    return Mark::wrong;
  }

  void condition() {
    const auto parsed = Condition::parse(mention_.name);
    bool wrong = false;
    const auto bound =
        parsed->bound([&](std::string_view name) -> std::optional<Condition::Binding> {
          const auto is = mark(name);
          wrong = wrong || is == Mark::wrong;
          if (is != Mark::none) return Condition::Binding{0, {}};
          const auto before = notes_.errors.size();
          const auto known = find(name);
          if (notes_.errors.size() > before) wrong = true;
          if (!known) return std::nullopt;
          return Condition::Binding{0,
                                    known->flag ? std::vector<std::string>{} : known->categories};
        });
    if (!bound && !wrong) complain(bound.error());
  }

  const World& world_;
  Notes& notes_;
  const Mention& mention_;
  const Scope scope_;
  std::vector<const RoleAt*> roles_;
};

}  // namespace

void check_attributes(const World& world, Notes& notes, const Mention& mention) {
  Check{world, notes, mention}.run();
}

}  // namespace portflow::spec

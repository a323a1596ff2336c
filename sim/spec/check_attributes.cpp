#include "spec/check_attributes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

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
    if (mention_.what == Mention::What::earlier) return earlier();
    const auto known = find(mention_.name);
    if (!known) return;
    switch (mention_.what) {
      case Mention::What::number:
        return number(known->is, mention_.expected);
      case Mention::What::units:
        return units(known->is);
      case Mention::What::place:
        return place(known->is);
      default:
        return category(*known);
    }
  }

 private:
  void complain(std::string message) {
    notes_.errors.push_back({mention_.place, mention_.path, std::move(message)});
  }

  /// Complains that the attribute is not what was `expected`, and names those that would do.
  template <class Would>
  void unfit(const Meaning& is, const std::string& expected, const Would& would) {
    std::vector<std::string> fitting;
    for (auto& name : world_.attribute_names(*roles_.front())) {
      const bool all = std::ranges::all_of(roles_, [&](const RoleAt* role) {
        const auto one = world_.attribute(*role, name);
        return one && would(one->is);
      });
      if (all) fitting.push_back(std::move(name));
    }
    auto sentence = fmt::format("`{}` {}; expected {}", mention_.name, described(is), expected);
    complain(fitting.empty() ? sentence : unknown(sentence, mention_.name, std::move(fitting)));
  }

  void number(const Meaning& is, std::optional<Dimension> expected) {
    const auto would = [&](const Meaning& other) {
      return other.kind == Meaning::Kind::number && (!expected || fits(*expected, other.dimension));
    };
    if (!would(is)) unfit(is, expected ? wanted(*expected) : "a number", would);
  }

  /// A number of units, judged by each resource that may hold it, until one complains.
  void units(const Meaning& is) {
    const auto& procedure = world_.scenario.procedures.at(scope_.owner);
    const auto name = facility_of(procedure, *procedure.find(scope_.step));
    for (const auto& member : world_.scenario.facilities_of(name)) {
      const auto facility = world_.scenario.facilities.find(member);
      if (facility == world_.scenario.facilities.end()) continue;  // told where it is named
      for (const Resource& resource : facility->second.resources) {
        if (contains(mention_.cases, resource.name) && !counts(resource, is)) return;
      }
    }
  }

  /// A resource takes what its unit measures; one without such a unit takes plain numbers.
  bool counts(const Resource& resource, const Meaning& is) {
    const auto unit = find_unit(resource.unit);
    const auto dimension = unit ? unit->dimension : Dimension::plain;
    const auto would = [&](const Meaning& other) {
      if (other.kind != Meaning::Kind::number) return false;
      return fits(dimension, other.dimension) ||
             (dimension == Dimension::plain && other.dimension == Dimension::share);
    };
    if (!would(is)) {
      unfit(is,
            fmt::format("{}, since `{}` is counted {}", wanted(dimension), resource.name,
                        dimension == Dimension::plain ? "one by one" : "in " + resource.unit),
            would);
      return false;
    }
    if (!unit || unit->factor == 1) return true;
    complain(
        fmt::format("`{}` is counted in {}, into which no attribute is converted; count it "
                    "in {}",
                    resource.name, resource.unit, base_unit(dimension)));
    return false;
  }

  void place(const Meaning& is) {
    if (is.kind == Meaning::Kind::category) return;  // its words are checked with the steps
    unfit(is, "a category of facilities or places", [&](const Meaning& other) {
      return other.kind == Meaning::Kind::category &&
             std::ranges::all_of(other.categories,
                                 [&](const auto& word) { return world_.is_location(word); });
    });
  }

  void category(const Known& known) {
    const auto would = [](const Meaning& other) { return !other.categories.empty(); };
    if (!would(known.is)) return unfit(known.is, "a category, or yes or no", would);
    if (!mention_.cases.empty()) cases(known);
  }

  /// What `name` is for all roles together; complains where one of them lacks it. A KPI may
  /// read what only some of its entities have.
  std::optional<Known> find(std::string_view name) {
    std::optional<Known> result;
    const RoleAt* first = nullptr;
    const RoleAt* without = nullptr;
    for (const RoleAt* role : roles_) {
      auto one = world_.attribute(*role, name);
      if (!one) {
        without = role;
        continue;
      }
      if (!result) {
        result = std::move(one);
        first = role;
        continue;
      }
      if (!result->is.like(one->is)) {
        complain(
            fmt::format("`{}` is declared in different ways by those who read it: for `{}` it "
                        "{}, for `{}` it {}",
                        name, first->path, described(result->is), role->path, described(one->is)));
        return std::nullopt;
      }
      unite(result->is.categories, one->is.categories);
      unite(result->needed, one->needed);
    }
    if (without != nullptr && (!result || scope_.kind != Scope::Kind::kpi)) {
      missing(*without, name);
      return std::nullopt;
    }
    return result;
  }

  void missing(const RoleAt& role, std::string_view name) {
    const auto dot = name.rfind('.');
    const auto last = dot == std::string_view::npos ? name : name.substr(dot + 1);
    if (last == "due" || last == "created" || last == "done") {
      return complain(
          fmt::format("`{}` is an instant, not an attribute; a step can await it, a KPI "
                      "measures from or to it",
                      name));
    }
    complain(unknown(fmt::format("`{}` has no attribute `{}`", role.path, name), name,
                     world_.attribute_names(role)));
  }

  void cases(const Known& known) {
    for (const auto& name : mention_.cases) {
      if (!contains(known.is.categories, name)) {
        complain(fmt::format("`{}` is never `{}`{}; it is {}", mention_.name, name,
                             did_you_mean(name, known.is.categories), listed(known.is.categories)));
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

  void earlier() {
    if (mark(mention_.name) != Mark::none) return;
    std::vector<std::string> marks;
    const auto& graph = world_.graphs.find(scope_.owner)->second;
    for (const Step& step : world_.scenario.procedures.find(scope_.owner)->second.steps) {
      if (!graph.before(step.name, scope_.step)) continue;
      for (const auto& one : {step.marks_start, step.marks}) {
        if (!one.empty()) marks.push_back(one);
      }
    }
    complain(unknown(fmt::format("no step before `{}` marks `{}`", scope_.step, mention_.name),
                     mention_.name, marks));
  }

  void condition() {
    const auto parsed = Condition::parse(mention_.name);
    std::map<std::string, std::optional<Meaning>, std::less<>> meanings;
    for (const auto& name : parsed->names()) {
      const auto is = mark(name);
      std::optional<Meaning> meaning;
      if (is == Mark::known) meaning = Meaning{.kind = Meaning::Kind::mark};
      if (is == Mark::none) {
        if (auto known = find(name)) meaning = std::move(known->is);
      }
      meanings.emplace(name, std::move(meaning));
    }
    auto found =
        mistakes(*parsed, [&](std::string_view name) { return meanings.find(name)->second; });
    for (auto& message : found) complain(std::move(message));
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

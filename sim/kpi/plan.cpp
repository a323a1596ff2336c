#include "kpi/plan.hpp"

#include <algorithm>

#include "core/meaning.hpp"
#include "kpi/catalogue.hpp"
#include "kpi/units.hpp"

namespace portflow::kpi {
namespace {

/// Builds the part of the plan that belongs to one definition.
class Planner {
 public:
  Planner(const trace::Schema& schema, const Roles& roles, Plan& plan)
      : schema_(schema), roles_(roles), plan_(plan) {}

  /// \returns what is wrong where entities of the type exist, but `where` can be asked of none.
  Result<void> add(std::size_t index, const Condition& where) {
    const Definition& definition = plan_.definitions[index];
    const std::size_t whole = plan_.folds.size();
    plan_.folds.push_back({index, definition.name, {}, {}, 1});
    const std::vector<Groups> groups = name_groups(index);
    bool measured = false;
    std::string refusal;
    for (std::size_t i = 0; i < schema_.roles.size(); ++i) {
      if (schema_.roles[i].type != definition.of) continue;
      const auto role = static_cast<std::uint16_t>(i);
      const auto added = add_use(role, whole, where, groups);
      if (added) measured = true;
      if (!added && refusal.empty()) refusal = added.error();
    }
    if (measured || refusal.empty()) return {};
    const std::string asked = "no " + definition.of + " can be asked `" + definition.where + "`: ";
    return refuse({{{}, "KPI " + definition.name, asked + refusal}});
  }

 private:
  /// The folds of one `by`, by category name.
  struct Groups {
    std::string by;
    std::vector<std::pair<std::string, std::size_t>> folds;
  };

  std::vector<Groups> name_groups(std::size_t index) {
    const Definition& definition = plan_.definitions[index];
    std::vector<Groups> result;
    for (const std::string& by : definition.by) {
      Groups& groups = result.emplace_back(Groups{by, {}});
      for (std::size_t i = 0; i < schema_.roles.size(); ++i) {
        if (schema_.roles[i].type != definition.of) continue;
        const auto role = static_cast<std::uint16_t>(i);
        const auto reading = roles_.find(role, by);
        if (!reading) continue;
        for (const std::string& category : categories_of(*reading)) {
          if (std::ranges::find(groups.folds, category, &Fold::first) != groups.folds.end())
            continue;
          groups.folds.emplace_back(category, plan_.folds.size());
          plan_.folds.push_back({index, group_name(definition, by, category), category, {}, 1});
        }
      }
    }
    return result;
  }

  using Fold = std::pair<std::string, std::size_t>;

  /// Of the names that a role fixes, only its own is a group.
  static std::vector<std::string> categories_of(const Reading& reading) {
    if (reading.attribute >= 0) return reading.categories;
    return {reading.categories[static_cast<std::size_t>(reading.constant)]};
  }

  /// `name.category`, or `name.attribute.category` where two attributes share the category.
  std::string group_name(const Definition& definition, const std::string& by,
                         const std::string& category) const {
    std::string plain = definition.name + "." + category;
    if (std::ranges::find(plan_.folds, plain, &PlannedFold::name) == plan_.folds.end())
      return plain;
    return definition.name + "." + by.substr(by.rfind('.') + 1) + "." + category;
  }

  /// What a condition may compare a reading with: a flag stands alone and has no categories.
  static std::vector<std::string> own_categories(const Reading& reading) {
    const bool flag = reading.categories == std::vector<std::string>{"no", "yes"};
    return flag ? std::vector<std::string>{} : reading.categories;
  }

  /// Those of the role, then those that only other roles of its type know under the name: nobody
  /// of the role has one of them, so `!=` holds and `==` does not.
  std::vector<std::string> comparable(std::uint16_t role, std::string_view name,
                                      const Reading& reading) const {
    std::vector<std::string> known = own_categories(reading);
    if (known.empty()) return known;
    for (std::size_t i = 0; i < schema_.roles.size(); ++i) {
      if (i == role || schema_.roles[i].type != schema_.roles[role].type) continue;
      const auto other = roles_.find(static_cast<std::uint16_t>(i), name);
      if (!other) continue;
      for (std::string& word : own_categories(*other)) {
        if (std::ranges::find(known, word) == known.end()) known.push_back(std::move(word));
      }
    }
    return known;
  }

  /// Whether a name is a category or a flag; empty for numbers.
  std::optional<Meaning> meaning(std::uint16_t role, std::string_view name) const {
    const auto reading = roles_.find(role, name);
    if (!reading || reading->categories.empty()) return std::nullopt;
    Meaning found;
    found.categories = comparable(role, name, *reading);
    found.kind = found.categories.empty() ? Meaning::Kind::flag : Meaning::Kind::category;
    return found;
  }

  tl::expected<void, std::string> add_use(std::uint16_t role, std::size_t whole,
                                          const Condition& where,
                                          const std::vector<Groups>& groups) {
    const Definition& definition = plan_.definitions[plan_.folds[whole].definition];
    RolePlan& plan = plan_.roles[role];
    // Units were checked where the KPI was written; a record may still bring words of its own.
    const auto wrong = mistakes(where, [&](std::string_view name) { return meaning(role, name); });
    if (!wrong.empty()) return tl::unexpected(wrong.front());
    const auto bound = where.bound([&](std::string_view name) -> std::optional<Condition::Binding> {
      const auto reading = roles_.find(role, name);
      if (!reading) return std::nullopt;
      return Condition::Binding{static_cast<std::int32_t>(keep(plan, *reading)),
                                comparable(role, name, *reading)};
    });
    if (!bound) return tl::unexpected(bound.error());
    Use use;
    use.fold = whole;
    use.where = *bound;
    if (!definition.weight.empty()) {
      const auto reading = roles_.find(role, definition.weight);
      if (!reading) return tl::unexpected("it has no `" + definition.weight + "` to weigh by");
      use.weight = static_cast<std::int32_t>(keep(plan, *reading));
      for (std::size_t fold = whole; fold < plan_.folds.size(); ++fold) {
        plan_.folds[fold].weighs = measured_in(reading->unit);
        plan_.folds[fold].weight_factor = factor(reading->unit, definition.unit);
      }
    }
    if (definition.kind == "ledger") use.ledger = keep(plan, items_of(definition));
    for (const Groups& group : groups) add_group(use, role, group);
    use.from = mark_ref(plan, definition.from);
    use.to = mark_ref(plan, definition.to);
    use.marked = mark_ref(plan, definition.marked);
    plan.uses.push_back(std::move(use));
    keep_ancestors(role);
    return {};
  }

  void add_group(Use& use, std::uint16_t role, const Groups& groups) {
    const auto reading = roles_.find(role, groups.by);
    if (!reading || reading->categories.empty()) return;
    Use::Group group{keep(plan_.roles[role], *reading), {}};
    for (const std::string& category : reading->categories) {
      const auto found = std::ranges::find(groups.folds, category, &Fold::first);
      group.folds.push_back(found == groups.folds.end() ? plan_.folds.size() : found->second);
    }
    use.groups.push_back(std::move(group));
  }

  /// Which items of the record the definition adds up.
  std::vector<bool> items_of(const Definition& definition) const {
    const std::string ledger = definition.book.empty() ? "costs" : definition.book;
    const auto wanted = [](const std::string& asked, const std::string& is) {
      return asked.empty() || asked == is;
    };
    std::vector<bool> result;
    for (const trace::LedgerItem& item : schema_.items) {
      const bool named = definition.items.empty() ||
                         std::ranges::find(definition.items, item.name) != definition.items.end();
      result.push_back(named && item.ledger == ledger && wanted(definition.payer, item.payer) &&
                       wanted(definition.payee, item.payee) &&
                       wanted(definition.bearer, item.bearer));
    }
    return result;
  }

  static std::int32_t keep(RolePlan& plan, std::vector<bool> items) {
    auto found = std::ranges::find(plan.ledgers, items);
    if (found == plan.ledgers.end()) {
      plan.ledgers.push_back(std::move(items));
      found = std::prev(plan.ledgers.end());
    }
    return static_cast<std::int32_t>(found - plan.ledgers.begin());
  }

  static std::size_t keep(RolePlan& plan, const Reading& reading) {
    const auto same = [&](const Reading& kept) {
      return kept.levels == reading.levels && kept.attribute == reading.attribute &&
             (kept.attribute >= 0 ||
              (kept.constant == reading.constant && kept.categories == reading.categories));
    };
    const auto found = std::ranges::find_if(plan.readings, same);
    if (found == plan.readings.end()) {
      plan.readings.push_back(reading);
      return plan.readings.size() - 1;
    }
    return static_cast<std::size_t>(found - plan.readings.begin());
  }

  void keep_ancestors(std::uint16_t role) {
    for (const Reading& reading : plan_.roles[role].readings) {
      std::int32_t at = role;
      for (std::uint32_t level = 0; level < reading.levels; ++level) {
        at = roles_.parent(static_cast<std::uint16_t>(at));
        plan_.roles[static_cast<std::size_t>(at)].borne_by_kin = true;
      }
      if (reading.levels > 0 && reading.attribute >= 0) {
        remember(plan_.roles[static_cast<std::size_t>(at)], reading.attribute);
      }
    }
  }

  static void remember(RolePlan& plan, std::int32_t attribute) {
    const auto index = static_cast<std::size_t>(attribute);
    if (index >= plan.read_by_kin.size()) plan.read_by_kin.resize(index + 1, -1);
    std::int32_t& place = plan.read_by_kin[index];
    if (place < 0) place = static_cast<std::int32_t>(plan.kin_readings++);
  }

  MarkRef mark_ref(RolePlan& plan, const std::string& mark) {
    if (mark.empty()) return MarkRef::absent;
    if (mark == "created") return MarkRef::created;
    if (mark == "done") return MarkRef::done;
    const auto found = std::ranges::find(schema_.marks, mark);
    if (found == schema_.marks.end()) return MarkRef::never;
    std::int32_t& slot = plan.mark_slot[static_cast<std::size_t>(found - schema_.marks.begin())];
    if (slot < 0) slot = static_cast<std::int32_t>(plan.marks++);
    return static_cast<MarkRef>(slot);
  }

  const trace::Schema& schema_;
  const Roles& roles_;
  Plan& plan_;
};

}  // namespace

Result<Plan> make_plan(const trace::Schema& schema) {
  auto definitions = from_json(schema.kpi_definitions);
  if (!definitions) return tl::unexpected(definitions.error());
  Plan plan;
  plan.definitions = std::move(*definitions);
  plan.roles.resize(schema.roles.size());
  for (RolePlan& role : plan.roles) role.mark_slot.assign(schema.marks.size(), -1);

  const Roles roles(schema);
  Planner planner(schema, roles, plan);
  for (std::size_t index = 0; index < plan.definitions.size(); ++index) {
    const Definition& definition = plan.definitions[index];
    if (find_kind(definition.kind) == nullptr) {
      return fail(Failure::input, "KPI " + definition.name + ": unknown kind " + definition.kind);
    }
    Condition where;
    if (!definition.where.empty()) {
      auto parsed = Condition::parse(definition.where);
      if (!parsed) return fail(Failure::input, "KPI " + definition.name + ": " + parsed.error());
      where = std::move(*parsed);
    }
    if (auto added = planner.add(index, where); !added) return tl::unexpected(added.error());
  }
  return plan;
}

}  // namespace portflow::kpi

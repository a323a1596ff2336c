#include "policy/compile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "policy/alternatives.hpp"
#include "policy/arithmetic.hpp"
#include "policy/blame.hpp"
#include "policy/conditional.hpp"
#include "policy/fold.hpp"
#include "policy/ramps.hpp"
#include "policy/roster.hpp"
#include "spec/bind.hpp"
#include "spec/check_attributes.hpp"

namespace portflow::policy {
namespace {

using spec::Node;

/// Ramps that name no start begin at `start`, in whatever case or side they stand.
void begin_ramps(spec::Amount& amount, SimTime start) {
  if (amount.ramp && !amount.ramp->start) amount.ramp->start = start;
  for (auto& [category, one] : amount.cases) begin_ramps(one, start);
  for (auto& one : amount.sides) begin_ramps(one, start);
}

/// What both arms of a comparison must share.
constexpr std::array<std::string_view, 11> frame{"portflow", "name",      "title",       "horizon",
                                                 "seed",     "map",       "kpis",        "sources",
                                                 "extends",  "published", "disturbances"};

class Compiler {
 public:
  Compiler(const Node& baseline, const std::vector<Measure>& measures)
      : baseline_{baseline}, roster_{measures} {}

  Result<Compiled> run() {
    Node root = baseline_;
    auto bound = spec::bind(root);
    if (!bound) return tl::unexpected(bound.error());
    baseline_ = std::move(root);
    scenario_ = std::move(*bound);
    errors_ = roster_.check();
    for (const auto& [measure, part] : roster_.parts()) add(*measure, *part);
    quote_sources();
    if (errors_.empty()) make_epochs();
    if (!errors_.empty()) {
      std::ranges::stable_sort(errors_, {}, &Error::place);
      const auto last =
          std::unique(errors_.begin(), errors_.end(),
                      [](const Error& a, const Error& b) { return a.text() == b.text(); });
      errors_.erase(last, errors_.end());
      return refuse(std::move(errors_));
    }
    return std::move(result_);
  }

 private:
  void complain(const Place& place, std::string path, std::string message) {
    errors_.push_back({place, std::move(path), std::move(message)});
  }

  void add(const Measure& measure, const Part& part) {
    const auto name = name_of(measure, part);
    const Place place = part.effects.empty() ? measure.node.place : part.effects.front().place;
    std::size_t adoption = Edit::none;
    if (part.adoption) {
      adoption = add_adoption(part, name, *part.adoption, place);
      check_condition(name + ".adoption.where", part.adoption->where, part.adoption->where_place,
                      {spec::Scope::Kind::kpi, {}, {}, part.adoption->by});
    }
    for (const Effect& effect : part.effects) {
      if (adoption != Edit::none && (effect.path.empty() || effect.path[0] != "procedures")) {
        complain(
            effect.place, effect.path_text,
            fmt::format("`{}` is adopted by some only, so it can edit `procedures` alone", name));
        continue;
      }
      add_edits(part, effect, name, adoption);
    }
  }

  /// \returns the index of the rule.
  std::size_t add_adoption(const Part& part, const std::string& name, const Adoption& adoption,
                           const Place& place) {
    AdoptionRule rule{name, adoption, part.starts.value_or(SimTime::min()),
                      part.ends.value_or(never)};
    begin_ramps(rule.adoption.share, part.starts.value_or(scenario_.horizon.from));
    const spec::World world{scenario_};
    if (world.of_type(rule.adoption.by).empty()) {
      complain(place, name + ".adoption.by",
               spec::unknown(fmt::format("no type of entity `{}`", rule.adoption.by),
                             rule.adoption.by, world.types()));
    }
    result_.adoptions.push_back(std::move(rule));
    return result_.adoptions.size() - 1;
  }

  void check_condition(std::string path, const Condition& condition, const Place& place,
                       spec::Scope scope) {
    const spec::World world{scenario_};
    if (condition.always() || world.in(scope).empty()) return;
    spec::Notes notes;
    const auto spot = spec::Spot{notes, std::move(path)}.in(std::move(scope));
    spot.mention(spec::Mention::What::condition, condition.text(), place);
    spec::check_mentions(world, notes);
    errors_.insert(errors_.end(), notes.errors.begin(), notes.errors.end());
  }

  /// What is no number cannot go by a condition, so those for whom it holds adopt the edit: all of
  /// them, or of those who adopt the whole part. \returns the rule; Edit::none where that is wrong.
  std::size_t add_condition(const Part& part, const Effect& effect, const std::string& name,
                            const Path& path) {
    const auto procedure =
        path.size() > 1 ? scenario_.procedures.find(path[1]) : scenario_.procedures.end();
    if (path[0] != "procedures" || procedure == scenario_.procedures.end()) {
      complain(effect.where_place, to_text(path),
               path[0] == "procedures" || path[0] == "demand"
                   ? "`where` tells entities apart at a step or at a number of an attribute, "
                     "and this is neither"
                   : "`where` tells entities apart, and here is none: it can stand on edits of "
                     "`procedures` and of attributes in `demand` alone");
      return Edit::none;
    }
    const std::string& by = procedure->second.for_type;
    check_condition(to_text(path) + ".where", effect.where, effect.where_place,
                    {spec::Scope::Kind::kpi, {}, {}, by});
    Adoption adoption{by, effect.where, effect.where_place, spec::Amount{.value = 1}};
    if (part.adoption) {
      if (part.adoption->by != by) {
        complain(effect.where_place, to_text(path),
                 fmt::format("`{}` is adopted by each `{}`, so `where` cannot ask a `{}`", name,
                             part.adoption->by, by));
        return Edit::none;
      }
      adoption.share = part.adoption->share;
      if (!part.adoption->where.always()) {
        adoption.where = *Condition::parse(
            fmt::format("({}) and ({})", in_words(*part.adoption), effect.where.text()));
      }
    }
    const auto [known, fresh] =
        conditions_.try_emplace({name, by, adoption.where.text()}, result_.adoptions.size());
    if (fresh) add_adoption(part, name, adoption, effect.where_place);
    return known->second;
  }

  /// `where: transit` names a flow, which stands alone; within a longer condition it is compared.
  [[nodiscard]] std::string in_words(const Adoption& adoption) const {
    const auto names = adoption.where.names();
    if (names.size() != 1 || names.front() != adoption.where.text()) return adoption.where.text();
    const spec::World world{scenario_};
    const bool attribute =
        std::ranges::any_of(world.of_type(adoption.by), [&](const spec::RoleAt* role) {
          return world.attribute(*role, names.front()).has_value();
        });
    return attribute ? adoption.where.text() : "flow == " + names.front();
  }

  void add_edits(const Part& part, const Effect& effect, const std::string& name,
                 std::size_t adoption) {
    const SimTime from = part.starts.value_or(SimTime::min());
    const SimTime to = part.ends.value_or(never);
    const auto paths = select(baseline_, effect.path, effect.operation == Operation::insert);
    if (!paths) return complain(effect.place, effect.path_text, paths.error());
    for (const Path& path : *paths) {
      if (std::ranges::find(frame, path[0]) != frame.end()) {
        complain(effect.place, effect.path_text,
                 fmt::format("a measure edits a port, not the frame in which it is observed (`{}`)",
                             path[0]));
        continue;
      }
      const Node* before = at(baseline_, path);
      if (effect.was && before == nullptr) {
        complain(effect.place, to_text(path),
                 fmt::format("`was` says {}, but nothing is there", to_text(*effect.was)));
        continue;
      }
      if (effect.was && !same_value(*before, *effect.was)) {
        complain(effect.place, to_text(path),
                 fmt::format("`was` says {}, but it is {} ({})", to_text(*effect.was),
                             to_text(as_written(*before)), place_text(before->place)));
        continue;
      }
      std::size_t rule = adoption;
      if (!effect.where.always() && quantity_of(path) && path[0] == "procedures") {
        check_condition(to_text(path) + ".where", effect.where, effect.where_place,
                        {spec::Scope::Kind::step, path[1], path[3], {}});
      } else if (!effect.where.always() && !quantity_of(path)) {
        rule = add_condition(part, effect, name, path);
        if (rule == Edit::none) continue;
      }
      Edit edit{name, &effect, effect.value, path, rule, from, to};
      start_ramps(edit.value, from == SimTime::min() ? scenario_.horizon.from : from);
      edits_.push_back(std::make_unique<Edit>(std::move(edit)));
      list_change(*edits_.back());
    }
  }

  void list_change(const Edit& edit) {
    const auto from = std::max(edit.from, scenario_.horizon.from);
    const std::string& where = edit.effect->where.text();
    const Node* before = at(baseline_, edit.path);
    if (edit.effect->operation == Operation::insert) {
      for (const auto& entry : edit.value.entries) {
        result_.changes.push_back({edit.part, to_text(edit.path) + "." + entry.key, "",
                                   to_text(entry.value), where, from});
      }
      return;
    }
    Errors alone;
    const Node after = folded_everywhere(pruned(baseline_, edit.path), {&edit}, alone);
    const Node* now = at(after, edit.path);
    result_.changes.push_back({edit.part, to_text(edit.path), to_text(as_written(*before)),
                               alone.empty() && now != nullptr ? to_text(as_written(*now)) : "",
                               where, from});
  }

  /// The measures' own bibliography joins that of the scenario.
  void quote_sources() {
    for (const auto& [measure, part] : roster_.parts()) {
      const Node* sources = measure->node.find("sources");
      if (sources == nullptr) continue;
      Node* all = baseline_.find("sources");
      if (all == nullptr) {
        Node map;
        map.kind = Node::Kind::map;
        baseline_.entries.push_back({"sources", sources->place, std::move(map)});
        all = &baseline_.entries.back().value;
      }
      for (const auto& entry : sources->entries) {
        const Node* present = all->find(entry.key);
        if (present == nullptr) {
          all->entries.push_back(entry);
        } else if (!same_value(*present, entry.value)) {
          complain(entry.place, "sources." + entry.key,
                   fmt::format("another work has this key ({})", place_text(present->place)));
        }
      }
    }
  }

  void make_epochs() {
    std::set<SimTime> dates{SimTime::min()};
    for (const auto& edit : edits_) {
      // Adopters keep what they were born with: their edits hold in every epoch.
      if (edit->adoption != Edit::none) continue;
      for (const SimTime date : {edit->from, edit->to}) {
        if (date > scenario_.horizon.from && date < scenario_.horizon.until()) dates.insert(date);
      }
    }
    const AlternativeProcedures alternatives{baseline_, edits_, result_.adoptions};
    if (auto wrong = alternatives.check(); !wrong.empty()) {
      errors_.insert(errors_.end(), wrong.begin(), wrong.end());
      return;
    }
    for (auto date = dates.begin(); date != dates.end(); ++date) {
      // What starts before the run does so from its first instant.
      const SimTime now = std::max(*date, scenario_.horizon.from);
      const SimTime end = std::next(date) == dates.end() ? never : *std::next(date);
      auto scenario = scenario_at(now);
      if (!scenario) return;
      Epoch epoch;
      epoch.from = *date;
      epoch.alternatives = alternatives.in(*scenario, now, end, errors_);
      if (!errors_.empty()) return;
      epoch.scenario = std::move(*scenario);
      result_.epochs.push_back(std::move(epoch));
    }
  }

  /// What everybody meets who adopts nothing.
  std::optional<spec::Scenario> scenario_at(SimTime now) {
    std::vector<const Edit*> active;
    for (const auto& edit : edits_) {
      if (edit->adoption == Edit::none && edit->from <= now && now < edit->to) {
        active.push_back(edit.get());
      }
    }
    Node tree = folded(baseline_, active, errors_);
    if (!errors_.empty()) return std::nullopt;
    auto scenario = spec::bind(tree);
    if (!scenario) {
      errors_ = std::move(scenario.error().errors);
      for (Error& error : errors_) blame(error, baseline_, active);
      return std::nullopt;
    }
    return std::move(*scenario);
  }

  Node baseline_;
  Roster roster_;
  spec::Scenario scenario_;
  std::vector<std::unique_ptr<Edit>> edits_;
  /// By part, type and condition: the rule of those for whom an effect's `where` holds.
  std::map<std::tuple<std::string, std::string, std::string>, std::size_t> conditions_;
  Compiled result_;
  Errors errors_;
};

}  // namespace

Result<Compiled> compile(const Node& baseline, const std::vector<Measure>& measures) {
  return Compiler{baseline, measures}.run();
}

}  // namespace portflow::policy

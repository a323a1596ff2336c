#include <fmt/format.h>

#include <algorithm>

#include "core/words.hpp"
#include "spec/validate.hpp"

namespace portflow::spec {
namespace {

bool contains(const std::vector<std::string>& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

std::vector<std::string> targets(const Choose& choose) {
  auto result = choose.options;
  for (const auto& [category, step] : choose.cases) result.push_back(step);
  for (const auto& [step, share] : choose.shares) result.push_back(step);
  return result;
}

/// The checks of one procedure that concern several steps at once.
class Check {
 public:
  Check(const World& world, Notes& notes, const Procedure& procedure)
      : world_{world},
        notes_{notes},
        procedure_{procedure},
        graph_{world.graphs.find(procedure.name)->second} {}

  void run() {
    circle();
    for (const Step& step : procedure_.steps) {
      place(step);
      choice(step);
      marks(step);
      births(step);
      origins(step);
    }
  }

 private:
  void complain(const Step& step, std::string_view field, std::string message) {
    auto path = fmt::format("procedures.{}.steps.{}", procedure_.name, step.name);
    if (!field.empty()) path += fmt::format(".{}", field);
    notes_.errors.push_back({step.place, std::move(path), std::move(message)});
  }

  void circle() {
    const auto& circle = graph_.circle();
    if (circle.empty()) return;
    std::string text;
    for (const auto& name : circle) text += name + " -> ";
    complain(*procedure_.find(circle.front()), "after",
             fmt::format("the steps wait for each other in a circle: {}{}", text, circle.front()));
  }

  void place(const Step& step) {
    if (!facility_of(procedure_, step).empty()) return;
    if (!step.does.empty()) {
      complain(step, "does",
               "a behaviour belongs to a facility, but the step names none: `at` is "
               "missing");
    }
    if (step.moves && step.moves->from.empty() && step.moves->from_attribute.empty()) {
      complain(step, "moves", "`from` is missing, and no step before it names a facility");
    }
  }

  void choice(const Step& step) {
    if (step.choose) {
      for (const auto& name : targets(*step.choose)) {
        const Step* target = procedure_.find(name);
        if (target != nullptr && !contains(target->after, step.name)) {
          complain(step, "choose",
                   fmt::format("chooses `{}`, which does not have `{}` in its `after`", name,
                               step.name));
        }
      }
    }
    if (!step.renege.empty()) {
      const Step* target = procedure_.find(step.renege);
      if (target != nullptr && !contains(target->after, step.name)) {
        complain(step, "renege",
                 fmt::format("names `{}`, which does not have `{}` in its `after`", step.renege,
                             step.name));
      }
    }
    for (const auto& name : step.after) {
      const Step* earlier = procedure_.find(name);
      if (earlier == nullptr || !earlier->choose) continue;
      if (!contains(targets(*earlier->choose), step.name)) {
        complain(step, "after",
                 fmt::format("is never reached: `{}` chooses {}", name,
                             listed(targets(*earlier->choose))));
      }
    }
  }

  void marks(const Step& step) {
    static const std::vector<std::string> words{"created", "done", "due", "flow", "role", "self"};
    for (const auto& mark : {step.marks_start, step.marks}) {
      if (mark.empty()) continue;
      if (contains(words, mark)) {
        complain(step, "marks",
                 fmt::format("`{}` is a word of the language and cannot name a mark", mark));
      }
      for (const Step& earlier : procedure_.steps) {
        const bool sets = earlier.marks == mark || earlier.marks_start == mark;
        if (sets && graph_.before(earlier.name, step.name) && graph_.circle().empty()) {
          complain(step, "marks",
                   fmt::format("mark `{}` was set by `{}` already; a mark is set once", mark,
                               earlier.name));
        }
        if (sets && &earlier < &step) side_by_side(step, earlier, mark);
      }
      for (const RoleAt* role : world_.following(procedure_.name)) {
        if (std::ranges::find(role->role->attributes, mark, &Attribute::name) !=
            role->role->attributes.end()) {
          complain(step, "marks",
                   fmt::format("`{}` is an attribute of `{}` too", mark, role->path));
        }
      }
    }
    if (!step.marks.empty() && step.marks == step.marks_start) {
      complain(step, "marks", fmt::format("`{}` cannot be both start and end", step.marks));
    }
  }

  /// Members are counted when their group is born, so one step brings all of them; and a step bears
  /// them alone, so they have no members of their own.
  void births(const Step& step) {
    for (const std::string& members : step.creates) {
      for (const Step& earlier : procedure_.steps) {
        if (&earlier == &step) break;
        if (!contains(earlier.creates, members)) continue;
        complain(step, "creates",
                 fmt::format("`{}` are created by `{}` already", members, earlier.name));
      }
      for (const RoleAt* group : world_.following(procedure_.name)) {
        for (const Role& member : group->role->contains) {
          if (member.name != members || member.contains.empty()) continue;
          complain(step, "creates",
                   fmt::format("`{}` of `{}` contain `{}`, who would never be born: whoever a step "
                               "creates contains nobody",
                               members, group->path, member.contains.front().name));
        }
      }
    }
  }

  /// Two that set one mark must be alternatives: else it would be set twice, perhaps in two places
  /// at once.
  void side_by_side(const Step& step, const Step& other, const std::string& mark) {
    const auto paths = world_.paths.find(procedure_.name);
    if (paths == world_.paths.end()) return;
    if (graph_.before(other.name, step.name) || graph_.before(step.name, other.name)) return;
    if (paths->second.exclusive(procedure_.index(other), procedure_.index(step))) return;
    complain(
        step, "marks",
        fmt::format("mark `{}` may be set by `{}` too, since no `choose` parts the two; a mark "
                    "is set once",
                    mark, other.name));
  }

  /// Categories that stand for where a move begins or ends must be known there.
  void origins(const Step& step) {
    if (!step.moves) return;
    for (const auto& name : {step.moves->from_attribute, step.moves->to_attribute}) {
      if (name.empty()) continue;
      for (const RoleAt* role : world_.following(procedure_.name)) {
        const auto known = world_.attribute(*role, name);
        // Anything else was told where it is mentioned.
        if (!known || known->is.kind != Meaning::Kind::category) continue;
        for (const auto& category : known->is.categories) {
          if (world_.is_location(category)) continue;
          complain(step, "moves",
                   fmt::format("`{}` of `{}` may be `{}`, which is no facility or place", name,
                               role->path, category));
        }
      }
    }
  }

  const World& world_;
  Notes& notes_;
  const Procedure& procedure_;
  const StepGraph& graph_;
};

}  // namespace

void check_procedures(const World& world, Notes& notes) {
  for (const auto& [name, procedure] : world.scenario.procedures)
    Check{world, notes, procedure}.run();
}

void check_demand(const World& world, Notes& notes) {
  const auto complain = [&](const Place& place, std::string path, std::string message) {
    notes.errors.push_back({place, std::move(path), std::move(message)});
  };
  for (const auto& at : world.roles) {
    const Role& role = *at->role;
    for (const RoleAt* group : at->up) {
      if (!role.creates.empty() && group->role->creates == role.creates) {
        complain(role.place, at->path + ".creates",
                 fmt::format("`{}` is the type of a group around it too", role.creates));
      }
    }
    const auto found = world.scenario.procedures.find(role.procedure);
    if (found == world.scenario.procedures.end()) continue;
    const Procedure& procedure = found->second;
    if (!role.creates.empty() && !procedure.for_type.empty() &&
        procedure.for_type != role.creates) {
      complain(role.place, at->path + ".procedure",
               fmt::format("`{}` is a procedure for `{}`, not for `{}`", procedure.name,
                           procedure.for_type, role.creates));
    }
    const bool placed =
        std::ranges::any_of(procedure.steps, [](const Step& step) { return !step.at.empty(); });
    if (at->up.empty() && at->source->at.empty() && !placed) {
      complain(role.place, at->path,
               fmt::format("`at` is missing, and no step of `{}` names a "
                           "facility",
                           procedure.name));
    }
  }
}

}  // namespace portflow::spec

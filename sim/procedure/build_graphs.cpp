// Steps and the tokens between them.
#include <algorithm>
#include <functional>

#include "core/words.hpp"
#include "procedure/builder.hpp"

namespace portflow::procedure {
namespace {

template <class Map>
void number_in_order(Map& codes, std::vector<std::string>& names) {
  for (auto& [name, code] : codes) {
    code = static_cast<std::uint16_t>(names.size());
    names.push_back(name);
  }
}

}  // namespace

void Builder::dictionaries() {
  std::map<std::string, const spec::Line*> booked;
  for (const Dated& dated : dated_) {
    for (const spec::Procedure* procedure : dated.all()) {
      for (const spec::Step& step : procedure->steps) {
        step_codes_[procedure->name + "." + step.name];
        for (const std::string& mark : {step.marks, step.marks_start}) {
          if (!mark.empty()) mark_codes_[mark];
        }
        for (const spec::Line& line : step.books) {
          const auto [known, fresh] = booked.try_emplace(line.item, &line);
          if (!fresh && !line.like(*known->second)) {
            complain(line.place, procedure->name + "." + step.name,
                     "`" + line.item + "` was another thing before a measure changed it");
          }
          item_codes_[line.item];
        }
      }
    }
  }
  number_in_order(step_codes_, model_->schema.steps);
  number_in_order(mark_codes_, model_->schema.marks);
  for (auto& [name, code] : item_codes_) {
    code = static_cast<std::uint16_t>(model_->schema.items.size());
    const spec::Line& line = *booked[name];
    model_->schema.items.push_back(
        {name, line.unit, line.payer, line.payee, spec::name_of(line.ledger), line.bearer});
  }
  for (Role& role : model_->roles) {
    std::set<std::uint16_t> marks;
    for (std::size_t epoch = 0; epoch < dated_.size(); ++epoch) {
      for (const auto* procedure : dated_[epoch].of(role_specs_[role.code][epoch]->procedure)) {
        for (const spec::Step& step : procedure->steps) {
          if (!step.marks.empty()) marks.insert(mark_codes_[step.marks]);
          if (!step.marks_start.empty()) marks.insert(mark_codes_[step.marks_start]);
        }
      }
    }
    for (const std::uint16_t code : marks) {
      MarkInfo info;
      info.code = code;
      info.tellings.resize(role.layouts);
      role.marks.push_back(std::move(info));
    }
    role.slots.marks = static_cast<std::uint16_t>(role.marks.size());
  }
}

void Builder::graphs() {
  for (Role& role : model_->roles) {
    for (std::size_t epoch = 0; epoch < dated_.size(); ++epoch) {
      std::vector<std::unique_ptr<Graph>> variants;
      const spec::Role& spec = *role_specs_[role.code][epoch];
      const auto procedures = dated_[epoch].of(spec.procedure);
      if (procedures.empty()) {
        complain(spec.place, role.name, "no procedure '" + spec.procedure + "'");
      }
      for (const spec::Procedure* procedure : procedures) {
        for (std::uint16_t layout = 0; layout < role.layouts; ++layout) {
          variants.push_back(graph(role.code, epoch, layout, *procedure));
        }
      }
      role.graphs.push_back(std::move(variants));
    }
  }
}

std::unique_ptr<Graph> Builder::graph(RoleCode role, std::size_t epoch, std::uint16_t layout,
                                      const spec::Procedure& procedure) {
  auto out = std::make_unique<Graph>();
  out->layout = layout;
  out->steps.resize(procedure.steps.size());
  wire(*out, procedure);
  place_steps(*out, role, procedure);
  for (std::size_t i = 0; i < procedure.steps.size(); ++i) {
    step(*out, out->steps[i], role, epoch, procedure, procedure.steps[i]);
  }
  for (std::size_t i = 0; i < procedure.steps.size(); ++i) {
    const spec::Step& in = procedure.steps[i];
    const std::vector<Need>& needs = out->steps[i].needs;
    if (needs.size() != in.needs.size() + in.holds.size()) continue;  // refused already
    for (std::size_t k = 0; k < in.holds.size(); ++k) {
      // The hold's slot was made with its step; here its end is wired.
      for (Step& other : out->steps) {
        if (other.name != in.holds[k].until) continue;
        auto& releases = in.holds[k].at_start ? other.releases_at_start : other.releases_at_end;
        releases.push_back(needs[in.needs.size() + k].hold);
      }
    }
  }
  for (std::size_t i = 0; i < procedure.steps.size(); ++i) {
    if (procedure.steps[i].choose) choose(*out, out->steps[i], role, procedure, procedure.steps[i]);
  }
  flow::Slots& slots = model_->roles[role].slots;
  std::uint16_t joins = 0;
  for (Step& one : out->steps) {
    if (one.predecessors > 1) one.join = joins++;
  }
  out->endings = static_cast<std::uint16_t>(out->terminals.size());
  for (const Step& one : out->steps) {
    if (one.absorbs())
      out->endings = static_cast<std::uint16_t>(out->endings + one.predecessors - 1);
  }
  if (out->endings > 1) {
    out->ended_join = joins++;
    out->ended_place = out->steps[out->terminals.front()].end_place();
    out->ended_site = facility_site_[out->ended_place];
    for (const Step& one : out->steps) {
      const bool last = one.successors.empty();
      if (!last && !one.absorbs()) continue;
      if ((last && facility_site_[one.end_place()] != out->ended_site) ||
          one.site != out->ended_site) {
        out->ended_site = model_->roles[role].home;
        out->ended_place = model_->roles[role].home_place;
        break;
      }
    }
  }
  slots.joins = std::max(slots.joins, joins);
  slots.holds = std::max(slots.holds, static_cast<std::uint16_t>(out->holds.size()));
  return out;
}

void Builder::wire(Graph& graph, const spec::Procedure& procedure) {
  std::map<std::string, StepIndex> index;
  for (std::size_t i = 0; i < procedure.steps.size(); ++i) {
    index[procedure.steps[i].name] = static_cast<StepIndex>(i);
    graph.steps[i].name = procedure.steps[i].name;
  }
  for (std::size_t i = 0; i < procedure.steps.size(); ++i) {
    const spec::Step& in = procedure.steps[i];
    Step& out = graph.steps[i];
    for (const std::string& before : in.after) {
      const auto found = index.find(before);
      if (found == index.end()) {
        complain(in.place, procedure.name + "." + in.name + ".after", "no step '" + before + "'");
        continue;
      }
      graph.steps[found->second].successors.push_back(static_cast<StepIndex>(i));
      ++out.predecessors;
    }
    out.any = in.after_any;
    if (in.after.empty()) graph.roots.push_back(static_cast<StepIndex>(i));
  }
  for (std::size_t i = 0; i < graph.steps.size(); ++i) {
    if (graph.steps[i].successors.empty()) graph.terminals.push_back(static_cast<StepIndex>(i));
  }
}

void Builder::place_steps(Graph& graph, RoleCode role, const spec::Procedure& procedure) {
  std::vector<std::uint16_t> places(procedure.steps.size(), none);
  std::map<std::string, std::size_t> index;
  for (std::size_t i = 0; i < procedure.steps.size(); ++i) index[procedure.steps[i].name] = i;
  const std::function<std::uint16_t(std::size_t, std::size_t)> place_of =
      [&](std::size_t i, std::size_t depth) -> std::uint16_t {
    if (places[i] != none) return places[i];
    const spec::Step& step = procedure.steps[i];
    std::uint16_t place = model_->roles[role].home_place;
    if (!step.at.empty()) {
      const std::uint16_t found = this->place(role, graph.layout, step.at);
      if (found == none) {
        complain(step.place, procedure.name + "." + step.name + ".at",
                 "no facility '" + step.at + "'");
      } else {
        place = found;
      }
    } else if (!step.after.empty() && index.count(step.after.front()) > 0 &&
               depth < procedure.steps.size()) {
      const std::size_t before = index[step.after.front()];
      place = place_of(before, depth + 1);
      // After a move to a facility one is there.
      const auto& moves = procedure.steps[before].moves;
      if (moves && !moves->leaves) {
        const std::uint16_t end = this->place(role, graph.layout, moves->to);
        if (end != none) place = end;
      }
    }
    return places[i] = place;
  };
  for (std::size_t i = 0; i < procedure.steps.size(); ++i) {
    Step& step = graph.steps[i];
    step.place = place_of(i, 0);
    step.site = facility_site_[step.place];
    step.facility = facility_local_[step.place];
  }
}

void Builder::step(Graph& graph, Step& out, RoleCode role, std::size_t epoch,
                   const spec::Procedure& procedure, const spec::Step& in) {
  const std::string path = procedure.name + "." + in.name;
  const SiteInfo& site = model_->sites[out.site];
  const FacilityInfo& facility = site.facilities[out.facility];
  out.code = step_codes_[path];
  out.name_hash = hash_of(path);
  out.when = chance(role, in.when, path, in.place);
  out.priority = number(role, in.priority, in.place);
  out.takes_point = Point{hash_of(path + ".takes")};
  out.hand_over_point = Point{hash_of(path + ".hand_over")};
  if (in.takes) {
    out.timed = true;
    out.takes = draw(role, *in.takes, in.place);
  }
  if (!in.marks.empty()) out.mark_end = mark_of(role, in.marks);
  if (!in.marks_start.empty()) out.mark_start = mark_of(role, in.marks_start);

  const auto resource = [&](const std::string& name, const char* key = ".needs") -> std::uint16_t {
    std::vector<std::string> known;
    for (std::size_t i = 0; i < site.resources.size(); ++i) {
      if (site.resources[i].facility != out.facility) continue;
      if (site.resources[i].name == name) return static_cast<std::uint16_t>(i);
      known.push_back(site.resources[i].name);
    }
    complain(in.place, path + key,
             facility.name + " has no resource '" + name + "'; there are: " + listed(known));
    return none;
  };
  std::size_t wants = 0;
  const auto add = [&](Need need) {
    for (const std::uint16_t index : need.any_of) {
      if (index == none) return;
    }
    wants += need.any_of.size();
    out.needs.push_back(std::move(need));
  };
  for (const spec::Need& one : in.needs) {
    Need need;
    for (const std::string& name : one.any_of) need.any_of.push_back(resource(name));
    need.amount = number(role, one.amount, in.place);
    add(std::move(need));
  }
  for (const spec::Hold& one : in.holds) {
    Need need;
    need.any_of = {resource(one.resource)};
    need.amount = number(role, one.amount, in.place);
    need.hold = static_cast<std::uint16_t>(graph.holds.size());
    graph.holds.push_back({out.site, need.any_of.front(), out.place});
    add(std::move(need));
  }
  if (in.in_working_days) {
    for (const Need& need : out.needs) {
      const std::string& calendar = site.resources[need.any_of.front()].by_epoch[epoch]->calendar;
      if (!calendar.empty() && out.working == nullptr) {
        out.working = &model_->calendars[epoch].at(calendar);
      }
    }
  }
  if (wants > max_needs) {
    complain(in.place, path + ".needs", "a step may need at most 6 resources at once");
  }

  if (!in.does.empty()) {
    for (const Kind& kind : kinds_) {
      if (kind.name != facility.kind) continue;
      const auto verb = std::find(kind.verbs.begin(), kind.verbs.end(), in.does);
      if (verb != kind.verbs.end()) {
        out.verb = static_cast<std::uint16_t>(verb - kind.verbs.begin());
        for (const Reads& reads : kind.reads) {
          if (reads.verb == in.does) check_read(role, reads, in.place, path + ".does");
        }
        continue;
      }
      const std::string close = nearest(in.does, kind.verbs);
      complain(in.place, path + ".does",
               "a " + kind.name + " does no '" + in.does + "'" +
                   (close.empty() ? (kind.verbs.empty() ? std::string("; it has no verbs")
                                                        : "; it does: " + listed(kind.verbs))
                                  : "; did you mean '" + close + "'?"));
    }
  }
  if (in.batch) {
    const auto [it, fresh] =
        batch_codes_.try_emplace(path + " at " + facility.name, model_->sites[out.site].batches);
    if (fresh) ++model_->sites[out.site].batches;
    out.batch = it->second;
    out.batch_size = in.batch->size;
    out.batch_at_most = in.batch->at_most;
    if (in.batch->or_at) out.batch_or_at = awaited_time(role, *in.batch->or_at, in.place, path);
  }
  if (in.moves) {
    move(out, role, epoch, graph.layout, procedure, in);
  }
  if (in.slowed_by) {
    out.slowed = Slowdown{resource(in.slowed_by->resource, ".slowed_by"), in.slowed_by->factors};
  }
  if (in.repeat) {
    out.repeat = Repeat{chance(role, in.repeat->again, path + ".repeat", in.place),
                        number(role, in.repeat->at_most, in.place)};
  }
  if (in.patience) {
    out.patience = draw(role, *in.patience, in.place);
    out.patience_point = Point{hash_of(path + ".patience")};
    for (std::size_t i = 0; i < graph.steps.size(); ++i) {
      if (graph.steps[i].name == in.renege) out.renege = static_cast<StepIndex>(i);
    }
  }
  for (const spec::Line& one : in.books) {
    Line line;
    line.item = item_codes_[one.item];
    line.measures = one.measures();
    line.amount = number(role, one.amount, in.place);
    if (one.of) line.of = number(role, *one.of, in.place);
    if (!one.since.empty()) line.since = mark_of(role, one.since);
    line.per = one.per;
    line.when = chance(role, one.when, path + "." + one.item, in.place);
    out.books.push_back(std::move(line));
  }
  for (const spec::Adjust& one : in.adjusts) out.adjusts.push_back(adjust(one));
  for (const std::string& name : in.creates) {
    const RoleCode code = member(role, name);
    if (code != none) out.creates.push_back(code);
  }
}

void Builder::numbers() {
  for (Role& role : model_->roles) {
    for (std::size_t epoch = 0; epoch < dated_.size(); ++epoch) {
      for (std::size_t variant = 0; variant < role.graphs[epoch].size(); ++variant) {
        Graph& own = *role.graphs[epoch][variant];
        own.numbers.resize(dated_.size());
        // Nobody lives before being born, so earlier numbers are never read.
        for (std::size_t other = epoch; other < dated_.size(); ++other) {
          const bool same =
              role_specs_[role.code][other]->procedure == role_specs_[role.code][epoch]->procedure;
          const Graph& then = same ? *role.graphs[other][variant] : own;
          for (const Step& step : own.steps) {
            const Step* found = &step;
            for (const Step& candidate : then.steps) {
              // Numbers change with the date; where a step runs and what it needs do not.
              if (candidate.name == step.name && candidate.place == step.place &&
                  candidate.needs.size() == step.needs.size() &&
                  candidate.move.has_value() == step.move.has_value() &&
                  candidate.choose.has_value() == step.choose.has_value() &&
                  candidate.repeat.has_value() == step.repeat.has_value() &&
                  candidate.creates == step.creates &&
                  candidate.patience.has_value() == step.patience.has_value()) {
                found = &candidate;
              }
            }
            own.numbers[other].push_back(found);
          }
        }
      }
    }
  }
}

}  // namespace portflow::procedure

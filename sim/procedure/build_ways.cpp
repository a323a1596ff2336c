// Who may have to tell whom: tokens, marks, releases and ends, as walk.hpp lets them travel. A
// channel that nothing can use would only shorten the windows, so none is made to spare.
#include <algorithm>
#include <cmath>

#include "procedure/builder.hpp"
#include "spec/token_paths.hpp"

namespace portflow::procedure {

/// The ways of one graph.
class Builder::Ways {
 public:
  Ways(Builder& builder, const Role& role, const Graph& graph, const spec::TokenPaths& paths)
      : builder_(builder),
        role_(role),
        graph_(graph),
        paths_(paths),
        place_(builder.role_specs_[role.code].front()->place) {}

  void all() {
    begin();
    for (std::size_t i = 0; i < graph_.steps.size(); ++i) {
      const auto at = static_cast<StepIndex>(i);
      const Step& step = graph_.steps[i];
      if (may_be_performed(at)) perform(at);
      if (step.join == none) continue;
      // A join is skipped, or dead, in its own process.
      if (may_be_skipped(at)) pass_by(step.place, at, true);
      if (paths_.may_be_dead(i)) pass_by(step.place, at, false);
      if (step.absorbs()) end(step.place);
    }
    nevers();
  }

 private:
  /// At home; or, if a step creates it, wherever that ends.
  void begin() {
    if (role_.later) {
      for (const std::uint16_t from : builder_.origins_[{role_.code, graph_.layout}]) {
        for (const StepIndex root : graph_.roots) come(from, root, true);
      }
      return;
    }
    const std::size_t before = crossings_;
    for (const StepIndex root : graph_.roots) come(role_.home_place, root, true);
    if (crossings_ > before) builder_.model_->roles[role_.code].heard_at_birth = true;
  }

  [[nodiscard]] bool may_be_performed(StepIndex at) const {
    return std::ranges::any_of(graph_.numbers, [&](const auto& numbers) {
      return !numbers.empty() && !numbers[at]->when.impossible;
    });
  }
  [[nodiscard]] bool may_be_skipped(StepIndex at) const {
    return std::ranges::any_of(graph_.numbers, [&](const auto& numbers) {
      return !numbers.empty() && !numbers[at]->when.certain();
    });
  }

  void link(std::uint16_t from, std::uint16_t to) {
    if (builder_.facility_site_[from] != builder_.facility_site_[to]) ++crossings_;
    builder_.link(from, to, role_.code, place_);
  }

  void perform(StepIndex at) {
    const Step& step = graph_.steps[at];
    if (step.mark_start != none) tell(step.place, step.mark_start);
    release(step.place, step.releases_at_start);
    // Who gives up passes it by where it waited.
    if (step.renege != none) pass_by(step.place, at, true);
    std::set<std::uint16_t> ends{step.end_place()};
    if (step.move && step.move->end_site != step.site) {
      move(step);
      // Who has to arrive at once does so where it stands.
      if (step.move->arrives_when_due) ends.insert(step.place);
    }
    for (const std::uint16_t from : ends) {
      if (step.mark_end != none) tell(from, step.mark_end);
      release(from, step.releases_at_end);
      leave(from, step, true);
    }
  }

  void move(const Step& step) {
    for (const Travel& travel : step.move->travels) {
      if (!travel.reachable) continue;
      if (travel.journey.least < 1) {
        builder_.complain(place_, role_.name + "." + step.name,
                          "zero lookahead: this journey may take no time at all");
      }
      const Duration least{static_cast<std::int64_t>(std::floor(travel.journey.least))};
      builder_.channel(step.site, step.move->end_site, std::max(Duration{1}, least));
    }
  }

  void leave(std::uint16_t from, const Step& step, bool live) {
    if (step.successors.empty()) end(from);
    for (const StepIndex next : step.successors) {
      come(from, next, live);
      const bool parts = step.choose || step.renege != none;
      if (parts && step.successors.size() > 1) come(from, next, false);
    }
  }

  void come(std::uint16_t from, StepIndex to, bool live) {
    if (!seen_.insert({from, to, live}).second) return;
    const Step& step = graph_.steps[to];
    if (step.join != none || (live && may_be_performed(to))) link(from, step.place);
    if (step.join == none && (!live || may_be_skipped(to))) pass_by(from, to, live);
  }

  void pass_by(std::uint16_t from, StepIndex at, bool live) {
    const Step& step = graph_.steps[at];
    for (const std::uint16_t mark : {step.mark_start, step.mark_end}) {
      if (live && mark != none) tell(from, mark);
    }
    for (const Telling& telling : step.unborn) link(from, telling.place);
    release(from, step.releases_at_start);
    release(from, step.releases_at_end);
    leave(from, step, live);
  }

  void tell(std::uint16_t from, std::uint16_t mark) {
    for (const Telling& telling : role_.marks[mark].tellings[graph_.layout]) {
      link(from, telling.place);
    }
  }

  void release(std::uint16_t from, const std::vector<std::uint16_t>& slots) {
    for (const std::uint16_t slot : slots) link(from, graph_.holds[slot].place);
  }

  void end(std::uint16_t from) {
    if (graph_.ended_join == none) {
      closers_.insert(from);
    } else {
      link(from, graph_.ended_place);
      closers_.insert(graph_.ended_place);
    }
  }

  /// Where an account is closed it is told which awaited marks never come.
  void nevers() {
    for (std::size_t mark = 0; mark < role_.marks.size(); ++mark) {
      std::vector<std::size_t> setters;
      for (std::size_t i = 0; i < graph_.steps.size(); ++i) {
        const Step& step = graph_.steps[i];
        if (step.mark_start == mark || step.mark_end == mark) setters.push_back(i);
      }
      if (!paths_.may_all_be_dead(setters)) continue;
      for (const std::uint16_t from : closers_) tell(from, static_cast<std::uint16_t>(mark));
    }
  }

  Builder& builder_;
  const Role& role_;
  const Graph& graph_;
  const spec::TokenPaths& paths_;
  const Place place_;
  std::size_t crossings_{0};  ///< ways to another process
  std::set<std::tuple<std::uint16_t, StepIndex, bool>> seen_;
  std::set<std::uint16_t> closers_;
};

void Builder::ways() {
  model_->hand_over_of.assign(facility_site_.size() * facility_site_.size() * model_->roles.size(),
                              none);
  for (const Role& role : model_->roles) {
    for (std::size_t epoch = 0; epoch < dated_.size(); ++epoch) {
      const auto procedures = dated_[epoch].of(role_specs_[role.code][epoch]->procedure);
      for (std::size_t variant = 0; variant < procedures.size(); ++variant) {
        const spec::TokenPaths paths(*procedures[variant]);
        for (std::uint16_t layout = 0; layout < role.layouts; ++layout) {
          Ways(*this, role, *role.graphs[epoch][variant * role.layouts + layout], paths).all();
        }
      }
    }
  }
}

}  // namespace portflow::procedure

/// \file walk.hpp
/// Follows a token over the compiled graph for as long as nothing is performed.
///
///     come    a join, or a live token whose step's `when` holds:  reach(step, live)
///             else the step is skipped, or dead:                  pass(step, live), and leave
///     leave   no step follows:                                    end(live)
///             else come to each; dead where the step chooses another, or where patience decides
///
/// All of it happens where the token stands and at that instant, whichever facility the steps
/// belong to. Conditions read attributes and marks of own earlier steps, so they are known there.
/// A join keeps its state in its own process: whoever comes to it must tell it.
#pragma once

#include "procedure/graph.hpp"

namespace portflow::procedure {

template <class Visit>
void come(const Graph& graph, StepIndex to, bool live, const Visit& visit);
template <class Visit>
void pass_by(const Graph& graph, StepIndex at, bool live, const Visit& visit);

/// \param taken  the step chosen, where a live token leaves a step that chooses
/// \param gave_up  whether it leaves because its patience is over
template <class Visit>
void leave(const Graph& graph, const Step& step, bool live, StepIndex taken, const Visit& visit,
           bool gave_up = false) {
  if (step.successors.empty()) visit.end(live);
  for (const StepIndex next : step.successors) {
    const bool chosen = !step.choose || next == taken;
    const bool this_way = step.renege == none || (next == step.renege) == gave_up;
    come(graph, next, live && chosen && this_way, visit);
  }
}

template <class Visit>
void come(const Graph& graph, StepIndex to, bool live, const Visit& visit) {
  const Step& step = graph.steps[to];
  if (step.join != none || (live && visit.performed(to))) {
    visit.reach(to, live);
    return;
  }
  pass_by(graph, to, live, visit);
}

/// Skips a step (or passes it dead) and goes on from where the token stands.
template <class Visit>
void pass_by(const Graph& graph, StepIndex at, bool live, const Visit& visit) {
  const Step& step = graph.steps[at];
  visit.pass(step, live);
  leave(graph, step, live, live && step.choose ? visit.chosen(at) : StepIndex{none}, visit);
}

}  // namespace portflow::procedure

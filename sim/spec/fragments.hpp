/// \file fragments.hpp
/// Parts that procedures share: `fragments: {clearance: {steps: {..}}}`, run by a step that says
/// `runs: clearance`.
///
/// A fragment is written once, edited once by a measure, and means what its steps would mean if
/// they were written out in each procedure: step `review` of what `clear` runs is `clear-review`
/// there. `clear` itself ends when the last of them has, and sets its mark then.
#pragma once

#include "spec/node.hpp"
#include "spec/spot.hpp"

namespace portflow::spec {

/// Types the `fragments` of `root`, filling in defaults, and writes their steps out wherever a
/// step of its `procedures` runs one. Complains about unknown fragments, fragments that run
/// themselves, and fields that such a step cannot have. One that is itself in error is left out
/// of the procedures, so that it is told once.
void write_out_fragments(Node& root, const Spot& top);

}  // namespace portflow::spec

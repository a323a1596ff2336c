/// \file blame.hpp
/// An error of an edited tree has two places: a field, and the edits that touched it.
#pragma once

#include <vector>

#include "policy/fold.hpp"

namespace portflow::policy {

/// Adds to `error`, which stands at a field of `baseline` or in an effect, the other of the two.
/// \param active  the edits that were folded
void blame(Error& error, const spec::Node& baseline, const std::vector<const Edit*>& active);

}  // namespace portflow::policy

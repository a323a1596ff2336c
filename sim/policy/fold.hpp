/// \file fold.hpp
/// All edits that hold at one time, applied to the baseline at once.
///
/// Every edit selects fields of the baseline itself, never what another edit made. The edits of
/// one field are folded in a fixed order: set, then the product of scale, the sum of add, then
/// the bounds, for lists include and exclude. No field is edited beneath one that is edited as
/// a whole. So the result depends on the set of edits alone.
#pragma once

#include <string>
#include <vector>

#include "core/error.hpp"
#include "policy/measure.hpp"
#include "policy/selector.hpp"

namespace portflow::policy {

/// One effect on one field.
struct Edit {
  std::string part;  ///< `m04`, `m07.b`
  const Effect* effect{nullptr};
  spec::Node value;  ///< of the effect, ramps with their start
  Path path;
  std::size_t adoption{none};  ///< index of its adoption rule, if any
  SimTime from{SimTime::min()}, to{never};

  static constexpr std::size_t none = ~std::size_t{0};
};

/// The baseline with `edits`, which come in canonical order (measure id, part, order of file).
/// Conflicts are added to `errors`; the edits concerned are then left out.
[[nodiscard]] spec::Node folded(const spec::Node& baseline, const std::vector<const Edit*>& edits,
                                Errors& errors);

/// Likewise, as if no effect had a `where`.
[[nodiscard]] spec::Node folded_everywhere(const spec::Node& baseline,
                                           const std::vector<const Edit*>& edits, Errors& errors);

/// `file:line` for messages that point at a second place.
[[nodiscard]] std::string place_text(const Place& place);

}  // namespace portflow::policy

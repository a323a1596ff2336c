/// \file arithmetic.hpp
/// Numbers as written, edited and still as written: units stay, distributions keep their shape.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "spec/node.hpp"

namespace portflow::policy {

/// The edited node, or one sentence that says why it cannot be edited so.
using Edited = tl::expected<spec::Node, std::string>;

/// Every number that `node` stands for, times `factor`: a number, both ends of a ramp, each
/// case of `by`, both sides of `if`, each shift of servers; a distribution is stretched by its
/// `times` and `plus`.
[[nodiscard]] Edited scaled(const spec::Node& node, double factor);

/// Likewise, plus `amount` (`-5 min`), in the unit of the field.
[[nodiscard]] Edited added(const spec::Node& node, const std::string& amount);

/// Likewise, but not below (`least`) or above (`!least`) the bound; not for distributions.
[[nodiscard]] Edited bounded(const spec::Node& node, const std::string& bound, bool least);

/// Whether two values mean the same: numbers by value (`60 min`, `1 h`), one word like a list
/// of one, defaults that nobody wrote left out.
[[nodiscard]] bool same_value(const spec::Node& a, const spec::Node& b);

/// The node without what binding filled in.
[[nodiscard]] spec::Node as_written(const spec::Node& node);

}  // namespace portflow::policy

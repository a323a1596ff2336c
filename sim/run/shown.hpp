/// \file shown.hpp
/// A measure held against the scenarios that its `shown` names.
#pragma once

#include "core/error.hpp"
#include "policy/measure.hpp"

namespace portflow::run {

/// Compiles `measure` on every scenario of its `shown`, with the parts that are on there, and looks
/// for the KPIs of `expect` and `unchanged`. \returns every error of those compilations, and each
/// KPI that none of the scenarios has, with its place and the nearest name. Good where `shown` is
/// empty.
[[nodiscard]] Result<void> check_where_shown(const policy::Measure& measure);

}  // namespace portflow::run

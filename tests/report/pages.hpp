/// \file pages.hpp
/// The pages that are looked at: the demo compared, and one arm of it alone. Made once.
#pragma once

#include "analysis/report.hpp"

namespace portflow::report_test {

/// Three days of the demo with and without its package, twice each.
const analysis::Comparison& comparison();

/// The same days with m07.a alone, twice.
const analysis::Portrait& portrait();

}  // namespace portflow::report_test

/// \file check_study.hpp
/// What can only be checked once every word is read: names, levels, and what designs ask for.
/// Private to this folder.
#pragma once

#include "analysis/study/study.hpp"
#include "spec/spot.hpp"

namespace portflow::study {

/// Reads the points of a list design, and complains about fields, measures and KPIs that the
/// scenario does not have, levels that it does not take, and designs that do not suit the factors.
void check_study(spec::Node& root, Study& study, spec::Notes& notes);

}  // namespace portflow::study

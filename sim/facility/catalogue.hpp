/// \file catalogue.hpp
/// All kinds of facility, one line each. A new kind is one .cpp and one line in catalogue.cpp.
#pragma once

#include "procedure/kind.hpp"

namespace portflow::facility {

[[nodiscard]] procedure::Kinds kinds();

}  // namespace portflow::facility

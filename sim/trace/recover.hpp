/// \file recover.hpp
/// Makes a whole file of what a run left behind that did not finish.
#pragma once

#include <string>
#include <vector>

#include "core/error.hpp"
#include "trace/reader.hpp"

namespace portflow::trace {

/// What was saved.
struct Recovered {
  SimTime sealed{};  ///< everything recorded before this
  std::vector<Reader::Table> tables;
  std::vector<std::string> losses;  ///< what should have been there and was not
};

/// Copies the rows up to the last checkpoint of `partial` to a new trace `to`, which has no
/// fingerprint, since its run did not finish, but opens in any tool.
/// \returns an input fault where the trace is of a run that finished or is still going on, or
///          where nothing was saved; else as Reader and Writer do
[[nodiscard]] Result<Recovered> recover(const std::string& partial, const std::string& to,
                                        bool force);

}  // namespace portflow::trace

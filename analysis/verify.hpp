/// \file verify.hpp
/// `portflow verify`: does this build, on this machine, agree with theory and with itself?
///
/// Two kinds of row. Theory: every claim of every oracle (oracles.hpp), inside its 99 % interval.
/// Itself: fingerprint and number of events of each scenario on 1, 2, 3, 5 and 8 threads are those
/// of the plain sequential loop.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "analysis/oracles.hpp"
#include "core/error.hpp"

namespace portflow::analysis {

/// One thing that was checked, ready to print.
struct VerifyRow {
  std::string subject;   ///< `M/M/8, load 0.9`, or the scenario file
  std::string what;      ///< the KPI, or `fingerprint on 3 threads`
  std::string unit;      ///< empty for fingerprints
  std::string expected;  ///< by theory, or of the sequential loop
  std::string found;     ///< the mean with its 99 % interval, or the fingerprint
  bool holds{false};
  std::string why;  ///< empty where it holds
};

struct VerifyOptions {
  std::vector<Oracle> oracles;         ///< usually analysis::oracles()
  std::string folder;                  ///< with their scenario files: tests/oracle
  std::vector<std::string> scenarios;  ///< files to run on several numbers of threads
  std::string until;                   ///< how long those run, as run::Request::until
  std::uint64_t seed{1};               ///< of the oracles
  unsigned threads{1};                 ///< for the oracles' replications
  /// Called with each row as soon as it is known, and with the share done, 0..1.
  std::function<void(const VerifyRow&, double)> on_row{};
};

/// \returns all rows, or the faults of a scenario that cannot be run
[[nodiscard]] Result<std::vector<VerifyRow>> verify(const VerifyOptions& options);

}  // namespace portflow::analysis

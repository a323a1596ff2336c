// Rows of fingerprints.csv: what is run, and the trajectory that it must take.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/error.hpp"

namespace portflow::tests {

/// One run and its fingerprint. No field may hold a comma.
struct Golden {
  std::string scenario;               ///< from the root of the checkout
  std::vector<std::string> measures;  ///< between blanks
  std::vector<std::string> settings;  ///< `PATH=VALUE`, between semicolons
  std::string seed;                   ///< empty: the scenario's
  std::string until;                  ///< empty: the whole horizon
  std::string fingerprint;            ///< 16 hexadecimal digits
  std::string events;

  /// The row as it stands in the file.
  [[nodiscard]] std::string row() const;
};

/// Rows below the heading; none if the file cannot be read or a row has not seven fields.
[[nodiscard]] std::vector<Golden> read_golden(const std::string& path);

/// Writes heading and rows.
[[nodiscard]] bool write_golden(const std::string& path, const std::vector<Golden>& rows);

/// Runs it. \returns the same row with the fingerprint and the number of events that came out
[[nodiscard]] Result<Golden> run_golden(Golden row, const std::string& root);

}  // namespace portflow::tests

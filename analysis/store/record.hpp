/// \file record.hpp
/// What the store keeps of one run: its KPIs, or why it failed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "kpi/figure.hpp"

namespace portflow::store {

/// Why a run has no KPIs; it stays in the tables as a failed run and enters no mean.
struct Failed {
  Failure kind{Failure::bug};
  std::string reason;
  friend bool operator==(const Failed&, const Failed&) = default;
};

struct Record {
  std::string key;  ///< Identity::key
  std::uint32_t replication{0};
  std::vector<kpi::Figure> figures;  ///< without values of entities
  std::uint64_t fingerprint{0}, events{0};
  std::optional<Failed> failed;
  double wall_seconds{0};  ///< how long it took, and where: no result depends on these two
  std::string host;
};

/// As JSON text, exact to the last bit.
[[nodiscard]] std::string to_json(const Record& record);
/// \returns an input fault for what is no such text.
[[nodiscard]] Result<Record> record_from_json(const std::string& text);

}  // namespace portflow::store

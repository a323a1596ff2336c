/// \file trace_facts.hpp
/// The rows of two traces on one footing: what makes two rows the same one, and what they say.
///
/// Codes are indexes into the dictionaries of their own trace, so two traces are compared by names:
/// a common dictionary gives each name one number. A fact is a row boiled down to 32 bytes.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/record.hpp"
#include "trace/batch.hpp"

namespace portflow::analysis {

/// Tables of rows, in the order of Batch.
enum class FactTable : std::uint8_t { born, marks, steps, ended, paths, moves, levels, ledger };
inline constexpr std::size_t fact_tables = 8;

[[nodiscard]] std::string_view name_of(FactTable table) noexcept;

/// One row.
struct Fact {
  SimTime at{};                           ///< when it was recorded
  trace::EntityId who{trace::no_entity};  ///< the entity; nobody for resources
  std::uint64_t content{0};               ///< hash of all that it says
  std::uint32_t what{0};                  ///< step, mark, role, ...: a common number
  std::uint32_t row{0};                   ///< index in the table of its batch
};

/// Turns the rows of one trace to facts.
class Facts {
 public:
  /// Numbers of names, shared by both traces.
  using Dictionary = std::map<std::string, std::uint32_t>;

  /// \param common  outlives this; gets the names of `record`
  Facts(const Record& record, Dictionary& common);

  /// The facts of a table, sorted by `at`, then `who`, `what` and `content`.
  [[nodiscard]] std::vector<Fact> of(const trace::Batch& batch, FactTable table) const;

  /// What a row says, in words. \pre row is of `batch`
  [[nodiscard]] std::string say(const trace::Batch& batch, FactTable table,
                                std::uint32_t row) const;

 private:
  using Numbers = std::vector<std::uint32_t>;
  [[nodiscard]] std::vector<std::size_t> attribute_places(const trace::Batch& batch) const;
  [[nodiscard]] std::uint64_t attributes_hash(const trace::Born& born,
                                              std::span<const double> values) const;
  [[nodiscard]] std::string say_born(const trace::Batch& batch, std::uint32_t row) const;
  [[nodiscard]] std::string resource(std::uint16_t code) const;
  [[nodiscard]] std::string step(std::uint16_t code) const;

  const Record& record_;
  Numbers marks_, steps_, roles_, resources_, routes_, items_;
  std::vector<std::vector<std::uint64_t>> attributes_;  ///< by role: hashes of attribute names
};

}  // namespace portflow::analysis

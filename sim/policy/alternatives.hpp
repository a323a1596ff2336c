/// \file alternatives.hpp
/// What adopters meet: every procedure once for every set of measures that edit it and that an
/// entity may have adopted.
///
/// The sets are those of one procedure, not of all measures together: thirty adoptions that edit
/// ten procedures make some dozens of procedures, not 2^30.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "policy/compile.hpp"
#include "policy/fold.hpp"

namespace portflow::policy {

class AlternativeProcedures {
 public:
  /// \param baseline  with its defaults; it, `edits` and `rules` must outlive this
  AlternativeProcedures(const spec::Node& baseline, const std::vector<std::unique_ptr<Edit>>& edits,
                        const std::vector<AdoptionRule>& rules);

  /// Too many adoptions, of all procedures or of one.
  [[nodiscard]] Errors check() const;

  /// The alternatives to the procedures of `everybody`, as they stand for those who are created
  /// from `now` (when the numbers are read) to `end`. Adds to `errors` what an adopter's procedure
  /// has wrong.
  [[nodiscard]] std::map<std::string, Alternatives> in(const spec::Scenario& everybody, SimTime now,
                                                       SimTime end, Errors& errors) const;

 private:
  using Rules = std::vector<std::size_t>;
  using Adopted = std::uint64_t;  ///< bit i: rule i

  [[nodiscard]] std::vector<Adopted> sets_to_bind(const std::map<std::string, Rules>& of) const;
  [[nodiscard]] spec::Node part_of_baseline(const std::map<std::string, Rules>& of) const;

  const spec::Node& baseline_;
  const std::vector<std::unique_ptr<Edit>>& edits_;
  const std::vector<AdoptionRule>& rules_;
  std::map<std::string, Rules> rules_of_;  ///< by procedure, the earliest first
};

}  // namespace portflow::policy

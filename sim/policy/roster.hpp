/// \file roster.hpp
/// The measures that are on, in an order of their own.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "policy/measure.hpp"

namespace portflow::policy {

/// `m04`, or `m07.b` for a named part.
[[nodiscard]] std::string name_of(const Measure& measure, const Part& part);

/// Measures by id and their parts by name, whatever order they were given in.
class Roster {
 public:
  explicit Roster(const std::vector<Measure>& measures);

  [[nodiscard]] const std::vector<std::pair<const Measure*, const Part*>>& parts() const noexcept {
    return parts_;
  }

  /// What is wrong with the set: one id twice, a missing requirement, an exclusion.
  [[nodiscard]] Errors check() const;

 private:
  [[nodiscard]] bool on(const std::string& name) const;

  std::vector<const Measure*> measures_;
  std::vector<std::pair<const Measure*, const Part*>> parts_;
};

}  // namespace portflow::policy

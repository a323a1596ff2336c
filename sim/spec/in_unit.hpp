/// \file in_unit.hpp
/// Numbers whose unit stands in a field beside them, as those of a published figure do.
#pragma once

#include <optional>
#include <string>

#include "core/unit.hpp"
#include "spec/number.hpp"
#include "spec/spot.hpp"

namespace portflow::spec {

/// Reads a number in `unit`, or one written with another unit of the same dimension; where `unit`
/// is none of the language (`boxes/h`), a plain number.
class InUnit {
 public:
  explicit InUnit(const std::string& unit);
  void operator()(const Node& node, const Spot& spot, double& out) const;

 private:
  std::optional<Unit> unit_;
  Number number_{Dimension::plain, -1e18, 1e18};
};

/// A formula over KPIs.
class Formula;
void read_formula(const Node& node, const Spot& spot, Formula& out);

}  // namespace portflow::spec

/// \file row.hpp
/// Units that stand in a row: who takes several has them side by side.
///
/// Metres of a quay are the case it was made for: 300 m are of no use to a ship in three pieces. A
/// stretch is taken where it fits first, from the low end on, and stays where it is until it is
/// given back; ships are not shifted along.
#pragma once

#include <vector>

#include "flow/entity.hpp"

namespace portflow::procedure {

class Row {
 public:
  /// Units in service, the low end of the row. Who holds more keeps it.
  void reach_to(double units) noexcept { end_ = units; }

  /// Whether a stretch of `units` is free within the row.
  [[nodiscard]] bool fits(double units) const noexcept { return place_of(units).fits; }

  /// Takes the first stretch that is free; the far end where none is (who is owed units has them).
  /// \returns where it begins
  double take(double units, flow::EntityId who);

  /// Gives back `units` of what `who` has taken, the last first.
  void give(double units, flow::EntityId who) noexcept;

 private:
  struct Stretch {
    double begin, units;
    flow::EntityId who;
  };
  struct Place {
    bool fits;
    std::size_t before;  ///< index of the stretch that it comes before
    double begin;
  };
  [[nodiscard]] Place place_of(double units) const noexcept;

  double end_{0};
  std::vector<Stretch> taken_;  ///< ascending, apart
};

}  // namespace portflow::procedure

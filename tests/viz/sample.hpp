// A made-up week of Dalian, the same on every run: what the viewer's tests look at.
#pragma once

#include "trace/batch.hpp"
#include "trace/schema.hpp"

namespace portflow::viz::test {

struct Sample {
  trace::Schema schema;
  trace::Batch batch;
};

/// Nine facilities, thirteen resources, ships, boxes, trucks, trains, flights and passengers
/// over the week from Mon 3 Jun 2024.
[[nodiscard]] Sample make_sample();

/// The box of the sample whose critical path is recorded, from its birth to its end.
inline constexpr trace::EntityId storied_box = 900'001;

/// The same week in which every box that ends takes an hour less, all of it waiting.
[[nodiscard]] Sample quicker(Sample sample);

}  // namespace portflow::viz::test

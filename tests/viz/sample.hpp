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

}  // namespace portflow::viz::test

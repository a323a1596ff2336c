// Who queued for what and held how much of it, told by the steps of the record alone.
//
// Levels are added up by the resources while they run; this does the same sum from the other
// side, after the fact: a step that needs a resource queued for it over [ready, start) and held it
// over [start, end), or until the end of a later step and, if that is elsewhere, word of it. Both
// sides must agree, to the tick.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "run/run.hpp"
#include "trace/batch.hpp"

namespace portflow::tests {

/// Keeps the rows that the sums need.
class Record final : public trace::Sink {
 public:
  void consume(const trace::Batch& batch) override;

  struct Entity {
    std::uint16_t role{0};
    trace::EntityId parent{0};
    std::size_t attributes{0};  ///< where its attributes begin
  };
  std::vector<trace::Born> born;
  std::unordered_map<trace::EntityId, Entity> entities;
  std::vector<double> attributes;
  std::vector<trace::StepDone> steps;
  std::vector<trace::Ended> ended;
  std::vector<trace::Level> levels;

  explicit Record(const trace::Schema& schema) : schema_(schema) {}

 private:
  const trace::Schema& schema_;
};

/// One use of a resource by one entity. What was never released lasts for ever.
struct Use {
  SimTime asked{}, seized{}, released{};
  double units{0};
};

/// All uses by resource code, as far as steps that ended tell them.
/// \returns also what cannot be told: steps that wait for more than resources before they start
struct Usage {
  std::map<std::uint16_t, std::vector<Use>> uses;
  std::vector<std::string> untold;
};

[[nodiscard]] Usage usage_of(const run::Prepared& prepared, const Record& record);

/// How much of [from, to) lies in [begin, end), in ms.
[[nodiscard]] std::int64_t overlap(SimTime from, SimTime to, SimTime begin, SimTime end);

}  // namespace portflow::tests

#include "analysis/spans.hpp"

#include <algorithm>

#include "kpi/spans.hpp"

namespace portflow::analysis {
namespace {

/// When each entity of the record ended.
class Ends final : public trace::Sink {
 public:
  void consume(const trace::Batch& batch) override {
    for (const trace::Ended& ended : batch.ended) ends.push_back({ended.entity, ended.end});
  }
  std::vector<std::pair<trace::EntityId, SimTime>> ends;
};

}  // namespace

Result<Spans> spans_of(const Record& record, const std::string& kpi) {
  auto watch = kpi::SpanWatch::make(record.schema(), kpi);
  if (!watch) return tl::unexpected(watch.error());
  auto read = record.reader().replay(**watch, {.steps = true, .paths = true});
  if (!read) return tl::unexpected(read.error());
  return Spans{(*watch)->name(), (*watch)->definition().unit, (*watch)->finish()};
}

Result<Spans> lives_of(const Record& record) {
  Ends ends;
  auto read = record.reader().replay(ends, {.steps = true, .paths = true});
  if (!read) return tl::unexpected(read.error());
  std::ranges::sort(ends.ends);
  const trace::Schema& schema = record.schema();
  Spans lives;
  auto end = ends.ends.begin();
  for (const trace::Born& born : record.directory().entities()) {
    while (end != ends.ends.end() && end->first < born.entity) ++end;
    if (born.at < schema.cohort_from || born.at >= schema.to) continue;
    kpi::Observation life;
    life.entity = born.entity;
    life.created = born.at;
    life.from = {kpi::Moment::State::set, born.at};
    life.ended = end != ends.ends.end() && end->first == born.entity;
    if (life.ended) life.to = {kpi::Moment::State::set, end->second};
    lives.entities.push_back(life);
  }
  return lives;
}

const kpi::Observation* find(const Spans& spans, trace::EntityId entity) {
  const auto found =
      std::ranges::lower_bound(spans.entities, entity, {}, &kpi::Observation::entity);
  return found == spans.entities.end() || found->entity != entity ? nullptr : &*found;
}

std::optional<Duration> length_of(const kpi::Observation& span) {
  if (kpi::standing_of(span) != kpi::Standing::known) return {};
  return span.to.at - span.from.at;
}

}  // namespace portflow::analysis

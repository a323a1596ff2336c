#include "analysis/from_trace.hpp"

#include <charconv>

#include "trace/reader.hpp"

namespace portflow::analysis {
namespace {

/// 16 hexadecimal digits; empty for anything else.
std::optional<std::uint64_t> from_hex(const std::string& text) {
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped_at, error] = std::from_chars(text.data(), end, value, 16);
  if (text.size() != 16 || error != std::errc{} || stopped_at != end) return std::nullopt;
  return value;
}

}  // namespace

Result<Experiment> from_trace(const std::string& path) {
  auto reader = trace::Reader::open(path);
  if (!reader) return tl::unexpected(reader.error());
  const trace::Schema& schema = (*reader)->schema();
  Experiment result;
  if (!schema.fingerprint.empty()) {
    const auto fingerprint = from_hex(schema.fingerprint);
    if (!fingerprint) {
      return fail(Failure::input, "damaged: the fingerprint is not 16 hexadecimal digits",
                  {path, 0, 0});
    }
    result.fingerprint = *fingerprint;
  }
  auto collector = kpi::Collector::make(schema);
  if (!collector) return tl::unexpected(collector.error());
  if (auto replayed = (*reader)->replay(**collector); !replayed) {
    return tl::unexpected(replayed.error());
  }
  result.scenario = schema.scenario_name;
  result.title = schema.scenario_title;
  result.measures = schema.measures;
  result.engine = schema.engine;
  result.seed = schema.seed;
  result.replications = 1;
  result.events = schema.events;
  result.stopped = schema.fingerprint.empty();
  const std::vector<std::vector<kpi::Figure>> figures{(*collector)->finish().figures};
  result.kpis = estimate(figures);
  return result;
}

}  // namespace portflow::analysis

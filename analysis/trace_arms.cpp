#include "analysis/trace_arms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <set>

namespace portflow::analysis {
namespace {

namespace fs = std::filesystem;

/// Where a trace belongs. Two of one replication are the two arms, whatever is on in them.
TraceArm& arm_for(std::vector<TraceArm>& arms, const trace::Schema& schema, bool two) {
  const auto found = std::ranges::find(arms, schema.measures, &TraceArm::measures);
  const bool taken = found != arms.end() && found->traces.contains(schema.replication);
  if (found != arms.end() && !(two && taken)) return *found;
  return arms.emplace_back(TraceArm{schema.measures, {}});
}

std::string arm_name(const std::vector<std::string>& measures) {
  return measures.empty() ? "no measures" : fmt::format("{}", fmt::join(measures, ","));
}

Result<std::vector<std::string>> files_of(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      files.push_back(path);
      continue;
    }
    std::set<std::string> found;
    for (const auto& entry : fs::directory_iterator(path, error)) {
      if (entry.path().extension() == ".h5") found.insert(entry.path().string());
    }
    if (error) return fail(Failure::disk, error.message(), {path, 0, 0});
    if (found.empty()) return fail(Failure::input, "there is no trace (.h5) in it", {path, 0, 0});
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

/// Gives a record to two sinks at once: reading it costs more than folding it.
class Both final : public trace::Sink {
 public:
  Both(trace::Sink& first, trace::Sink* second) : first_(first), second_(second) {}
  void consume(const trace::Batch& batch) override {
    first_.consume(batch);
    if (second_ != nullptr) second_->consume(batch);
  }

 private:
  trace::Sink& first_;
  trace::Sink* second_;
};

}  // namespace

Result<std::vector<TraceArm>> open_arms(const std::vector<std::string>& paths) {
  const auto found = files_of(paths);
  if (!found) return tl::unexpected(found.error());
  const std::vector<std::string>& files = *found;
  std::vector<TraceArm> arms;
  std::string first;  // scenario and seed of all
  for (const std::string& path : files) {
    auto reader = trace::Reader::open(path);
    if (!reader) return tl::unexpected(reader.error());
    const trace::Schema& schema = (*reader)->schema();
    const std::string own = fmt::format("{}, seed {}", schema.scenario_name, schema.seed);
    if (first.empty()) first = own;
    if (own != first) {
      return fail(Failure::input,
                  fmt::format("is of {}, and the traces before it of {}", own, first),
                  {path, 0, 0});
    }
    if (schema.fingerprint.empty()) {
      return fail(Failure::input, "its run did not finish: it has no figures to report",
                  {path, 0, 0});
    }
    const std::uint32_t replication = schema.replication;
    const auto [at, fresh] =
        arm_for(arms, schema, files.size() == 2).traces.try_emplace(replication);
    if (!fresh) {
      return fail(
          Failure::input,
          fmt::format("is replication {} of the same arm as {}", replication, at->second.path),
          {path, 0, 0});
    }
    at->second = {path, std::move(*reader)};
  }
  if (arms.size() == 1) return arms;
  if (arms.size() == 2) {
    // Fewer measures first; of equally many the one that was named first.
    const bool turn = files.size() > 2 && arms[1].measures.size() < arms[0].measures.size();
    if (turn) std::swap(arms[0], arms[1]);
    return arms;
  }
  std::vector<std::string> names;
  for (const TraceArm& arm : arms) names.push_back(arm_name(arm.measures));
  return fail(Failure::input,
              fmt::format("a report is of one arm or of two; these traces are of {} ({})",
                          names.size(), fmt::join(names, "; ")));
}

Result<FoldedTrace> fold(const OpenTrace& opened) {
  const trace::Schema& schema = opened.reader->schema();
  auto collector = kpi::Collector::make(schema, kpi::Keep::entities_and_curves);
  if (!collector) return tl::unexpected(collector.error());
  FoldedTrace folded;
  if (opened.reader->detail() == trace::Detail::full) {
    auto anatomist = Anatomist::make(schema);
    if (!anatomist) return tl::unexpected(anatomist.error());
    folded.anatomist = std::move(*anatomist);
  }
  Both sink(**collector, folded.anatomist.get());
  const trace::Reader::Without out{.steps = true, .paths = !folded.anatomist};
  if (auto read = opened.reader->replay(sink, out); !read) return tl::unexpected(read.error());
  folded.results = (*collector)->finish();
  return folded;
}

std::uint64_t fingerprint_in(const trace::Schema& schema) {
  std::uint64_t value = 0;
  const std::string& text = schema.fingerprint;
  std::from_chars(text.data(), text.data() + text.size(), value, 16);
  return value;
}

}  // namespace portflow::analysis

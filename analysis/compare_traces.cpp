#include "analysis/compare_traces.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>
#include <memory>
#include <set>

#include "trace/reader.hpp"

namespace portflow::analysis {
namespace {

namespace fs = std::filesystem;

struct Opened {
  std::string path;
  std::unique_ptr<trace::Reader> reader;
};

/// The traces of one arm.
struct Arm {
  std::vector<std::string> measures;
  std::map<std::uint32_t, Opened> traces;  ///< by replication
};
using Arms = std::vector<Arm>;

/// Where a trace belongs: two alone are the two arms, whatever is on in them.
Arm& arm_for(Arms& arms, const std::vector<std::string>& measures, bool two) {
  const auto found = std::ranges::find(arms, measures, &Arm::measures);
  if (!two && found != arms.end()) return *found;
  return arms.emplace_back(Arm{measures, {}});
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

Result<Arms> arms_of(const std::vector<std::string>& files) {
  Arms arms;
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
      return fail(Failure::input, "its run did not finish: there is nothing to compare it with",
                  {path, 0, 0});
    }
    const std::uint32_t replication = schema.replication;
    const auto [at, fresh] =
        arm_for(arms, schema.measures, files.size() == 2).traces.try_emplace(replication);
    if (!fresh) {
      return fail(
          Failure::input,
          fmt::format("is replication {} of the same arm as {}", replication, at->second.path),
          {path, 0, 0});
    }
    at->second = {path, std::move(*reader)};
  }
  if (arms.size() == 2) {
    // Fewer measures first; of equally many the one that was named first.
    const bool turn = files.size() > 2 && arms[1].measures.size() < arms[0].measures.size();
    if (turn) std::swap(arms[0], arms[1]);
    return arms;
  }
  std::vector<std::string> names;
  for (const Arm& arm : arms) names.push_back(arm_name(arm.measures));
  return fail(Failure::input, fmt::format("a report compares two arms; these traces are of {} ({})",
                                          names.size(), fmt::join(names, "; ")));
}

struct Folded {
  kpi::Results results;
  std::unique_ptr<Anatomist> anatomist;  ///< null where the trace holds no paths
};

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

Result<Folded> fold(const Opened& opened) {
  const trace::Schema& schema = opened.reader->schema();
  auto collector = kpi::Collector::make(schema, kpi::Keep::entities_and_curves);
  if (!collector) return tl::unexpected(collector.error());
  Folded folded;
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

void describe(const trace::Schema& base, const trace::Schema& policy, Comparison& into) {
  into.scenario = policy.scenario_name;
  into.title = policy.scenario_title;
  into.base_measures = base.measures;
  into.policy_measures = policy.measures;
  for (const std::string& id : policy.measures) {
    const bool in_base = std::ranges::find(base.measures, id) != base.measures.end();
    into.measures.push_back({.id = id,
                             .title = {},
                             .in_base = in_base,
                             .in_policy = true,
                             .expect = {},
                             .unchanged = {}});
  }
  for (const std::string& id : base.measures) {
    if (std::ranges::find(policy.measures, id) != policy.measures.end()) continue;
    into.measures.push_back({.id = id,
                             .title = {},
                             .in_base = true,
                             .in_policy = false,
                             .expect = {},
                             .unchanged = {}});
  }
  into.engine = policy.engine;
  into.seed = policy.seed;
  into.from = policy.from;
  into.cohort_from = policy.cohort_from;
  into.to = policy.to;
  into.until = policy.until;
  into.follow = policy.follow;
}

}  // namespace

Result<Comparison> compare_traces(const std::vector<std::string>& paths) {
  const auto files = files_of(paths);
  if (!files) return tl::unexpected(files.error());
  const auto arms = arms_of(*files);
  if (!arms) return tl::unexpected(arms.error());
  const auto& of_base = (*arms)[0].traces;
  const auto& of_policy = (*arms)[1].traces;
  std::vector<PairedRun> runs;
  Comparison result;
  for (const auto& [replication, opened] : of_base) {
    const auto partner = of_policy.find(replication);
    if (partner == of_policy.end()) continue;
    auto base = fold(opened);
    if (!base) return tl::unexpected(base.error());
    auto policy = fold(partner->second);
    if (!policy) return tl::unexpected(policy.error());
    const trace::Schema &base_schema = opened.reader->schema(),
                        &policy_schema = partner->second.reader->schema();
    if (runs.empty()) describe(base_schema, policy_schema, result);
    PairedRun& run = runs.emplace_back(
        pair_up(base_schema, std::move(base->results), std::move(policy->results), replication));
    run.base_fingerprint = fingerprint_in(base_schema);
    run.policy_fingerprint = fingerprint_in(policy_schema);
    run.events = base_schema.events + policy_schema.events;
    if (!base->anatomist || !policy->anatomist) continue;
    run.anatomy = PairedAnatomy{base->anatomist->finish(), policy->anatomist->finish()};
    explain(run.census.movers, base_schema, base->anatomist->accounts(), policy_schema,
            policy->anatomist->accounts());
  }
  if (runs.empty()) {
    return fail(Failure::input, "no replication is there for both arms");
  }
  // A part that some replications lack would not pair.
  if (!std::ranges::all_of(runs, [](const PairedRun& run) { return run.anatomy.has_value(); })) {
    for (PairedRun& run : runs) run.anatomy.reset();
  }
  combine(runs, result);
  return result;
}

}  // namespace portflow::analysis

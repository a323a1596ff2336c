/// \file run.hpp
/// Where scenario, measures, engine and record meet: prepare once, run many replications.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "kernel/run_options.hpp"
#include "policy/compile.hpp"
#include "policy/measure.hpp"
#include "spec/node.hpp"
#include "spec/scenario.hpp"
#include "trace/batch.hpp"
#include "trace/schema.hpp"

namespace portflow::run {

/// What to simulate: a scenario file, measures that are on, fields set by hand.
struct Request {
  std::string scenario;               ///< path of the YAML file
  std::vector<std::string> measures;  ///< paths of measure files, or ids (`m04`, `m07.a`)
                                      ///< looked up in the measures folder beside the scenario
  std::vector<std::string> settings;  ///< `PATH=VALUE`, as `--set`
  std::optional<std::uint64_t> seed;
  std::string until;  ///< date or duration from the start; empty: whole horizon
};

/// A scenario compiled for running; immutable, shared by replications and threads.
class Prepared {
 public:
  ~Prepared();
  /// Manifest and dictionaries of a replication's record.
  [[nodiscard]] trace::Schema schema(std::uint32_t replication) const;
  [[nodiscard]] const spec::Scenario& scenario() const noexcept;  ///< first epoch
  [[nodiscard]] const policy::Compiled& compiled() const noexcept;
  /// Measures that are on and the scenario's disturbances, by id.
  [[nodiscard]] const std::vector<policy::Measure>& measures() const noexcept;
  /// Ids of the disturbances that the scenario itself names, in the order of its list.
  [[nodiscard]] const std::vector<std::string>& disturbances() const noexcept;
  [[nodiscard]] const Errors& warnings() const noexcept;
  [[nodiscard]] const spec::Evidence& evidence() const noexcept;
  [[nodiscard]] std::uint64_t seed() const noexcept;
  /// Every word and number that the record depends on: those of the scenario, as set and with
  /// its defaults, then those of each measure that is on, under `measures.ID`. Titles, sources and
  /// explanations are left out. Equal fields, seed, horizon and engine give equal bytes.
  [[nodiscard]] const std::vector<spec::Leaf>& fields() const noexcept;

  struct Impl;
  explicit Prepared(std::unique_ptr<Impl> impl);
  [[nodiscard]] const Impl& impl() const noexcept { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

/// Reads, compiles and validates. \returns every input error at once.
[[nodiscard]] Result<std::shared_ptr<const Prepared>> prepare(const Request& request);

/// Version of portflow with a digest of the sources that runs depend on, `0.1.0+5d41402abc4b2a76`:
/// equal for builds that give equal bytes, whatever was changed around the engine.
[[nodiscard]] std::string_view engine() noexcept;

/// How one replication is driven.
struct Drive {
  std::uint32_t replication{0};  ///< from 0
  unsigned threads{1};
  bool sequential{false};
  bool share_all{false};  ///< keep all threads at it (kernel/run_options.hpp)
  bool survey{false};     ///< count what more threads could share (there too)
  bool paths{false};      ///< record critical paths (trace level full)
  /// Simulated time between two seals of the record: short enough to keep buffers small, long
  /// enough not to be felt.
  Duration seal_every{std::chrono::hours{6}};
  /// Called now and then with simulated progress 0..1; true stops the run early.
  std::function<bool(double)> progress;
};

struct Outcome : kernel::RunSummary {
  std::uint64_t fingerprint{0};
  double wall_seconds{0};  ///< of the event loop, records included
};

/// Runs one replication and feeds its record to every sink. Several may run at once.
[[nodiscard]] Result<Outcome> simulate(const Prepared& prepared, const Drive& drive,
                                       std::span<trace::Sink* const> sinks);

}  // namespace portflow::run

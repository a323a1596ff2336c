/// \file phold.hpp
/// PHOLD, the usual model to measure and to test a parallel engine: balls that hop between
/// logical processes for ever. Tests and benchmarks share this one definition.
///
/// Every process starts with some balls, each due at lookahead + Exp(1 - lookahead). Who
/// handles a ball draws its target (itself, or with probability `remote` any process
/// uniformly) and schedules it there after lookahead + Exp(1 - lookahead).
///
/// Source: R. M. Fujimoto (1990), Performance of Time Warp under synthetic workloads, SCS
/// Multiconference on Distributed Simulation, 23-28.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/fingerprint.hpp"
#include "core/hash.hpp"
#include "core/math.hpp"
#include "kernel/engine.hpp"

namespace portflow::bench {

struct PholdOptions {
  std::uint32_t lps{1024};  ///< logical processes
  std::uint32_t events{1};  ///< balls that each of them starts with
  double remote{0.1};       ///< chance that a ball is thrown to anybody
  double lookahead{0.1};    ///< in units of the mean delay, 0 < lookahead <= 1
  double hot{0};            ///< share of balls that fall to the first fifth; 0: no such fifth
  double until{1000};       ///< in units of the mean delay
  std::uint64_t seed{1};
};

/// What one run came to.
struct PholdResult {
  std::uint64_t events{0};
  double seconds{0};  ///< of wall time, from the start of the event loop to its end
  std::uint64_t fingerprint{0};
  kernel::RunSummary summary;  ///< nothing for bare loops
};

/// One unit of PHOLD's time in ticks: fine enough that ties are rare.
inline constexpr double ticks_per_unit = 1e6;

[[nodiscard]] inline Duration ticks(double units) {
  return Duration{std::llround(units * ticks_per_unit)};
}

struct Ball {
  std::uint32_t hops{0};
};

/// The state of a logical process, without any engine: what the yardsticks use too.
class PholdLp {
 public:
  struct Throw {
    std::uint32_t target;
    Duration extra;  ///< beyond the lookahead
  };

  PholdLp(const PholdOptions& options, std::uint32_t self)
      : remote_{options.remote},
        mean_extra_{(1 - options.lookahead) * ticks_per_unit},
        hot_{options.hot},
        self_{self},
        lps_{options.lps},
        state_{chain(options.seed, self)} {}

  [[nodiscard]] Duration extra() {
    return Duration{static_cast<std::int64_t>(-log_of(uniform()) * mean_extra_)};
  }

  [[nodiscard]] Throw on_ball(SimTime at, Ball& ball) {
    fingerprint_.add(static_cast<std::uint64_t>(at.time_since_epoch().count()) + ball.hops);
    ++ball.hops;
    std::uint32_t target = self_;
    if (uniform() < remote_) target = hot_ > 0 ? anybody_uneven() : one_of(lps_);
    return {target, extra()};
  }

  /// How many balls process `i` starts with.
  [[nodiscard]] static std::uint32_t first_balls(const PholdOptions& options, std::uint32_t i) {
    if (options.hot <= 0) return options.events;
    const std::uint32_t fifth = hot_lps(options.lps);
    const double all = static_cast<double>(options.events) * options.lps;
    const bool hot = i < fifth;
    const double each =
        hot ? all * options.hot / fifth : all * (1 - options.hot) / (options.lps - fifth);
    const double nth = hot ? i : i - fifth;
    return static_cast<std::uint32_t>(std::floor((nth + 1) * each) - std::floor(nth * each));
  }

  [[nodiscard]] const Fingerprint& fingerprint() const { return fingerprint_; }

 private:
  static std::uint32_t hot_lps(std::uint32_t lps) { return std::max(1U, lps / 5); }

  std::uint32_t one_of(std::uint32_t count) {
    return static_cast<std::uint32_t>(((bits() >> 32) * std::uint64_t{count}) >> 32);
  }

  std::uint32_t anybody_uneven() {
    const std::uint32_t fifth = hot_lps(lps_);
    return uniform() < hot_ ? one_of(fifth) : fifth + one_of(lps_ - fifth);
  }

  std::uint64_t bits() { return mix(state_ += 0x9e3779b97f4a7c15ULL); }
  double uniform() { return static_cast<double>((bits() >> 11) | 1U) * 0x1p-53; }

  double remote_;
  double mean_extra_;
  double hot_;
  std::uint32_t self_;
  std::uint32_t lps_;
  std::uint64_t state_;
  Fingerprint fingerprint_;
};

[[nodiscard]] inline std::string lp_name(std::uint32_t i) {
  return fmt::format("lp{:07}", i);
}

/// Combines what all processes did.
template <class Lps, class Get>
[[nodiscard]] std::uint64_t fingerprint_of(const Lps& lps, const Get& get) {
  std::vector<std::pair<std::string, Fingerprint>> parts;
  parts.reserve(lps.size());
  for (std::uint32_t i = 0; i < lps.size(); ++i) parts.emplace_back(lp_name(i), get(lps[i]));
  return combine(parts);
}

/// PHOLD's process on portflow's engine, over one mesh.
class PholdProcess final : public kernel::Process<Ball> {
 public:
  PholdProcess(const PholdOptions& options, std::uint32_t self)
      : lp_{options, self}, self_{self}, lookahead_{ticks(options.lookahead)} {}

  void handle(Ball& ball, kernel::Context<Ball>& context) override {
    const auto to = lp_.on_ball(context.now(), ball);
    if (to.target == self_) {
      context.after(lookahead_ + to.extra, Ball{ball});
    } else {
      context.send(kernel::MeshId{}, kernel::ProcessId{to.target}, Ball{ball}, to.extra);
    }
  }

  [[nodiscard]] PholdLp& lp() { return lp_; }

 private:
  PholdLp lp_;
  std::uint32_t self_;
  Duration lookahead_;
};

/// Runs PHOLD on portflow's engine.
[[nodiscard]] inline Result<PholdResult> phold(const PholdOptions& options,
                                               kernel::RunOptions run) {
  kernel::Engine<Ball> engine;
  std::vector<PholdProcess*> processes;
  for (std::uint32_t i = 0; i < options.lps; ++i) {
    auto process = std::make_unique<PholdProcess>(options, i);
    processes.push_back(process.get());
    engine.add(lp_name(i), std::move(process));
  }
  const auto lookahead = ticks(options.lookahead);
  engine.mesh(lookahead);
  for (std::uint32_t from = 0; from < options.lps; ++from) {
    for (std::uint32_t i = 0; i < PholdLp::first_balls(options, from); ++i) {
      const auto first = SimTime{lookahead} + processes[from]->lp().extra();
      engine.seed(kernel::ProcessId{from}, first, Ball{});
    }
  }
  run.until = SimTime{ticks(options.until)};
  const auto start = std::chrono::steady_clock::now();
  const auto summary = engine.run(run);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  if (!summary) return tl::unexpected(summary.error());
  return PholdResult{summary->events, seconds.count(),
                     fingerprint_of(processes, [](auto* p) { return p->lp().fingerprint(); }),
                     *summary};
}

}  // namespace portflow::bench

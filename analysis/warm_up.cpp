#include "analysis/warm_up.hpp"

#include <algorithm>
#include <limits>

#include "analysis/interval.hpp"
#include "analysis/replicate.hpp"

namespace portflow::analysis {
namespace {

constexpr std::size_t batch = 5;
constexpr std::size_t day = 24, week = 7 * day;
constexpr Duration hour = std::chrono::hours{1};

/// Sums over all resources the units in use and the entities that wait, hour by hour.
class StateWatch final : public trace::Sink {
 public:
  explicit StateWatch(const trace::Schema& schema)
      : from_(schema.from),
        sums_(
            static_cast<std::size_t>(std::max<std::int64_t>(0, (schema.to - schema.from) / hour))) {
  }

  void consume(const trace::Batch& rows) override {
    for (const trace::Level& level : rows.levels) {
      const Duration since = level.at - level.span - from_;
      if (since < Duration::zero()) continue;
      const auto index = static_cast<std::size_t>(since / hour);
      if (index < sums_.size()) sums_[index] += level.busy + level.queued;
    }
  }

  /// Units and entities, on average over each hour.
  [[nodiscard]] std::vector<double> series() const {
    std::vector<double> result;
    result.reserve(sums_.size());
    for (const std::int64_t sum : sums_) {
      result.push_back(static_cast<double>(sum) / static_cast<double>(hour.count()));
    }
    return result;
  }

 private:
  SimTime from_;
  std::vector<std::int64_t> sums_;
};

}  // namespace

std::optional<std::size_t> mser5(std::span<const double> series) {
  std::vector<double> means;
  for (std::size_t i = 0; i + batch <= series.size(); i += batch) {
    means.push_back(mean_of(series.subspan(i, batch)));
  }
  if (means.size() < 2 * batch) return std::nullopt;
  // From the end: sums of what is left behind each cut.
  double sum = 0, squares = 0, least = std::numeric_limits<double>::infinity();
  std::size_t best = 0;
  for (std::size_t cut = means.size(); cut-- > 0;) {
    sum += means[cut];
    squares += means[cut] * means[cut];
    const auto left = static_cast<double>(means.size() - cut);
    if (left < batch) continue;
    const double error = std::max(0.0, squares - sum * sum / left) / (left * left);
    if (error <= least) {
      least = error;
      best = cut;
    }
  }
  if (best > means.size() / 2) return std::nullopt;
  return best * batch;
}

std::vector<double> without_season(std::span<const double> series, std::size_t period) {
  std::vector<double> result(series.begin(), series.end());
  const std::size_t half = series.size() / 2;
  if (period == 0 || series.size() - half < period) return result;
  std::vector<double> sums(period, 0), counts(period, 0);
  double level = 0;
  for (std::size_t i = half; i < series.size(); ++i) {
    sums[i % period] += series[i];
    counts[i % period] += 1;
    level += series[i];
  }
  level /= static_cast<double>(series.size() - half);
  for (std::size_t i = 0; i < result.size(); ++i) {
    result[i] -= sums[i % period] / counts[i % period] - level;
  }
  return result;
}

Result<WarmUp> find_warm_up(const run::Prepared& baseline, std::uint32_t replications,
                            unsigned threads, const std::function<bool(double)>& progress) {
  std::vector<std::vector<double>> states(replications);
  auto done = side_by_side(replications, threads, progress,
                           [&](std::uint32_t index, unsigned inside,
                               const std::function<bool(double)>& tell) -> Result<void> {
                             StateWatch watch(baseline.schema(index));
                             std::vector<trace::Sink*> sinks{&watch};
                             const auto outcome = run::simulate(baseline,
                                                                {.replication = index,
                                                                 .threads = inside,
                                                                 .sequential = false,
                                                                 .survey = false,
                                                                 .paths = false,
                                                                 .progress = tell},
                                                                sinks);
                             if (!outcome) return tl::unexpected(outcome.error());
                             if (!outcome->stopped) states[index] = watch.series();
                             return {};
                           });
  if (!done) return tl::unexpected(done.error());
  WarmUp found;
  found.written = baseline.scenario().horizon.warm_up;
  std::vector<double> mean;
  for (const auto& state : states) {
    if (state.empty()) continue;
    ++found.replications;
    mean.resize(state.size(), 0);
    for (std::size_t i = 0; i < state.size(); ++i) mean[i] += state[i];
  }
  for (double& value : mean) value /= static_cast<double>(found.replications);
  // A pattern is learnt from the half that is surely warm, where it comes twice at least.
  const std::size_t season = mean.size() >= 4 * week ? week : mean.size() >= 4 * day ? day : 0;
  const auto cut = mser5(without_season(mean, season));
  if (cut) found.cut = hour * static_cast<std::int64_t>(*cut);
  return found;
}

}  // namespace portflow::analysis

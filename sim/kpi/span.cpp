#include <algorithm>

#include "kpi/catalogue.hpp"
#include "kpi/summary.hpp"
#include "kpi/times.hpp"
#include "kpi/units.hpp"

namespace portflow::kpi {
namespace {

/// `span`: time from one mark to another; mean, quantiles and maximum over entities.
class Span final : public Fold {
 public:
  explicit Span(const FoldOptions& options)
      : per_unit_(milliseconds_in(options.definition.unit)),
        follow_(options.follow),
        keep_(options.keep) {}

  void add(const Observation& observation) override {
    switch (standing_of(observation)) {
      case Standing::outside:
        return;
      case Standing::unfinished:
        ++unfinished_;
        if (watched(observation)) ++watched_;
        return;
      case Standing::known:
        break;
    }
    const std::int64_t ms = (observation.to.at - observation.from.at).count();
    times_.add(ms);
    if (keep_ == Keep::figures) return;
    daily_.add(observation.created, static_cast<double>(ms));
    if (keep_ == Keep::entities_and_curves) {
      entities_.push_back({observation.entity, static_cast<double>(ms) / per_unit_});
    }
  }

  void finish(Figure& figure) override {
    restrict(figure);
    std::vector<std::int64_t> times = times_.row();
    summarise(times, per_unit_, figure);
    figure.unfinished = unfinished_;
    figure.restricted_unknown = unfinished_ - watched_;
    std::ranges::sort(entities_);
    figure.entities = std::move(entities_);
    figure.curve = daily_.points(1.0 / per_unit_);
  }

 private:
  [[nodiscard]] bool watched(const Observation& observation) const {
    return observation.from.is_set() && observation.known_until - observation.from.at >= follow_;
  }

  /// Royston and Parmar (2013), BMC Med. Res. Methodol. 13, 152: the restricted mean needs no
  /// guess at how long the unfinished will still take.
  void restrict(Figure& figure) const {
    if (follow_ <= Duration::zero()) return;
    std::vector<std::int64_t> limited = times_.row();
    for (std::int64_t& value : limited) value = std::min(value, follow_.count());
    limited.insert(limited.end(), watched_, follow_.count());
    Figure headline;
    headline.statistic = figure.statistic;
    summarise(limited, per_unit_, headline);
    figure.restricted = headline.value;
  }

  double per_unit_;
  Duration follow_;
  Keep keep_;
  Times times_;
  std::vector<EntityValue> entities_;
  DailyMeans daily_;
  std::uint64_t unfinished_{0}, watched_{0};
};

}  // namespace

std::unique_ptr<Fold> make_span(const FoldOptions& options) {
  return std::make_unique<Span>(options);
}

}  // namespace portflow::kpi

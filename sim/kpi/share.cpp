#include <algorithm>

#include "kpi/catalogue.hpp"
#include "kpi/summary.hpp"
#include "kpi/units.hpp"
#include "kpi/weight_sum.hpp"

namespace portflow::kpi {
namespace {

/// `share`: of entities (or of their weight) that have a mark, or whose span is longer than
/// `over`. Without a mark to look for, the span decides; an entity that ended without the
/// mark, or skipped it, counts as one that has it not.
class Share final : public Fold {
 public:
  explicit Share(const FoldOptions& options)
      : by_mark_(!options.definition.marked.empty()),
        over_(options.definition.over),
        scale_(share_in(options.definition.unit)),
        keep_(options.keep),
        all_(options.weighs),
        hits_(options.weighs) {}

  void add(const Observation& observation) override {
    const Standing standing =
        by_mark_ ? standing_of(observation.marked, observation.ended) : standing_of(observation);
    // Who has waited longer than `over` is over it, finished or not.
    const bool over = !by_mark_ && standing == Standing::unfinished && observation.from.is_set() &&
                      observation.known_until - observation.from.at > over_;
    if (standing == Standing::unfinished && !over) {
      ++unfinished_;
      return;
    }
    if (standing == Standing::outside && !by_mark_) return;
    const bool hit = by_mark_ ? standing == Standing::known
                              : over || observation.to.at - observation.from.at > over_;
    ++count_;
    all_.add(observation.weight);
    if (hit) hits_.add(observation.weight);
    if (keep_ == Keep::figures) return;
    daily_.add(observation.created, hit ? 1.0 : 0.0, observation.weight);
    if (keep_ == Keep::entities_and_curves) {
      entities_.push_back({observation.entity, hit ? 1.0 : 0.0});
    }
  }

  void finish(Figure& figure) override {
    figure.count = count_;
    figure.unfinished = unfinished_;
    if (all_.value() > 0) figure.value = hits_.value() / all_.value() * scale_;
    figure.mean = figure.value;
    std::ranges::sort(entities_);
    figure.entities = std::move(entities_);
    figure.curve = daily_.points(scale_);
  }

 private:
  bool by_mark_;
  Duration over_;
  double scale_;
  Keep keep_;
  WeightSum all_, hits_;
  std::uint64_t count_{0}, unfinished_{0};
  std::vector<EntityValue> entities_;
  DailyMeans daily_;
};

}  // namespace

std::unique_ptr<Fold> make_share(const FoldOptions& options) {
  return std::make_unique<Share>(options);
}

}  // namespace portflow::kpi

#include <algorithm>

#include "kpi/catalogue.hpp"
#include "kpi/weight_sum.hpp"

namespace portflow::kpi {
namespace {

/// `count`: how many entities of the cohort (or how much of their weight) have a mark; without
/// a mark, how many were born.
class Count final : public Fold {
 public:
  explicit Count(const FoldOptions& options)
      : by_mark_(!options.definition.marked.empty()),
        sum_(options.weighs),
        factor_(options.weight_factor),
        detail_(options.keep == Keep::entities_and_curves) {}

  void add(const Observation& observation) override {
    if (by_mark_) {
      const Standing standing = standing_of(observation.marked, observation.ended);
      if (standing == Standing::unfinished) ++unfinished_;
      if (standing != Standing::known) return;
    }
    ++count_;
    sum_.add(observation.weight);
    if (detail_) entities_.push_back({observation.entity, observation.weight * factor_});
  }

  void finish(Figure& figure) override {
    figure.count = count_;
    figure.unfinished = unfinished_;
    figure.value = sum_.value() * factor_;
    std::ranges::sort(entities_);
    figure.entities = std::move(entities_);
  }

 private:
  bool by_mark_;
  WeightSum sum_;
  double factor_;
  bool detail_;
  std::uint64_t count_{0}, unfinished_{0};
  std::vector<EntityValue> entities_;
};

}  // namespace

std::unique_ptr<Fold> make_count(const FoldOptions& options) {
  return std::make_unique<Count>(options);
}

}  // namespace portflow::kpi

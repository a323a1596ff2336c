#include <algorithm>

#include "kpi/catalogue.hpp"
#include "kpi/units.hpp"

namespace portflow::kpi {
namespace {

/// `ledger`: what was booked for entities of the cohort that have ended, on the mean or in all. For
/// who has not ended more may come, so such are counted apart.
class Ledger final : public Fold {
 public:
  explicit Ledger(const FoldOptions& options)
      : mean_(options.definition.statistic != "sum"),
        detail_(options.keep == Keep::entities_and_curves),
        per_unit_(ledger_parts_in(options.definition.unit)) {}

  void add(const Observation& observation) override {
    if (!observation.ended) {
      ++unfinished_;
      return;
    }
    ++count_;
    parts_ += observation.booked;
    if (detail_) {
      entities_.push_back(
          {observation.entity, static_cast<double>(observation.booked) / per_unit_});
    }
  }

  void finish(Figure& figure) override {
    figure.count = count_;
    figure.unfinished = unfinished_;
    const double all = static_cast<double>(parts_) / per_unit_;
    if (count_ > 0) figure.mean = all / static_cast<double>(count_);
    if (!mean_) {
      figure.value = all;
    } else {
      figure.value = figure.mean;
    }
    std::ranges::sort(entities_);
    figure.entities = std::move(entities_);
  }

 private:
  bool mean_;
  bool detail_;
  double per_unit_;  ///< parts of the ledger in the unit of the KPI
  std::int64_t parts_{0};
  std::uint64_t count_{0}, unfinished_{0};
  std::vector<EntityValue> entities_;
};

}  // namespace

std::unique_ptr<Fold> make_ledger(const FoldOptions& options) {
  return std::make_unique<Ledger>(options);
}

}  // namespace portflow::kpi

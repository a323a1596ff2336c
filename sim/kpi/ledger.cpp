#include <algorithm>

#include "kpi/catalogue.hpp"

namespace portflow::kpi {
namespace {

/// `ledger`: what was booked for entities of the cohort that have ended, on the mean or in all. For
/// who has not ended more may come, so such are counted apart.
class Ledger final : public Fold {
 public:
  explicit Ledger(const FoldOptions& options)
      : mean_(options.definition.statistic != "sum"),
        detail_(options.keep == Keep::entities_and_curves) {}

  void add(const Observation& observation) override {
    if (!observation.ended) {
      ++unfinished_;
      return;
    }
    ++count_;
    fen_ += observation.booked;
    if (detail_) {
      entities_.push_back(
          {observation.entity, static_cast<double>(observation.booked) / fen_in_yuan});
    }
  }

  void finish(Figure& figure) override {
    figure.count = count_;
    figure.unfinished = unfinished_;
    const double all = static_cast<double>(fen_) / fen_in_yuan;
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
  static constexpr double fen_in_yuan = 100;

  bool mean_;
  bool detail_;
  std::int64_t fen_{0};
  std::uint64_t count_{0}, unfinished_{0};
  std::vector<EntityValue> entities_;
};

}  // namespace

std::unique_ptr<Fold> make_ledger(const FoldOptions& options) {
  return std::make_unique<Ledger>(options);
}

}  // namespace portflow::kpi

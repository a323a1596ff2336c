#include "kpi/catalogue.hpp"

namespace portflow::kpi {
namespace {

/// `unfinished`: entities of the cohort that had not ended when the record did. `count` is
/// how many there were in all.
class Unfinished final : public Fold {
 public:
  void add(const Observation& observation) override {
    ++count_;
    if (!observation.ended) ++unfinished_;
  }

  void finish(Figure& figure) override {
    figure.value = static_cast<double>(unfinished_);
    figure.count = count_;
    figure.unfinished = unfinished_;
  }

 private:
  std::uint64_t count_{0}, unfinished_{0};
};

}  // namespace

std::unique_ptr<Fold> make_unfinished(const FoldOptions&) {
  return std::make_unique<Unfinished>();
}

}  // namespace portflow::kpi

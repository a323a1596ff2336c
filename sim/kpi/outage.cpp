#include <algorithm>

#include "kpi/catalogue.hpp"
#include "kpi/units.hpp"

namespace portflow::kpi {
namespace {

/// `outage`: how long a unit of a resource was out of service, on the mean over its units. In full
/// strength it is where most units of it were in service; what finishes a service that had begun
/// counts as in service until then.
class Outage final : public Fold {
 public:
  explicit Outage(const FoldOptions& options) : unit_(milliseconds_in(options.definition.unit)) {}

  void add(const Observation&) override {}

  void watch(const trace::Level& level) override {
    if (level.span.count() <= 0) return;
    const auto span = static_cast<double>(level.span.count());
    full_ = std::max(full_, static_cast<double>(level.capacity) / span);
    span_ += level.span.count();
    capacity_ += level.capacity;
  }

  void finish(Figure& figure) override {
    if (full_ <= 0) return;  // never in service: nothing to be missed
    const double served = static_cast<double>(capacity_) / full_;
    figure.value = (static_cast<double>(span_) - served) / unit_;
  }

 private:
  double unit_;
  double full_{0};  ///< units
  std::int64_t span_{0}, capacity_{0};
};

}  // namespace

std::unique_ptr<Fold> make_outage(const FoldOptions& options) {
  return std::make_unique<Outage>(options);
}

}  // namespace portflow::kpi

#include "spec/value.hpp"

namespace portflow::spec {

double Amount::at(SimTime now) const noexcept {
  if (!ramp) return value;
  if (!ramp->start || now <= *ramp->start) return ramp->from;
  const auto gone = now - *ramp->start;
  if (gone >= ramp->over) return ramp->to;
  const double share = static_cast<double>(gone.count()) / static_cast<double>(ramp->over.count());
  return ramp->from + (ramp->to - ramp->from) * share;
}

}  // namespace portflow::spec

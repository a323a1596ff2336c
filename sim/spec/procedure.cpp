#include "spec/procedure.hpp"

#include <algorithm>

namespace portflow::spec {

const Step* Procedure::find(std::string_view step) const noexcept {
  const auto found = std::ranges::find(steps, step, &Step::name);
  return found == steps.end() ? nullptr : &*found;
}

bool operator==(const Step& a, const Step& b) {
  return a.name == b.name && a.at == b.at && a.after == b.after && a.after_any == b.after_any &&
         a.when == b.when && a.awaits == b.awaits && a.needs == b.needs && a.holds == b.holds &&
         a.priority == b.priority && a.takes == b.takes && a.in_working_days == b.in_working_days &&
         a.does == b.does && a.moves == b.moves && a.choose == b.choose && a.marks == b.marks &&
         a.marks_start == b.marks_start && a.batch == b.batch && a.repeat == b.repeat &&
         a.slowed_by == b.slowed_by && a.patience == b.patience && a.renege == b.renege &&
         a.books == b.books && a.adjusts == b.adjusts;
}

}  // namespace portflow::spec

#include "trace/batch.hpp"

namespace portflow::trace {

void Batch::clear() noexcept {
  born.clear();
  attributes.clear();
  marks.clear();
  steps.clear();
  ended.clear();
  paths.clear();
  moves.clear();
  levels.clear();
  ledger.clear();
  sealed = SimTime::min();
}

bool Batch::empty() const noexcept {
  return rows() == 0;
}

std::size_t Batch::rows() const noexcept {
  return born.size() + marks.size() + steps.size() + ended.size() + paths.size() + moves.size() +
         levels.size() + ledger.size();
}

}  // namespace portflow::trace

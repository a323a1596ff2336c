// Without MPI: nobody to join.
#ifndef PORTFLOW_MPI

#include "analysis/ranks/ranks.hpp"

namespace portflow::ranks {

bool built_with_mpi() noexcept {
  return false;
}

std::unique_ptr<study::Crew> join() {
  return nullptr;
}

unsigned threads_of_this_rank(unsigned all) {
  return all;
}

}  // namespace portflow::ranks

#endif

// Without MPI: nobody to join, and ranks that do not know of each other are refused.
#ifndef PORTFLOW_MPI

#include <cstdlib>
#include <string_view>

#include "analysis/ranks/ranks.hpp"

namespace portflow::ranks {

Result<std::unique_ptr<study::Crew>> join() {
  // Set by mpirun of OpenMPI, of MPICH, and by srun --mpi=pmix.
  for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "PMIX_RANK"}) {
    const char* const value = std::getenv(name);
    const bool alone = value == nullptr ||
                       (std::string_view(name) != "PMIX_RANK" && std::string_view(value) == "1");
    if (alone) continue;
    return fail(Failure::input,
                "this portflow was built without MPI, so each rank would make every run; configure "
                "with -DPORTFLOW_MPI=ON (libopenmpi-dev), or use --shard K/N");
  }
  return std::unique_ptr<study::Crew>{};
}

unsigned threads_of_this_rank(unsigned all) {
  return all;
}

}  // namespace portflow::ranks

#endif

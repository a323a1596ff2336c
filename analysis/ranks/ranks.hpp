/// \file ranks.hpp
/// A crew of several programs over MPI: `mpirun -n N portflow sweep ...`.
///
/// Rank 0 leads: it finds out what is missing in the store and hands out runs one by one, to
/// its own threads and to whoever asks from another rank. A rank tells no results: they go into
/// the store, which all ranks must share. When a rank dies, MPI ends the others; the runs that were
/// finished are in the store, and the next start makes the rest.
/// Built with MPI (PORTFLOW_MPI in CMake) or without; then it refuses to work under mpirun.
#pragma once

#include <memory>

#include "analysis/study/crew.hpp"

namespace portflow::ranks {

/// Joins the other ranks where this program was started by mpirun or srun with MPI; null where
/// it was not. To be called once; the crew must end before main does. From here on the program may
/// use all processors of its machine that it was given: mpirun binds each of two ranks to a single
/// core unless told otherwise.
/// \returns an input fault where there are other ranks but this program was built without MPI: each
///          of them would make every run.
[[nodiscard]] Result<std::unique_ptr<study::Crew>> join();

/// How many threads of this machine are this rank's, if those here share them evenly; `all` of them
/// without MPI.
[[nodiscard]] unsigned threads_of_this_rank(unsigned all);

}  // namespace portflow::ranks

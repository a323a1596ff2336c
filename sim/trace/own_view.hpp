/// \file own_view.hpp
/// How HDF5 reads a file for one reader alone.
#pragma once

#include "trace/hdf5_handle.hpp"

namespace portflow::trace {

/// Access properties for H5Fopen, by which this opening has caches of its own.
///
/// HDF5's own drivers know a file by device and inode: whoever opens it a second time in the same
/// process shares the caches of the first. Of a file that grows the second then sees a newer
/// checkpoint beside older sizes of tables, and H5Drefresh does not mend it while a dataset is
/// open twice (1.10.8: the size is new, the index of chunks is not). A driver that does not say
/// which files are the same gets caches anew for each. \throws FileError (bug)
[[nodiscard]] Handle own_view();

}  // namespace portflow::trace

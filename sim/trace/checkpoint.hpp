/// \file checkpoint.hpp
/// How far a file that is being written can be trusted: all tables up to one instant.
///
/// Tables fill at their own pace and a kill may strike between any two of them. So the writer
/// now and then seals every table, flushes, and only then notes how many rows each holds:
///
///     seal(all tables); flush; slot[n % 2] = {n, instant, rows of each table, n}; flush
///
/// The two slots take turns, so that one is whole whatever happens to the other; a slot whose
/// first and last number differ was torn. A reader takes the newest whole slot and leaves out
/// whatever rows came later. The slots never grow: HDF5 writes them in place.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/time.hpp"
#include "trace/hdf5_handle.hpp"

namespace portflow::trace {

/// A consistent cut of a record.
struct Checkpoint {
  std::uint64_t number{0};          ///< from 1
  SimTime sealed{};                 ///< every row stamped before this is there
  std::vector<std::uint64_t> rows;  ///< of each table
};

/// The dataset `/checkpoint` of a file that is being written.
class Checkpoints {
 public:
  /// Makes the dataset, with a first checkpoint of no rows. \throws FileError (disk)
  Checkpoints(hid_t file, const std::vector<std::string>& tables, SimTime from);

  /// Notes what is flushed already. \throws FileError (disk)
  void note(SimTime sealed, std::span<const std::uint64_t> rows);

  /// Notes a whole record, in the same bytes however often it was noted before.
  void close(SimTime sealed, std::span<const std::uint64_t> rows);

 private:
  void write(hsize_t slot, std::uint64_t number, SimTime sealed,
             std::span<const std::uint64_t> rows);

  Handle dataset_;
  std::size_t width_;
  std::uint64_t number_{0};
};

/// The newest whole checkpoint of a file; empty where it has none for just these tables.
[[nodiscard]] std::optional<Checkpoint> newest_checkpoint(hid_t file,
                                                          const std::vector<std::string>& tables);

}  // namespace portflow::trace

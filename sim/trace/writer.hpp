/// \file writer.hpp
/// Writes the record of a run to one HDF5 file that h5py and h5dump read as it is.
///
/// One dataset a column, chunked, shuffled and deflated. Compression and writing happen on a
/// thread of their own, so that a run waits only when that thread falls a whole batch queue
/// behind. The file is written as NAME.partial and renamed by finish().
#pragma once

#include <memory>
#include <string>

#include "core/error.hpp"
#include "trace/batch.hpp"
#include "trace/schema.hpp"

namespace portflow::trace {

/// Which tables a trace holds: kpi (no steps, paths or moves), stages (no paths), full.
enum class Detail : std::uint8_t { kpi, stages, full };

class Writer final : public Sink {
 public:
  /// Opens PATH.partial and writes the schema.
  /// \returns a disk fault when it cannot, or when PATH exists and `force` is off.
  [[nodiscard]] static Result<std::unique_ptr<Writer>> open(const std::string& path,
                                                            const Schema& schema, Detail level,
                                                            bool force);
  ~Writer() override;

  /// Queues a copy of the rows; disk trouble shows at finish().
  void consume(const Batch& batch) override;

  /// Writes what is queued, stamps fingerprint and number of events, closes and renames.
  /// \returns the first disk fault; what was written until then stays readable.
  [[nodiscard]] Result<void> finish(const std::string& fingerprint, std::uint64_t events,
                                    SimTime until);

 private:
  struct Impl;
  explicit Writer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace portflow::trace

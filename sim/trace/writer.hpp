/// \file writer.hpp
/// Writes the record of a run to one HDF5 file that h5py and h5dump read as it is.
///
/// One dataset a column, chunked, shuffled and deflated. Compression and writing happen on a
/// thread of their own, so that a run waits only when that thread falls a whole batch queue
/// behind. Where the run itself keeps every processor busy, that thread would take one away from
/// workers that meet many thousand times a second, and hold all of them up; there it works while
/// the run feeds its other sinks, which one worker does alone. The file is written as NAME.partial
/// and renamed by finish(). Meanwhile it can be read up to its last checkpoint (checkpoint.hpp),
/// also after a kill.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "core/error.hpp"
#include "trace/batch.hpp"
#include "trace/schema.hpp"
#include "trace/sheet.hpp"

namespace portflow::trace {

/// Which tables a trace holds: kpi (no steps, paths or moves), stages (no paths), full.
enum class Detail : std::uint8_t { kpi, stages, full };

/// How much of a run a crash may cost: this much simulated time, and this much of wall time.
struct Safety {
  Duration simulated{Days{1}};
  std::chrono::milliseconds wall{1000};
};

/// When the rows are written.
enum class Turn : std::uint8_t {
  any_time,     ///< while the run goes on: there is a processor for it
  after_seals,  ///< after a seal, while a worker of the run stands back for it
};

/// What a trace cost the run that it records.
struct Cost {
  std::uint64_t rows{0};     ///< recorded, without what is derived from them
  std::uint64_t bytes{0};    ///< of the file
  double cpu_seconds{0};     ///< of copying, packing and writing; on any thread
  double waited_seconds{0};  ///< during which the run did nothing but wait for the writer
};

class Writer final : public Sink {
 public:
  /// Opens PATH.partial and writes the schema.
  /// \returns a disk fault when it cannot, or when PATH exists and `force` is off.
  [[nodiscard]] static Result<std::unique_ptr<Writer>> open(const std::string& path,
                                                            const Schema& schema, Detail level,
                                                            bool force, Safety safety = {},
                                                            Turn turn = Turn::any_time);
  ~Writer() override;

  [[nodiscard]] Reads reads() const override;
  /// Queues a copy of the rows; disk trouble shows at finish().
  void consume(const Batch& batch) override;
  /// Queues the rows themselves, and leaves the room of others.
  void take(Batch& batch) override;
  bool share(const Batch& batch) override;
  void await() override;
  [[nodiscard]] bool is_taking() const override;

  /// Whether the file cannot be written any more; finish() says why.
  [[nodiscard]] bool failed() const;

  /// Writes what is queued, stamps fingerprint and number of events, closes and renames.
  /// \param results  tables of what came out, for whoever reads the file without portflow
  /// \returns the first disk fault; what was written until then stays readable.
  [[nodiscard]] Result<Cost> finish(const std::string& fingerprint, std::uint64_t events,
                                    SimTime until, std::vector<SheetTable> results = {});

 private:
  /// Room for a batch, of one that was written where there is any.
  [[nodiscard]] Batch spare();
  void queue(Batch&& batch, double spent);

  struct Impl;
  explicit Writer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace portflow::trace

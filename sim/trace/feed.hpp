/// \file feed.hpp
/// Hands a batch to sinks: all at once, or a little at a time.
#pragma once

#include <cstddef>
#include <exception>
#include <span>
#include <vector>

#include "trace/batch.hpp"

namespace portflow::trace {

class Feed {
 public:
  Feed() = default;
  Feed(const Feed&) = delete;
  Feed& operator=(const Feed&) = delete;
  /// Waits for those who share a batch: they read what may go.
  ~Feed();

  /// Begins with a batch, which stays as it is until complete(), and tells those who share it.
  /// \pre the one before is complete; sinks are at least one and live as long
  void begin(Batch& batch, std::span<Sink* const> sinks);

  /// Lets the sinks take some rows more; those that cannot stop in between take all. Calls may come
  /// from different threads, one after the other. What a sink throws is kept for complete().
  /// \returns whether any rows are left
  bool some(std::size_t rows) noexcept;

  /// Lets them take all that is left. \throws what a sink threw, once nobody reads the batch
  void complete();

  /// How many sinks are still taking the batch in elsewhere.
  [[nodiscard]] std::size_t elsewhere() const;

 private:
  Batch* batch_{nullptr};
  std::vector<Sink*> shared_;  ///< who take the batch in elsewhere
  std::vector<Sink*> own_;     ///< the others
  std::size_t turn_{0};        ///< who of them is being fed
  std::exception_ptr thrown_;
};

}  // namespace portflow::trace

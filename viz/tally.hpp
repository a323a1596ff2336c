/// \file tally.hpp
/// Values by bins of time, in bounded memory: equal ones are counted, and where there are too many
/// different ones they are rounded, a little more each time it happens.
///
///     more entries than `most`: sort them, put equal ones together;
///     still more than half of it: round values to one bit less, down to 9 bits (0.2 %); then put
///     pairs of bins together, up to 64; then round further; again
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace portflow::viz {

class Tally {
 public:
  struct Entry {
    std::uint32_t bin;
    float value;
    std::uint32_t count;
  };
  /// \param most  entries of 12 bytes, >= 2
  explicit Tally(std::size_t most) : most_(most) {}
  void add(std::uint32_t bin, float value);
  /// Brings entries in the order of bins, then of values; after the last add().
  void close();
  [[nodiscard]] const std::vector<Entry>& entries() const noexcept { return entries_; }
  /// How many values were added.
  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }

 private:
  void merge();
  bool coarsen() noexcept;
  [[nodiscard]] Entry rounded(Entry entry) const noexcept;

  std::size_t most_;
  std::vector<Entry> entries_;
  std::uint64_t count_{0};
  unsigned bits_off_{0};  // of the 23 of a value
  unsigned bins_off_{0};  // of the bin's number
};

}  // namespace portflow::viz

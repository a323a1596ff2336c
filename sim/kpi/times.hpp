/// \file times.hpp
/// Milliseconds of one observation each, as many as come.
///
/// A long run has millions of them, of which nobody asks before its end. In blocks they are never
/// moved to a larger place, whose fresh pages would cost more than all else that is done with them;
/// nor do wide pages pay, since each of them is cleared at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace portflow::kpi {

class Times {
 public:
  void add(std::int64_t ms) {
    if (next_ == end_) [[unlikely]]
      begin_block();
    *next_++ = ms;
  }

  /// All of them in one row, in the order in which they came.
  [[nodiscard]] std::vector<std::int64_t> row() const {
    std::vector<std::int64_t> all;
    all.reserve(blocks_.size() * block);
    for (const Block& one : blocks_) {
      const std::int64_t* begin = one.get();
      all.insert(all.end(), begin, &one == &blocks_.back() ? next_ : begin + block);
    }
    return all;
  }

 private:
  using Block = std::unique_ptr<std::int64_t[]>;
  static constexpr std::size_t block = 1024;

  [[gnu::noinline]] void begin_block() {
    blocks_.push_back(std::make_unique_for_overwrite<std::int64_t[]>(block));
    next_ = blocks_.back().get();
    end_ = next_ + block;
  }

  std::vector<Block> blocks_;
  std::int64_t* next_{nullptr};  ///< in the last block
  std::int64_t* end_{nullptr};
};

}  // namespace portflow::kpi

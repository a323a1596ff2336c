/// \file by_entity.hpp
/// Rows by entity, any number of them, in bounded memory.
///
///     add:    `run` rows fill a run; a full one is sorted and written to a scratch file
///     close:  the runs are merged into a second file; the first entity of each block is kept
///     find:   reads the block that holds it; each: reads all, in the order of entities
///
/// What fits a single run stays in memory and needs no file. Rows are of a few machine words, have
/// a member `entity`, and are written as they lie in memory.
#pragma once

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <queue>
#include <type_traits>
#include <utility>
#include <vector>

#include "trace/rows.hpp"
#include "viz/scratch.hpp"

namespace portflow::viz {

template <class Row>
class ByEntity {
  static_assert(std::is_trivially_copyable_v<Row>);

 public:
  /// A fault of the disk is told by close().
  void add(const Row& row) {
    if (rows_.empty()) rows_.reserve(run);
    rows_.push_back(row);
    ++size_;
    if (rows_.size() == run) spill();
  }

  /// After the last row, and before any question. \returns a disk fault of writing or merging
  [[nodiscard]] Result<void> close() {
    if (runs_.empty() && !fault_) {
      std::sort(rows_.begin(), rows_.end(), before);
      rows_.shrink_to_fit();
      return {};
    }
    if (!rows_.empty()) spill();
    rows_ = {};
    if (fault_) return tl::unexpected(*fault_);
    return merge();
  }

  /// Empty for whoever has no row, or where the scratch file cannot be read any more.
  [[nodiscard]] std::optional<Row> find(trace::EntityId entity) const {
    const Row* begin = rows_.data();
    const Row* end = begin + rows_.size();
    std::array<Row, block> read;
    if (!firsts_.empty()) {
      const auto after = std::upper_bound(firsts_.begin(), firsts_.end(), entity);
      if (after == firsts_.begin()) return std::nullopt;
      const std::uint64_t first = static_cast<std::uint64_t>(after - firsts_.begin() - 1) * block;
      const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(block, size_ - first));
      if (!file_->read(first * sizeof(Row), read.data(), count * sizeof(Row))) return std::nullopt;
      begin = read.data();
      end = begin + count;
    }
    const Row* at = std::lower_bound(
        begin, end, entity, [](const Row& row, trace::EntityId id) { return row.entity < id; });
    return at != end && at->entity == entity ? std::optional(*at) : std::nullopt;
  }

  /// All rows in the order of entities, one at a time.
  class Walk {
   public:
    explicit Walk(const ByEntity& of) : of_(of) {}
    /// The next one; empty at the end, or where the scratch file cannot be read any more.
    [[nodiscard]] const Row* next() {
      if (of_.firsts_.empty()) {
        return place_ < of_.rows_.size() ? &of_.rows_[static_cast<std::size_t>(place_++)] : nullptr;
      }
      const std::uint64_t at = place_ % stretch;
      if (at == 0) {
        rows_.resize(static_cast<std::size_t>(std::min(stretch, of_.size_ - place_)));
        if (rows_.empty() ||
            !of_.file_->read(place_ * sizeof(Row), rows_.data(), rows_.size() * sizeof(Row))) {
          return nullptr;
        }
      }
      if (at >= rows_.size()) return nullptr;
      ++place_;
      return &rows_[static_cast<std::size_t>(at)];
    }

   private:
    static constexpr std::uint64_t stretch = 8'192;
    const ByEntity& of_;
    std::uint64_t place_{0};
    std::vector<Row> rows_;
  };

  [[nodiscard]] std::size_t size() const noexcept { return static_cast<std::size_t>(size_); }

 private:
  static constexpr std::size_t run = 131'072;
  static constexpr std::size_t block = 128;
  /// For the merging, over all runs.
  static constexpr std::size_t merge_rows = 262'144;

  static bool before(const Row& a, const Row& b) noexcept { return a.entity < b.entity; }

  void spill() {
    if (auto done = write_run(); !done && !fault_) fault_ = done.error();
    rows_.clear();
  }

  [[nodiscard]] Result<void> write_run() {
    if (fault_) return {};  // close() tells of it; what comes until then is left out
    std::sort(rows_.begin(), rows_.end(), before);
    if (!file_) {
      auto made = Scratch::make();
      if (!made) return tl::unexpected(made.error());
      file_ = std::move(*made);
    }
    runs_.push_back({file_->bytes() / sizeof(Row), rows_.size()});
    return file_->append(rows_.data(), rows_.size() * sizeof(Row));
  }

  struct Run {
    std::uint64_t next{0}, left{0};  // rows
    std::vector<Row> read{};
    std::size_t at{0};
  };

  /// Reads on where what was read is used up; false at the end of the run.
  [[nodiscard]] Result<bool> fill(Run& from) const {
    if (from.at < from.read.size()) return true;
    if (from.left == 0) return false;
    const std::uint64_t share = std::max<std::uint64_t>(merge_rows / runs_.size(), 64);
    from.read.resize(static_cast<std::size_t>(std::min(share, from.left)));
    from.at = 0;
    auto done =
        file_->read(from.next * sizeof(Row), from.read.data(), from.read.size() * sizeof(Row));
    if (!done) return tl::unexpected(done.error());
    from.next += from.read.size();
    from.left -= from.read.size();
    return true;
  }

  [[nodiscard]] Result<void> merge() {
    auto made = Scratch::make();
    if (!made) return tl::unexpected(made.error());
    using Head = std::pair<trace::EntityId, std::size_t>;
    std::priority_queue<Head, std::vector<Head>, std::greater<>> heads;
    const auto push = [&](std::size_t r) -> Result<void> {
      const auto more = fill(runs_[r]);
      if (!more) return tl::unexpected(more.error());
      if (*more) heads.emplace(runs_[r].read[runs_[r].at].entity, r);
      return {};
    };
    for (std::size_t r = 0; r < runs_.size(); ++r) {
      if (auto done = push(r); !done) return done;
    }
    std::vector<Row> out;
    out.reserve(block * 64);
    while (!heads.empty()) {
      const std::size_t r = heads.top().second;
      heads.pop();
      if (out.size() % block == 0) firsts_.push_back(runs_[r].read[runs_[r].at].entity);
      out.push_back(runs_[r].read[runs_[r].at++]);
      if (auto done = push(r); !done) return done;
      if (out.size() < block * 64 && !heads.empty()) continue;
      if (auto done = made->append(out.data(), out.size() * sizeof(Row)); !done) return done;
      out.clear();
    }
    file_ = std::move(*made);
    runs_ = {};
    return {};
  }

  std::vector<Row> rows_;  // until closed the latest run; then all rows, where there is no file
  std::vector<Run> runs_;  // until closed
  std::optional<Scratch> file_;
  std::optional<Fault> fault_;
  std::vector<trace::EntityId> firsts_;  // of each block of the file
  std::uint64_t size_{0};
};

}  // namespace portflow::viz

/// \file pages.hpp
/// Rows in pages of one size, any number of them, in bounded memory.
///
///     add:   the page stays in memory while there are few; then all go to a scratch file
///     page:  from memory, or read again in the place of the one that was read first
///
/// What fits `most` pages needs no file. Where no scratch file can be made, or it cannot be written
/// any more, pages stay in memory, since a viewer that takes more is better than none.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <type_traits>
#include <vector>

#include "viz/scratch.hpp"

namespace portflow::viz {

template <class Row, std::size_t rows>
class Pages {
  static_assert(std::is_trivially_copyable_v<Row>);

 public:
  using Page = std::array<Row, rows>;
  /// \param most  pages in memory, >= 2
  explicit Pages(std::size_t most) : most_(most) {}

  /// \returns its number, from 0
  std::uint32_t add(const Page& page) {
    const auto number = static_cast<std::uint32_t>(pages_.size());
    pages_.push_back(std::make_unique<Page>(page));
    in_memory_.push_back(number);
    if (!file_ && in_memory_.size() > most_ && !failed_)
      spill();
    else if (file_ && !failed_)
      failed_ = !file_->append(&page, sizeof page);
    make_room();
    return number;
  }

  /// Valid while fewer than most - 1 others are asked for. Rows are as made by Row{} where the
  /// scratch file cannot be read any more. Not for several threads.
  [[nodiscard]] const Page& page(std::uint32_t number) const {
    std::unique_ptr<Page>& at = pages_[number];
    if (!at) {
      at = std::make_unique<Page>();
      if (!file_->read(std::uint64_t{number} * sizeof(Page), at.get(), sizeof(Page))) *at = Page{};
      in_memory_.push_back(number);
      make_room();
    }
    return *at;
  }

  [[nodiscard]] std::size_t size() const noexcept { return pages_.size(); }
  [[nodiscard]] std::size_t in_memory() const noexcept { return in_memory_.size(); }

 private:
  void spill() {
    auto made = Scratch::make();
    failed_ = !made;
    if (failed_) return;
    file_ = std::move(*made);
    for (const auto& page : pages_) failed_ = failed_ || !file_->append(page.get(), sizeof(Page));
  }
  /// The page that came first makes room, whether it is used or not: of those that many ask for
  /// in turn, as of all curves at an instant, another would go just before it is asked for.
  void make_room() const {
    // Those that never reached the file stay.
    while (file_ && in_memory_.size() > most_) {
      const std::uint32_t first = in_memory_.front();
      if ((std::uint64_t{first} + 1) * sizeof(Page) > file_->bytes()) break;
      pages_[first].reset();
      in_memory_.pop_front();
    }
  }

  std::size_t most_;
  std::optional<Scratch> file_;
  bool failed_{false};
  mutable std::vector<std::unique_ptr<Page>> pages_;
  mutable std::deque<std::uint32_t> in_memory_;  // in the order of their coming
};

/// Rows of one of several series that share their pages.
template <class Row, std::size_t rows>
class PagedSeries {
 public:
  using Store = Pages<Row, rows>;

  void add(Store& store, const Row& row) {
    last_ = row;
    rest_.push_back(row);
    if (rest_.size() < rows) return;
    typename Store::Page page;
    std::copy(rest_.begin(), rest_.end(), page.begin());
    firsts_.push_back(page.front());
    pages_.push_back(store.add(page));
    rest_.clear();
  }
  [[nodiscard]] std::size_t size() const noexcept { return pages_.size() * rows + rest_.size(); }
  /// The row that was added last. \pre size() > 0
  [[nodiscard]] const Row& last() const noexcept { return last_; }
  /// \pre number < size()
  [[nodiscard]] Row at(const Store& store, std::size_t number) const {
    const std::size_t page = number / rows;
    return page < pages_.size() ? store.page(pages_[page])[number % rows] : rest_[number % rows];
  }
  /// How many rows stand before the first that is greater than `value`, of rows that were added in
  /// order. \param less  less(value, row)
  template <class Value, class Less>
  [[nodiscard]] std::size_t upto(const Store& store, const Value& value, const Less& less) const {
    const auto within = [&](const auto& some) {
      return static_cast<std::size_t>(std::upper_bound(some.begin(), some.end(), value, less) -
                                      some.begin());
    };
    if (pages_.empty() || (!rest_.empty() && !less(value, rest_.front()))) {
      return pages_.size() * rows + within(rest_);
    }
    const std::size_t page = within(firsts_);
    return page == 0 ? 0 : (page - 1) * rows + within(store.page(pages_[page - 1]));
  }

 private:
  std::vector<std::uint32_t> pages_;  // full ones
  std::vector<Row> firsts_;           // of each, its first row
  std::vector<Row> rest_;             // what has not filled a page
  Row last_{};
};

}  // namespace portflow::viz

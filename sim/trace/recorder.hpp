/// \file recorder.hpp
/// Collects what processes record while they run ahead of each other, and merges it into the
/// run's one order.
///
/// A Recorder belongs to one process and is written by whichever thread handles its events. A
/// Merger owns the recorders in the order of the processes' names. Between windows, when no
/// event is being handled, it seals everything stamped before an instant:
///
///     for each table: merge the recorders' rows with at < sealed by (at, place of recorder),
///                     keeping each recorder's own order
///
/// Rows before `sealed` are final by the kernel's promise, so the concatenation of all batches
/// does not depend on when or how often it seals.
///
/// Then it numbers entities by the order of their births, and puts numbers in place of tickets.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/assert.hpp"
#include "trace/batch.hpp"
#include "trace/feed.hpp"
#include "trace/tickets.hpp"

namespace portflow::trace {

/// The rows of one table that one process has recorded and nobody has taken yet.
template <class Row>
class Pending {
 public:
  /// Adds a row, given whole or by its fields in order; as fields they are stored where the row
  /// stays, while a copy would wait for what was just written piecemeal.
  /// \returns the row, to be completed before the next is added
  /// \pre it is not stamped before the last one.
  template <class... Fields>
  Row& add(const Fields&... fields) {
    Row& row = rows_.emplace_back(fields...);
    PORTFLOW_ASSERT(row.at >= last_, "a row is stamped before its forerunner");
    last_ = row.at;
    return row;
  }
  /// Rows that wait, oldest first.
  [[nodiscard]] std::span<const Row> rows() const noexcept {
    return std::span<const Row>(rows_).subspan(taken_);
  }
  /// Gives the oldest `count` rows away whole, without copying, if they are all that wait.
  /// \param to  is empty; its memory is used again
  [[nodiscard]] bool hand_over(std::vector<Row>& to, std::size_t count) {
    if (taken_ > 0 || count < rows_.size()) return false;
    rows_.swap(to);
    return true;
  }
  /// Forgets the oldest `count` rows.
  void take(std::size_t count) {
    taken_ += count;
    if (taken_ == rows_.size()) {
      rows_.clear();
      taken_ = 0;
    } else if (taken_ * 2 >= rows_.size()) {
      rows_.erase(rows_.begin(), rows_.begin() + static_cast<std::ptrdiff_t>(taken_));
      taken_ = 0;
    }
  }

 private:
  std::vector<Row> rows_;
  std::size_t taken_{0};
  SimTime last_{SimTime::min()};
};

/// What one process has recorded. In each table `at` never decreases. Rows are given as for
/// Pending::add.
class Recorder {
 public:
  explicit Recorder(TicketBlocks& tickets) : blocks_(tickets) {}

  /// What an entity that is to be born here gives instead of its number in all rows; 0 where
  /// nobody reads numbers.
  [[nodiscard]] std::uint32_t ticket() {
    if (!read_.numbers) return 0;
    if (ticket_ % TicketBlocks::block == 0) ticket_ = blocks_.next();
    return ticket_ == 0 ? 0 : ticket_++;
  }
  /// An entity was born; `attributes` has one value per attribute of its role.
  template <class... Fields>
  void born(std::span<const double> attributes, const Fields&... fields) {
    born_.add(Born(fields...), static_cast<std::uint32_t>(attributes.size()));
    attributes_.insert(attributes_.end(), attributes.begin(), attributes.end());
  }
  template <class... Fields>
  void mark(const Fields&... fields) {
    marks_.add(fields...);
  }
  template <class... Fields>
  void step(const Fields&... fields) {
    if (read_.steps) steps_.add(fields...);
  }
  /// \returns the row, whose causes are to be added before the next.
  template <class... Fields>
  Ended& ended(const Fields&... fields) {
    return ended_.add(fields...);
  }
  template <class... Fields>
  void path(const Fields&... fields) {
    paths_.add(fields...);
  }
  template <class... Fields>
  void moved(const Fields&... fields) {
    if (read_.moves) moves_.add(fields...);
  }
  template <class... Fields>
  void level(const Fields&... fields) {
    levels_.add(fields...);
  }
  template <class... Fields>
  void booked(const Fields&... fields) {
    if (read_.ledger) ledger_.add(fields...);
  }

 private:
  friend class Merger;

  struct BornHere : Born {
    std::uint32_t attributes{0};
  };

  TicketBlocks& blocks_;
  std::uint32_t ticket_{0};  ///< the next one, unless it begins a block
  Reads read_;
  Pending<BornHere> born_;
  std::vector<double> attributes_;
  std::size_t attributes_taken_{0};
  Pending<MarkSet> marks_;
  Pending<StepDone> steps_;
  Pending<Ended> ended_;
  Pending<PathPart> paths_;
  Pending<Moved> moves_;
  Pending<Level> levels_;
  Pending<Booked> ledger_;
};

/// Owns the recorders of all processes and hands their rows on in the run's order.
class Merger {
 public:
  /// \param processes  how many recorders; recorder i belongs to the i-th process by name
  explicit Merger(std::size_t processes);

  /// The recorder of a process; stays where it is while the Merger lives.
  [[nodiscard]] Recorder& recorder(std::size_t process);
  [[nodiscard]] std::size_t size() const noexcept { return recorders_.size(); }

  /// From now on records only what one of the sinks reads.
  void record_for(std::span<Sink* const> sinks);

  /// Feeds every row stamped before `sealed` to each sink in turn, as one batch; the last may keep
  /// it; nothing where there is no row. \pre nobody records meanwhile; `sealed` never decreases.
  void seal(SimTime sealed, std::span<Sink* const> sinks);
  void seal(SimTime sealed, Sink& sink);

  /// Likewise, but leaves it to some() and complete() to feed them, while others record.
  /// \pre `sinks` stay until then
  void begin_seal(SimTime sealed, std::span<Sink* const> sinks);
  /// Feeds some rows more of what was sealed last: Feed::some().
  bool some(std::size_t rows) noexcept { return feed_.some(rows); }
  /// How many sinks are still taking in elsewhere what was sealed last: Feed::elsewhere().
  [[nodiscard]] std::size_t elsewhere() const { return feed_.elsewhere(); }
  /// Feeds all that was sealed. \throws what a sink threw
  void complete() { feed_.complete(); }

  /// Feeds all that is left, whatever its stamp: rows that close a run bear its last instant.
  void finish(std::span<Sink* const> sinks);
  void finish(Sink& sink);

 private:
  struct Source {
    std::int64_t at{0};      ///< stamp of the next row, ms
    std::uint32_t place{0};  ///< which recorder
  };

  void gather(SimTime sealed, bool all);
  void number();
  template <class Row>
  std::size_t limit(Pending<Row> Recorder::* table, SimTime sealed, bool all);
  template <class Row, class Take>
  void merge(Pending<Row> Recorder::* table, Take&& take);
  template <class Row>
  void gather(Pending<Row> Recorder::* table, std::vector<Row>& to, SimTime sealed, bool all);

  TicketBlocks blocks_;
  TicketNumbers numbers_;
  bool numbered_{true};  ///< some sink reads numbers
  std::vector<std::unique_ptr<Recorder>> recorders_;
  Batch batch_;
  std::vector<Source> heap_;
  std::vector<std::size_t> cursor_, limit_;
  Feed feed_;
};

}  // namespace portflow::trace

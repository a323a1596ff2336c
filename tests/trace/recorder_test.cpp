// Merging is the stable sort by (at, process), however often and whenever it seals.
#include "trace/recorder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "random_rows.hpp"

namespace portflow::trace {
namespace {

constexpr std::size_t processes = 9;

/// One Batch a process, with many equal stamps within and between processes.
std::vector<Batch> random_records(std::uint64_t seed, const Schema& schema) {
  RandomRows random(seed);
  std::vector<Batch> records;
  for (std::size_t i = 0; i < processes; ++i) {
    Batch batch = random.batch(i == 4 ? 1 : 200 + 100 * i, 2, schema);
    const auto coarse = [](auto& rows) {
      for (auto& row : rows) row.at = std::chrono::floor<std::chrono::minutes>(row.at);
    };
    coarse(batch.born), coarse(batch.marks), coarse(batch.steps), coarse(batch.ended);
    coarse(batch.paths), coarse(batch.moves), coarse(batch.levels), coarse(batch.ledger);
    records.push_back(std::move(batch));
  }
  return records;
}

/// What the Merger must give, by another road: put side by side, then sort stably by `at`.
Batch sorted_record(const std::vector<Batch>& records, const Schema& schema) {
  Keep keep;
  for (const Batch& record : records) keep.consume(record);
  Batch all = std::move(keep.whole);
  const auto sort = [](auto& rows) {
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& a, const auto& b) { return a.at < b.at; });
  };
  std::vector<std::pair<Born, std::vector<double>>> births;
  auto value = all.attributes.begin();
  for (const Born& born : all.born) {
    const auto end = value + static_cast<std::ptrdiff_t>(schema.roles[born.role].attributes.size());
    births.emplace_back(born, std::vector<double>(value, end));
    value = end;
  }
  std::stable_sort(births.begin(), births.end(),
                   [](const auto& a, const auto& b) { return a.first.at < b.first.at; });
  all.born.clear();
  all.attributes.clear();
  for (const auto& [born, values] : births) {
    all.born.push_back(born);
    append(all.attributes, values);
  }
  sort(all.marks), sort(all.steps), sort(all.ended), sort(all.paths);
  sort(all.moves), sort(all.levels), sort(all.ledger);
  return all;
}

/// Records row by row what processes have up to their own horizon, as a run does.
class Feeder {
 public:
  Feeder(const Batch& rows, const Schema& schema) : rows_(rows), schema_(schema) {}

  void record_until(SimTime horizon, Recorder& to) {
    while (born_ < rows_.born.size() && rows_.born[born_].at < horizon) {
      const Born& born = rows_.born[born_++];
      const std::size_t count = schema_.roles[born.role].attributes.size();
      to.born(std::span(rows_.attributes).subspan(value_, count), born);
      value_ += count;
    }
    const auto pass = [horizon](const auto& rows, std::size_t& next, auto&& record) {
      while (next < rows.size() && rows[next].at < horizon) record(rows[next++]);
    };
    pass(rows_.marks, next_[0], [&](const auto& row) { to.mark(row); });
    pass(rows_.steps, next_[1], [&](const auto& row) { to.step(row); });
    pass(rows_.ended, next_[2], [&](const auto& row) { to.ended(row); });
    pass(rows_.paths, next_[3], [&](const auto& row) { to.path(row); });
    pass(rows_.moves, next_[4], [&](const auto& row) { to.moved(row); });
    pass(rows_.levels, next_[5], [&](const auto& row) { to.level(row); });
    pass(rows_.ledger, next_[6], [&](const auto& row) { to.booked(row); });
  }

 private:
  const Batch& rows_;
  const Schema& schema_;
  std::size_t born_{0}, value_{0};
  std::array<std::size_t, 7> next_{};
};

class Sealing : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Sealing, GivesOneOrderWhateverTheSealTimes) {
  const Schema schema = small_schema();
  const std::vector<Batch> records = random_records(GetParam(), schema);
  const Batch expected = sorted_record(records, schema);
  RandomRows random(GetParam() + 100);
  for (const std::int64_t longest : {40'000, 3'000'000, 90'000'000, 900'000'000}) {
    Merger merger(processes);
    std::vector<Feeder> feeders;
    feeders.reserve(records.size());
    for (const Batch& record : records) feeders.emplace_back(record, schema);
    Keep keep, twin;
    const std::array<Sink*, 2> sinks{&keep, &twin};
    SimTime sealed = midnight({2024, 6, 1});
    while (sealed < midnight({2024, 6, 6})) {
      sealed += Duration{1 + random.below(longest)};
      for (std::size_t i = 0; i < processes; ++i) {
        // Processes run ahead of the seal, each as far as it likes.
        feeders[i].record_until(sealed + Duration{random.below(20'000'000)}, merger.recorder(i));
      }
      if (random.below(2) == 0) {
        merger.seal(sealed, sinks);
      } else {
        merger.begin_seal(sealed, sinks);
        if (random.below(2) == 0) merger.some(static_cast<std::size_t>(1 + random.below(100)));
      }
      for (const auto& row : keep.whole.steps) ASSERT_LT(row.at, sealed);
    }
    merger.finish(sinks);
    EXPECT_EQ(difference(expected, keep.whole), "") << "longest gap " << longest;
    EXPECT_EQ(difference(expected, twin.whole), "");
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Sealing, testing::Range<std::uint64_t>(0, 6));

TEST(Merger, FeedsNothingWhereNothingWasRecorded) {
  Merger merger(3);
  Keep keep;
  merger.seal(midnight({2024, 6, 1}), keep);
  merger.finish(keep);
  EXPECT_EQ(keep.batches, 0U);
}

TEST(Merger, FinishTakesRowsThatBearTheLastInstant) {
  Merger merger(2);
  Keep keep;
  const SimTime until = midnight({2024, 6, 2});
  merger.recorder(1).mark(until, 1, 0, 0);
  merger.recorder(0).mark(until, 2, 0, 0);
  merger.seal(until, keep);
  EXPECT_EQ(keep.whole.marks.size(), 0U);
  merger.finish(keep);
  ASSERT_EQ(keep.whole.marks.size(), 2U);
  EXPECT_EQ(keep.whole.marks[0].entity, 2U);
}

TEST(Merger, GoesOnAfterItGaveAwayAWholeTable) {
  Merger merger(2);
  Keep keep;
  const SimTime day = midnight({2024, 6, 2});
  for (EntityId entity = 1; entity <= 10; ++entity) {
    const SimTime at = day + Duration{static_cast<std::int64_t>(entity)};
    // Every third seal finds rows of both, or some that must stay.
    merger.recorder(0).mark(at, entity, 0, 0);
    if (entity % 3 == 0) merger.recorder(1).mark(at, 100 + entity, 0, 0);
    merger.seal(entity % 4 == 0 ? at : at + Duration{1}, keep);
  }
  merger.finish(keep);
  std::vector<EntityId> seen;
  for (const MarkSet& mark : keep.whole.marks) seen.push_back(mark.entity);
  EXPECT_EQ(seen, (std::vector<EntityId>{1, 2, 3, 103, 4, 5, 6, 106, 7, 8, 9, 109, 10}));
}

TEST(Merger, NumbersEntitiesInTheOrderOfTheirBirths) {
  // Two processes draw tickets by turns, many blocks of them; neither knows of the other's births.
  constexpr std::size_t many = 3 * TicketBlocks::block + 7;
  Merger merger(2);
  Keep keep;
  std::array<std::vector<std::uint32_t>, 2> tickets;
  const auto at = [](std::size_t n) {
    return midnight({2024, 6, 1}) + Duration{static_cast<std::int64_t>(n)};
  };
  for (std::size_t n = 0; n < many; ++n) {
    // Born in the other order of drawing: 2n + 1 before 2n.
    for (const std::size_t who : {0U, 1U}) tickets[who].push_back(merger.recorder(who).ticket());
  }
  for (std::size_t n = 0; n < many; ++n) {
    for (const std::size_t who : {1U, 0U}) {
      const std::size_t place = 2 * n + 1 - who;
      merger.recorder(who).born({}, at(place), 1 + place, no_entity, 0U, std::uint16_t{0},
                                tickets[who][n], n == 0 ? 0U : tickets[who][0]);
    }
    // The other process tells of it.
    merger.recorder(0).step(at(2 * n + 1), at(0), at(0), EntityId{1 + 2 * n}, std::uint16_t{0},
                            no_code, tickets[1][n]);
    if (n % 100 == 0) merger.seal(at(2 * n + 2), keep);
  }
  merger.finish(keep);
  ASSERT_EQ(keep.whole.born.size(), 2 * many);
  for (std::size_t i = 0; i < 2 * many; ++i) {
    EXPECT_EQ(keep.whole.born[i].entity, 1 + i);
    EXPECT_EQ(keep.whole.born[i].number, 1 + i);
    EXPECT_EQ(keep.whole.born[i].parent_number, i < 2 ? 0 : 1 + i % 2);
  }
  ASSERT_EQ(keep.whole.steps.size(), many);
  for (const StepDone& row : keep.whole.steps) EXPECT_EQ(row.number, row.entity);
}

/// Reads no more than it says.
class Choosy final : public Sink {
 public:
  explicit Choosy(Reads reads) : reads_(reads) {}
  Reads reads() const override { return reads_; }
  void consume(const Batch& batch) override { keep.consume(batch); }
  Keep keep;

 private:
  Reads reads_;
};

TEST(Merger, NumbersNobodyWhereNobodyAsks) {
  Merger merger(1);
  Choosy choosy({true, true, true, false});
  Sink* sink = &choosy;
  merger.record_for(std::span<Sink* const>(&sink, 1));
  EXPECT_EQ(merger.recorder(0).ticket(), 0U);
}

TEST(Merger, RecordsOnlyWhatASinkReads) {
  const auto rows = [](std::vector<Choosy> sinks) {
    std::vector<Sink*> all;
    for (Choosy& sink : sinks) all.push_back(&sink);
    Merger merger(1);
    merger.record_for(all);
    const SimTime at = midnight({2024, 6, 2});
    merger.recorder(0).step(at, at, at, EntityId{1}, std::uint16_t{0}, no_code);
    merger.recorder(0).moved(at, at, at, EntityId{1}, std::uint16_t{0}, std::uint16_t{0});
    merger.recorder(0).booked(at, LedgerParts{3}, EntityId{1}, std::uint16_t{0});
    merger.recorder(0).mark(at, 1, 0, 0);
    merger.finish(all);
    const Batch& whole = sinks.front().keep.whole;
    return std::array{whole.steps.size(), whole.moves.size(), whole.ledger.size(),
                      whole.marks.size()};
  };
  using Counts = std::array<std::size_t, 4>;
  EXPECT_EQ(rows({Choosy({})}), (Counts{1, 1, 1, 1}));
  EXPECT_EQ(rows({Choosy({false, false, false})}), (Counts{0, 0, 0, 1}));
  EXPECT_EQ(rows({Choosy({true, false, false}), Choosy({false, false, true})}),
            (Counts{1, 0, 1, 1}));
}

/// Takes batches in while others consume them, and says in which order all was done.
class Sharing final : public Sink {
 public:
  explicit Sharing(std::string& log) : log_(log) {}
  void consume(const Batch& /*batch*/) override { log_ += "consume "; }
  bool share(const Batch& batch) override {
    log_ += "share ";
    keep_.consume(batch);
    return true;
  }
  void await() override { log_ += "await "; }
  [[nodiscard]] std::size_t marks() const { return keep_.whole.marks.size(); }

 private:
  std::string& log_;
  Keep keep_;
};

TEST(Merger, AwaitsWhoSharesAfterTheOthersConsumed) {
  class Telling final : public Sink {
   public:
    explicit Telling(std::string& log) : log_(log) {}
    void consume(const Batch& /*batch*/) override { log_ += "fold "; }

   private:
    std::string& log_;
  };
  std::string log;
  Telling first(log);
  Sharing shares(log);
  Telling last(log);
  const std::array<Sink*, 3> sinks{&first, &shares, &last};
  Merger merger(1);
  for (int day = 1; day < 3; ++day) {
    const SimTime at = midnight({2024, 6, 1}) + Days{day};
    merger.recorder(0).mark(at, 1, 0, 0);
    merger.seal(at + Duration{1}, sinks);
  }
  EXPECT_EQ(log, "share fold fold await share fold fold await ");
  EXPECT_EQ(shares.marks(), 2U);
}

TEST(Merger, AwaitsWhoSharesWhereAnotherThrows) {
  class Throwing final : public Sink {
   public:
    void consume(const Batch& /*batch*/) override { throw std::runtime_error("no"); }
  };
  std::string log;
  Sharing shares(log);
  Throwing throws;
  const std::array<Sink*, 2> sinks{&shares, &throws};
  Merger merger(1);
  merger.recorder(0).mark(midnight({2024, 6, 2}), 1, 0, 0);
  EXPECT_THROW(merger.finish(sinks), std::runtime_error);
  EXPECT_EQ(log, "share await ");
}

TEST(Recorder, RefusesARowFromThePast) {
  Merger merger(1);
  merger.recorder(0).mark(midnight({2024, 6, 2}), 1, 0, 0);
  EXPECT_THROW(merger.recorder(0).mark(midnight({2024, 6, 1}), 1, 0, 0), Bug);
}

}  // namespace
}  // namespace portflow::trace

// What is written is read back, row for row and bit for bit.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>

#include "random_rows.hpp"
#include "trace/reader.hpp"

namespace portflow::trace {
namespace {

Batch read_all(const std::string& path) {
  const auto reader = Reader::open(path);
  EXPECT_TRUE(reader) << first_message(reader.error());
  if (!reader) return {};
  auto batch = (*reader)->all();
  EXPECT_TRUE(batch) << first_message(batch.error());
  return batch ? std::move(*batch) : Batch{};
}

/// The rows that are stamped `from` or later.
Batch since(Batch batch, const Schema& schema, SimTime from) {
  std::vector<double> attributes;
  std::size_t first = 0;
  for (const Born& born : batch.born) {
    const std::size_t own = schema.roles[born.role].attributes.size();
    const auto begin = batch.attributes.begin() + static_cast<std::ptrdiff_t>(first);
    if (born.at >= from) {
      attributes.insert(attributes.end(), begin, begin + static_cast<std::ptrdiff_t>(own));
    }
    first += own;
  }
  batch.attributes = std::move(attributes);
  const auto cut = [&](auto& rows) {
    std::erase_if(rows, [&](const auto& row) { return row.at < from; });
  };
  cut(batch.born);
  cut(batch.marks);
  cut(batch.steps);
  cut(batch.ended);
  cut(batch.paths);
  cut(batch.moves);
  cut(batch.levels);
  cut(batch.ledger);
  return batch;
}

class RoundTrip : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RoundTrip, KeepsEveryRowOfEveryTable) {
  const Folder folder;
  const Schema schema = small_schema();
  RandomRows random(GetParam());
  const Batch batch = random.batch(40'000, 9, schema);
  ASSERT_EQ(write_trace(folder.file("a.h5"), schema, batch), "");
  EXPECT_EQ(difference(batch, read_all(folder.file("a.h5"))), "");
  EXPECT_FALSE(std::filesystem::exists(folder.file("a.h5.partial")));
}

TEST_P(RoundTrip, ReplaysTheSameRowsDayByDay) {
  const Folder folder;
  const Schema schema = small_schema();
  RandomRows random(GetParam());
  const Batch batch = random.batch(40'000, 9, schema);
  ASSERT_EQ(write_trace(folder.file("a.h5"), schema, batch), "");
  const auto reader = Reader::open(folder.file("a.h5"));
  ASSERT_TRUE(reader);
  Keep keep;
  ASSERT_TRUE((*reader)->replay(keep));
  EXPECT_EQ(difference(batch, keep.whole), "");
  EXPECT_GE(keep.batches, 9U);
  EXPECT_LT(keep.most_rows, batch.rows() / 4) << "a replay must not hold the whole trace";
}

TEST_P(RoundTrip, ReplaysWithoutStepsAndPaths) {
  const Folder folder;
  const Schema schema = small_schema();
  RandomRows random(GetParam());
  Batch batch = random.batch(4'000, 9, schema);
  ASSERT_EQ(write_trace(folder.file("a.h5"), schema, batch), "");
  const auto reader = Reader::open(folder.file("a.h5"));
  ASSERT_TRUE(reader);
  batch.steps.clear();
  Keep no_steps;
  ASSERT_TRUE((*reader)->replay(no_steps, {.steps = true}));
  EXPECT_EQ(difference(batch, no_steps.whole), "");
  batch.paths.clear();
  Keep neither;
  ASSERT_TRUE((*reader)->replay(neither, {.steps = true, .paths = true}));
  EXPECT_EQ(difference(batch, neither.whole), "");
}

TEST_P(RoundTrip, ReplaysFromAnyMidnightOn) {
  const Folder folder;
  const Schema schema = small_schema();
  RandomRows random(GetParam());
  const Batch batch = random.batch(120'000, 9, schema);
  ASSERT_EQ(write_trace(folder.file("a.h5"), schema, batch), "");
  const auto reader = Reader::open(folder.file("a.h5"));
  ASSERT_TRUE(reader);
  const SimTime last = batch.levels.back().at;
  for (const int back : {0, 2, 5, 20}) {
    const SimTime from = last - Days{back};
    Reader::Days days = (*reader)->days({}, from);
    Keep keep;
    Batch some;
    for (;;) {
      const auto more = days.next(some);
      ASSERT_TRUE(more) << first_message(more.error());
      if (!*more) break;
      keep.consume(some);
    }
    EXPECT_EQ(difference(since(batch, schema, std::chrono::floor<Days>(from)), keep.whole), "")
        << back;
  }
}

TEST_P(RoundTrip, ReplaysWithoutWhatIsNotWanted) {
  const Folder folder;
  const Schema schema = small_schema();
  RandomRows random(GetParam());
  Batch batch = random.batch(4'000, 9, schema);
  ASSERT_EQ(write_trace(folder.file("a.h5"), schema, batch), "");
  const auto reader = Reader::open(folder.file("a.h5"));
  ASSERT_TRUE(reader);
  Keep ends;
  ASSERT_TRUE((*reader)->replay(ends, {.steps = true,
                                       .paths = true,
                                       .births = true,
                                       .marks = true,
                                       .moves = true,
                                       .levels = true,
                                       .ledger = true}));
  Batch wanted;
  wanted.ended = batch.ended;
  EXPECT_EQ(difference(wanted, ends.whole), "");
}

TEST_P(RoundTrip, DoesNotDependOnHowTheRowsWereCut) {
  const Folder folder;
  const Schema schema = small_schema();
  RandomRows random(GetParam());
  Keep keep;
  auto writer = Writer::open(folder.file("a.h5"), schema, Detail::full, false);
  ASSERT_TRUE(writer) << first_message(writer.error());
  SimTime from = midnight({2024, 6, 1});
  for (int part = 0; part < 40; ++part) {
    const Batch batch = random.batch(
        static_cast<std::size_t>(1 + random.below(part % 7 == 0 ? 9000 : 300)), 1, schema, from);
    keep.consume(batch);
    (*writer)->consume(batch);
    from += std::chrono::hours{30};
  }
  ASSERT_TRUE((*writer)->finish("00", 1, from));
  EXPECT_EQ(difference(keep.whole, read_all(folder.file("a.h5"))), "");
}

/// Written while others read them, or handed over: the same rows, and of a lower level no more
/// than it stores, though the batch has all.
TEST_P(RoundTrip, DoesNotDependOnWhenTheRowsWereWritten) {
  const Schema schema = small_schema();
  for (const Detail level : {Detail::kpi, Detail::stages, Detail::full}) {
    const Folder folder;
    std::array<std::uint64_t, 2> rows{};
    for (const Turn turn : {Turn::any_time, Turn::after_seals}) {
      RandomRows random(GetParam());
      auto writer = Writer::open(folder.file(turn == Turn::any_time ? "a.h5" : "b.h5"), schema,
                                 level, false, {}, turn);
      ASSERT_TRUE(writer) << first_message(writer.error());
      SimTime from = midnight({2024, 6, 1});
      for (int part = 0; part < 20; ++part) {
        Batch batch =
            random.batch(static_cast<std::size_t>(1 + random.below(900)), 1, schema, from);
        const bool is_shared = (*writer)->share(batch);
        EXPECT_EQ(is_shared, turn == Turn::after_seals);
        if (is_shared) {
          (*writer)->await();
        } else {
          (*writer)->take(batch);
        }
        from += std::chrono::hours{30};
      }
      const auto cost = (*writer)->finish("00", 1, from);
      ASSERT_TRUE(cost);
      rows[static_cast<std::size_t>(turn)] = cost->rows;
    }
    EXPECT_EQ(rows[0], rows[1]);
    EXPECT_EQ(difference(read_all(folder.file("a.h5")), read_all(folder.file("b.h5"))), "");
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RoundTrip, testing::Values(1, 2, 3));

TEST(RoundTripOf, SizesAroundAChunk) {
  const Schema schema = small_schema();
  for (const std::size_t rows : {1U, 16383U, 16384U, 16385U, 32768U}) {
    const Folder folder;
    Batch batch;
    for (std::size_t i = 0; i < rows; ++i) {
      batch.marks.push_back({SimTime{Duration{i}}, i * 7919, 1, static_cast<std::uint8_t>(i & 1U)});
    }
    ASSERT_EQ(write_trace(folder.file("a.h5"), schema, batch), "");
    EXPECT_EQ(difference(batch, read_all(folder.file("a.h5"))), "") << rows << " rows";
  }
}

TEST(RoundTripOf, Schema) {
  const Folder folder;
  Schema schema = small_schema();
  ASSERT_EQ(write_trace(folder.file("a.h5"), schema, {}), "");
  const auto reader = Reader::open(folder.file("a.h5"));
  ASSERT_TRUE(reader) << first_message(reader.error());
  schema.fingerprint = "0123456789abcdef";
  schema.events = 12345;
  schema.until = midnight({2024, 7, 2});
  EXPECT_EQ((*reader)->schema(), schema);
}

TEST(RoundTripOf, EmptySchemaAndLargeTexts) {
  const Folder folder;
  ASSERT_EQ(write_trace(folder.file("empty.h5"), {}, {}), "");
  const auto empty = Reader::open(folder.file("empty.h5"));
  ASSERT_TRUE(empty) << first_message(empty.error());
  EXPECT_TRUE((*empty)->schema().roles.empty());
  EXPECT_EQ(read_all(folder.file("empty.h5")).rows(), 0U);

  Schema large = small_schema();
  large.scenario_text.assign(3'000'000, 'x');
  for (int i = 0; i < 9000; ++i) {
    large.roles[0].attributes[1].categories.push_back("category " + std::to_string(i));
  }
  ASSERT_EQ(write_trace(folder.file("large.h5"), large, {}), "");
  const auto reader = Reader::open(folder.file("large.h5"));
  ASSERT_TRUE(reader) << first_message(reader.error());
  EXPECT_EQ((*reader)->schema().scenario_text, large.scenario_text);
  EXPECT_EQ((*reader)->schema().roles, large.roles);
}

TEST(RoundTripOf, OddValues) {
  const Folder folder;
  const Schema schema = small_schema();
  Batch batch;
  const double nan = std::numeric_limits<double>::quiet_NaN();
  batch.born = {{SimTime::min(), ~0ULL, 0, ~0U, 2}, {SimTime{}, 1, 2, 3, 1}, {never, 4, 5, 6, 2}};
  batch.attributes = {-0.0, nan, std::numeric_limits<double>::infinity(), nan, 2, 5e-324};
  batch.steps = {{SimTime::min(), SimTime::min(), never, 1, 3, no_code},
                 {SimTime{Duration{-1}}, never, never, 1, 0, 1},
                 {never, never, never, 2, 0, 0}};
  ASSERT_EQ(write_trace(folder.file("a.h5"), schema, batch), "");
  EXPECT_EQ(difference(batch, read_all(folder.file("a.h5"))), "");
  Keep keep;
  ASSERT_TRUE((*Reader::open(folder.file("a.h5")))->replay(keep));
  EXPECT_EQ(difference(batch, keep.whole), "");
}

TEST(RoundTripOf, LessDetailLeavesTablesOut) {
  const Folder folder;
  const Schema schema = small_schema();
  Batch batch = RandomRows(4).batch(3000, 3, schema);
  ASSERT_EQ(write_trace(folder.file("stages.h5"), schema, batch, Detail::stages), "");
  batch.paths.clear();
  EXPECT_EQ(difference(batch, read_all(folder.file("stages.h5"))), "");
  ASSERT_EQ(write_trace(folder.file("kpi.h5"), schema, batch, Detail::kpi), "");
  batch.steps.clear();
  batch.moves.clear();
  EXPECT_EQ(difference(batch, read_all(folder.file("kpi.h5"))), "");
}

/// But for checkpoints, whose number depends on how fast the machine is.
TEST(RoundTripOf, EqualRunsGiveEqualBytes) {
  const Folder folder;
  const Schema schema = small_schema();
  const Batch batch = RandomRows(5).batch(20'000, 3, schema);
  for (const char* name : {"a.h5", "b.h5"}) {
    auto writer = Writer::open(folder.file(name), schema, Detail::full, false,
                               {.wall = std::chrono::hours{1}});
    ASSERT_TRUE(writer) << first_message(writer.error());
    (*writer)->consume(batch);
    ASSERT_TRUE((*writer)->finish("00", 1, SimTime{}));
    ::sleep(1);
  }
  const std::string compare = "cmp " + folder.file("a.h5") + " " + folder.file("b.h5");
  EXPECT_EQ(std::system(compare.c_str()), 0);
}

TEST(RoundTrip, WhoeverIsBornTwiceIsCalledAsAtFirst) {
  const Folder folder;
  Batch batch;
  batch.born = {{SimTime{}, 7, no_entity, 1, 1}, {SimTime{}, 8, 7, 2, 1}, {SimTime{}, 7, 8, 3, 1}};
  ASSERT_EQ(write_trace(folder.file("a.h5"), small_schema(), batch), "");
  EXPECT_EQ(difference(batch, read_all(folder.file("a.h5"))), "");
}

TEST(Tables, SayRowsAndBytes) {
  const Folder folder;
  const Schema schema = small_schema();
  const Batch batch = RandomRows(6).batch(20'000, 3, schema);
  ASSERT_EQ(write_trace(folder.file("a.h5"), schema, batch), "");
  const auto reader = Reader::open(folder.file("a.h5"));
  ASSERT_TRUE(reader);
  std::map<std::string, Reader::Table> tables;
  std::uint64_t bytes = 0;
  for (const auto& table : (*reader)->tables()) {
    tables[table.name] = table;
    bytes += table.bytes;
  }
  EXPECT_EQ(tables.at("steps").rows, batch.steps.size());
  EXPECT_EQ(tables.at("born").rows, batch.born.size());
  for (const auto& [role, name] :
       {std::pair{0, "entities/liners"}, std::pair{2, "entities/liners.lots.boxes"}}) {
    const auto count = std::ranges::count(batch.born, role, &Born::role);
    EXPECT_EQ(tables.at(name).rows, static_cast<std::uint64_t>(count)) << name;
  }
  EXPECT_EQ(tables.count("entities/liners.lots"), 0U) << "lots have no attributes";
  const auto size = std::filesystem::file_size(folder.file("a.h5"));
  EXPECT_LT(bytes, size);
  EXPECT_GT(bytes, size * 8 / 10) << "all but the index of a file should be rows";
}

TEST(EntityName, SpellsTheLineage) {
  const Schema schema = small_schema();
  const std::string ship = entity_name(schema, 0, 112, "");
  const std::string lot = entity_name(schema, 1, 3, ship);
  EXPECT_EQ(ship, "liners-112");
  EXPECT_EQ(entity_name(schema, 2, 481, lot), "liners-112/lots-3/boxes-481");
}

}  // namespace
}  // namespace portflow::trace

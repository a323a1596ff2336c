// What leans on other rows in the file: what is shared is stored once, and what fits nothing comes
// back all the same.
#include <gtest/gtest.h>

#include "random_rows.hpp"
#include "trace/hdf5_handle.hpp"
#include "trace/identities.hpp"
#include "trace/mark_join.hpp"
#include "trace/path_fold.hpp"
#include "trace/reader.hpp"

namespace portflow::trace {
namespace {

SimTime hour(int n) {
  return midnight({2024, 6, 1}) + std::chrono::hours{n};
}

/// `box` waits for its lot and ends: a segment of its own, two of the lot, one of the ship.
std::vector<PathPart> path_of(EntityId box, int end, int landed = 6) {
  const SimTime at = hour(end);
  return {{at, hour(landed), at, box, box, 0, 3, 1, Cause::working},
          {at, hour(4), hour(landed), box, 7, 0, 2, no_code, Cause::message},
          {at, hour(3), hour(4), box, 7, 9, 1, 0, Cause::busy},
          {at, hour(1), hour(3), box, 5, 0, 0, 0, Cause::working}};
}

Ended ended(EntityId entity, int end) {
  return {hour(end), hour(end), hour(1), entity, 2, {}};
}

TEST(PathFold, StoresWhatBoxesOfALotShareOnce) {
  std::vector<Ended> ends;
  std::vector<PathPart> parts;
  for (int i = 0; i < 10; ++i) {
    ends.push_back(ended(100 + static_cast<EntityId>(i), 8 + i));
    for (const PathPart& part : path_of(ends.back().entity, 8 + i)) parts.push_back(part);
  }
  Numbering numbering;
  std::vector<std::uint32_t> numbers(ends.size());
  numbering.number(&ends.front().entity, sizeof(Ended), ends.size(), numbers);
  PathFold fold;
  fold.take(ends, numbers, parts, numbering);
  ASSERT_EQ(fold.heads().size(), 10U);
  EXPECT_EQ(fold.segments().size(), 4U + 9U);
  EXPECT_EQ(fold.heads()[0].own, 4U);
  EXPECT_EQ(fold.heads()[0].back, 0U);
  EXPECT_EQ(fold.heads()[9].own, 1U);
  EXPECT_EQ(fold.heads()[9].back, 11U);  // row 12 goes on in row 1
  // From another instant on it is another rest, up to where it is the same again.
  const std::vector<Ended> late{ended(300, 30)};
  numbering.number(&late.front().entity, sizeof(Ended), 1, numbers);
  fold.take(late, numbers, path_of(300, 30, 7), numbering);
  EXPECT_EQ(fold.heads()[0].own, 2U);
  EXPECT_EQ(fold.heads()[0].back, 11U);  // row 13 has row 2 after it
}

TEST(PathFold, RefusesPathsWithGapsAndOfNobody) {
  Numbering numbering;
  const std::vector<std::uint32_t> numbers{1};
  const std::vector<Ended> ends{ended(100, 8)};
  std::vector<PathPart> gap = path_of(100, 8);
  gap[2].end += Duration{1};
  EXPECT_THROW(PathFold().take(ends, numbers, gap, numbering), FileError);
  EXPECT_THROW(PathFold().take(ends, numbers, path_of(101, 8), numbering), FileError);
  EXPECT_THROW(PathFold().take({}, {}, path_of(100, 8), numbering), FileError);
}

TEST(PathFold, ComesBackThoughItIsFarAndLong) {
  // The same rest again after more rows than a path may go back, and rests of a thousand segments.
  const Folder folder;
  Schema schema = small_schema();
  Batch batch;
  EntityId next = 1000;
  const auto add = [&](std::vector<PathPart> path) {
    batch.ended.push_back(
        {path.front().at, path.front().end, path.back().begin, path.front().entity, 2, {}});
    batch.paths.insert(batch.paths.end(), path.begin(), path.end());
  };
  for (int i = 0; i < 700; ++i) {
    const EntityId box = next++;
    const SimTime at = hour(10'000) + Duration{i};
    std::vector<PathPart> path{{at, hour(9000), at, box, box, 0, 3, 1, Cause::working}};
    const int own = i % 3 == 0 ? 1500 : 20;
    for (int k = 0; k < own; ++k) {
      const EntityId owner = k < 500 && i % 3 == 0 ? box : 7;
      path.push_back({at, hour(9000 - k - 1), hour(9000 - k), box, owner, 0, 2, 0, Cause::busy});
    }
    add(std::move(path));
  }
  ASSERT_GT(batch.paths.size(), most_back);
  ASSERT_EQ(write_trace(folder.file("a.h5"), schema, batch), "");
  const auto reader = Reader::open(folder.file("a.h5"));
  ASSERT_TRUE(reader) << first_message(reader.error());
  const auto all = (*reader)->all();
  ASSERT_TRUE(all) << first_message(all.error());
  EXPECT_EQ(difference(batch, *all), "");
}

TEST(MarkJoin, LeansOnTheStepThatSetIt) {
  const std::vector<StepDone> steps{{hour(1), hour(0), hour(0), 11, 0, 0},
                                    {hour(2), hour(0), hour(1), 12, 0, 0},
                                    {hour(2), hour(0), hour(1), 13, 0, 0}};
  const std::vector<std::uint32_t> step_numbers{1, 2, 3};
  const std::vector<MarkSet> marks{{hour(0), 13, 0, 1},
                                   {hour(1), 11, 0, 0},
                                   {hour(2), 13, 1, 0},
                                   {hour(2), 13, 2, 1},
                                   {hour(3), 11, 1, 1}};
  const std::vector<std::uint32_t> mark_numbers{3, 1, 3, 3, 1};
  MarkJoin join;
  const auto stored = join.take(marks, mark_numbers, steps, step_numbers);
  ASSERT_EQ(stored.size(), 5U);
  EXPECT_EQ(stored[0].steps, 0U);  // before any: by itself
  EXPECT_EQ(stored[0].further, 3U);
  for (std::size_t i = 1; i < 4; ++i) {
    EXPECT_EQ(stored[i].later, 0) << i;
    EXPECT_EQ(stored[i].further, 0U) << i;
  }
  EXPECT_EQ(stored[1].steps, 1U);
  EXPECT_EQ(stored[2].steps, 3U);
  EXPECT_EQ(stored[3].steps, 3U);
  EXPECT_EQ(stored[4].steps, 3U);  // no step set it: an hour after the last that did
  EXPECT_EQ(stored[4].later, 3'600'000);
  EXPECT_EQ(stored[4].further, static_cast<std::uint32_t>(1 - 3));
}

TEST(Identities, AreNothingWhereNamesSayThem) {
  const Schema schema = small_schema();
  Batch batch;
  const EntityId ship = hash_of_name(hash_of("liners"), 112, no_entity);
  const EntityId lot = hash_of_name(hash_of("lots"), 3, ship);
  batch.born = {{hour(0), ship, 0, 112, 0}, {hour(0), lot, ship, 3, 1}, {hour(0), 99, lot, 1, 2}};
  Numbering numbering;
  Numbers numbers;
  numbers.take(StoredBatch(batch, Detail::full), numbering);
  Identities identities(schema);
  const auto changes = identities.take(StoredBatch(batch, Detail::full), numbers, numbering);
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_EQ(changes[0], 0U);
  EXPECT_EQ(changes[1], 0U);
  EXPECT_NE(changes[2], 0U);
}

}  // namespace
}  // namespace portflow::trace

// The day worked out by hand (procedure/by_hand.hpp), told as stories; and names read and spelt.
#include "analysis/story.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "analysis/traced.hpp"
#include "analysis/worst.hpp"
#include "core/fingerprint.hpp"
#include "procedure/by_hand.hpp"

namespace portflow::analysis {
namespace {

/// `1 16:30` is half past four on the first day.
std::string when(const Record& record, SimTime at) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(at - record.schema().from);
  return fmt::format("{} {:02}:{:02}", minutes.count() / 1440 + 1, minutes.count() / 60 % 24,
                     minutes.count() % 60);
}

std::string event(const Record& record, const Event& event) {
  if (event.kind == Event::Kind::none) return "-";
  std::string text(name_of(event.kind));
  if (event.who != trace::no_entity) text += " by " + record.directory().spell(event.who);
  return text + (event.what.empty() ? "" : ": " + event.what);
}

/// One stretch a line: when, cause, owner, step, resource, holder, what ended it.
std::string told(const Record& record, const std::string& name) {
  const auto entity = record.directory().read(name);
  if (!entity) return entity.error().errors.front().message;
  const auto story = story_of(record, *entity);
  if (!story) return story.error().errors.front().message;
  const trace::Schema& schema = record.schema();
  std::string text;
  for (const Stretch& stretch : story->stretches) {
    const trace::PathPart& part = stretch.part;
    text += fmt::format(
        "{}-{} {} {} {} {} {} | {}\n", when(record, part.begin), when(record, part.end),
        name_of(part.cause), record.directory().spell(part.owner),
        part.step == trace::no_code ? "-" : schema.steps[part.step],
        part.resource == trace::no_code ? "-" : schema.resources[part.resource].name,
        part.holder == trace::no_entity ? "-" : record.directory().spell(part.holder),
        event(record, stretch.word.kind == Event::Kind::none ? stretch.until : stretch.word));
  }
  std::string sums;
  for (std::size_t i = 0; i < cause_count; ++i) {
    if (story->sums[i] == 0) continue;
    sums += fmt::format(" + {} {}", cause_names[i], story->sums[i] / 60'000);
  }
  return text + fmt::format("{} ={}\n", (story->span->to - story->span->from).count() / 60'000,
                            sums.substr(std::min<std::size_t>(sums.size(), 2)));
}

class ByHand : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    day = test::Traced::of_text(procedure_test::by_hand);
    day_record = day->record();
    ASSERT_NE(day_record, nullptr);
  }
  static void TearDownTestSuite() {
    day_record.reset();
    day.reset();
  }
  static inline std::unique_ptr<test::Traced> day;
  static inline std::unique_ptr<Record> day_record;
};

TEST_F(ByHand, TheShip) {
  EXPECT_EQ(told(*day_record, "ships-1"),
            "1 16:00-1 16:30 working ships-1 call.moor quay.berth - | -\n"
            "30 = working 30\n");
}

const std::string lots_way =
    "1 16:00-1 16:30 working ships-1 call.moor quay.berth - | mark by ships-1: moored\n"
    "1 16:30-1 16:50 behind ships-1/lots-1/boxes-3 box.discharge quay.crane - | first by "
    "ships-1/lots-1/boxes-3\n"
    "1 16:50-1 17:10 busy ships-1/lots-1/boxes-3 box.discharge quay.crane ships-1/lots-1/boxes-2 | "
    "step end by ships-1/lots-1/boxes-2: box.discharge\n"
    "1 17:10-1 17:30 working ships-1/lots-1/boxes-3 box.discharge quay.crane - | -\n"
    "1 17:30-1 17:35 travel ships-1/lots-1/boxes-3 box.land - - | mark by ships-1/lots-1/boxes-3: "
    "landed\n"
    "1 17:35-1 17:40 message ships-1/lots-1/boxes-3 - - - | mark by ships-1/lots-1/boxes-3: "
    "landed\n"
    "1 17:40-2 08:30 closed ships-1/lots-1 lot.look customs.officer - | opened: customs.officer\n";

TEST_F(ByHand, TheLot) {
  EXPECT_EQ(told(*day_record, "ships-1/lots-1"),
            lots_way +
                "2 08:30-2 09:00 working ships-1/lots-1 lot.look customs.officer - | -\n"
                "1020 = working 80 + travel 5 + message 5 + closed 890 + behind 20 + busy 20\n");
}

TEST_F(ByHand, TheThirdBox) {
  EXPECT_EQ(
      told(*day_record, "ships-1/lots-1/boxes-3"),
      lots_way +
          "2 08:30-2 09:00 working ships-1/lots-1 lot.look customs.officer - | mark by "
          "ships-1/lots-1: released\n"
          "2 09:00-2 09:10 message ships-1/lots-1 - - - | mark by ships-1/lots-1: released\n"
          "2 09:10-2 11:10 batch ships-1/lots-1/boxes-3 box.go - - | gathered\n"
          "2 11:10-2 11:40 working ships-1/lots-1/boxes-3 box.go - - | -\n"
          "1180 = working 110 + travel 5 + message 15 + closed 890 + behind 20 + busy 20 + batch "
          "120\n");
}

TEST_F(ByHand, NamesAreSpeltAndRead) {
  const Directory& directory = day_record->directory();
  EXPECT_EQ(directory.entities().size(), 5u);
  for (const trace::Born& born : directory.entities()) {
    EXPECT_EQ(*directory.read(directory.spell(born.entity)), born.entity);
    EXPECT_EQ(*directory.read(to_hex(born.entity)), born.entity);
  }
  EXPECT_EQ(directory.spell(trace::no_entity), "nobody");
  EXPECT_EQ(directory.spell(12), "000000000000000c");
  EXPECT_EQ(directory.type(*directory.read("ships-1/lots-1")), "lot");
}

TEST_F(ByHand, AWrongNameGetsTheNearestRightOne) {
  const Directory& directory = day_record->directory();
  const auto refusal = [&](const std::string& text) {
    const auto read = directory.read(text);
    return read ? std::string("none") : read.error().errors.front().message;
  };
  EXPECT_EQ(refusal("ship-1/lot-1/boxes-2"),
            "no entity 'ship-1/lot-1/boxes-2'; did you mean 'ships-1/lots-1/boxes-2'?");
  EXPECT_EQ(refusal("ships-1/lots-1/boxes-4"),
            "no entity 'ships-1/lots-1/boxes-4'; did you mean 'ships-1/lots-1/boxes-1'?");
  EXPECT_EQ(refusal("ships-1/lots-1/trucks-12"),
            "no entity 'ships-1/lots-1/trucks-12': below ships-1/lots-1 there are boxes-1 to "
            "boxes-3");
  EXPECT_EQ(refusal("ships-1/lots-1/boxes-3/sacks-1"),
            "no entity 'ships-1/lots-1/boxes-3/sacks-1': below ships-1/lots-1/boxes-3 it has no "
            "members");
  EXPECT_EQ(refusal(""), "no entity '': there are ships-1");
  std::string hex = to_hex(*directory.read("ships-1"));
  hex[3] = hex[3] == '0' ? '1' : '0';
  EXPECT_EQ(refusal(hex), "no entity '" + hex + "'; did you mean '" +
                              to_hex(*directory.read("ships-1")) + "' (ships-1)?");
  EXPECT_EQ(refusal("0123456789abcdef"), "no entity '0123456789abcdef'");
}

TEST(Story, NeedsATraceOfLevelFull) {
  const test::Traced trace("scenarios/small/one_berth.yaml", trace::Detail::stages);
  const auto record = trace.record();
  ASSERT_NE(record, nullptr);
  EXPECT_NE(told(*record, "ships-1").find("run the scenario again with --trace FILE --level full"),
            std::string::npos);
}

TEST(Story, AnUnfinishedEntityHasStepsButNoPath) {
  // Followed for an hour, boxes that came last are not done.
  const test::Traced trace("scenarios/small/tiny_port.yaml", trace::Detail::full,
                           {"horizon.to=2024-01-08", "horizon.follow=1 h"});
  const auto record = trace.record();
  ASSERT_NE(record, nullptr);
  const auto spans = spans_of(*record, "import_clearance_time");
  ASSERT_TRUE(spans.has_value());
  const auto waiting = std::ranges::find_if(
      spans->entities, [](const auto& span) { return span.from.is_set() && !span.ended; });
  ASSERT_NE(waiting, spans->entities.end());
  const auto story = story_of(*record, waiting->entity);
  ASSERT_TRUE(story.has_value());
  EXPECT_FALSE(story->span.has_value());
  EXPECT_TRUE(story->stretches.empty());
  EXPECT_FALSE(story->steps.empty());
}

}  // namespace
}  // namespace portflow::analysis

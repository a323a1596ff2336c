#include "core/words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/assert.hpp"
#include "core/error.hpp"
#include "core/fingerprint.hpp"

namespace portflow {
namespace {

TEST(Words, NearestForgivesAThirdOfTheLetters) {
  const std::vector<std::string> words{"servers", "calendar", "discipline", "staffing"};
  EXPECT_EQ(nearest("server", words), "servers");
  EXPECT_EQ(nearest("calender", words), "calendar");
  EXPECT_EQ(nearest("SERVERS", words), "servers");
  EXPECT_EQ(nearest("disicpline", words), "discipline");
  EXPECT_EQ(nearest("colour", words), "");
  EXPECT_EQ(nearest("staff", words), "");
  EXPECT_EQ(nearest("", words), "");
  EXPECT_EQ(nearest("servers", {}), "");
}

TEST(Words, ASwapIsOneEdit) {
  const std::vector<std::string> words{"at", "aeo"};
  EXPECT_EQ(nearest("ta", words), "at");
  EXPECT_EQ(nearest("aoe", words), "aeo");
}

TEST(Words, NearestSharesALetterAndPrefersTheFirst) {
  const std::vector<std::string> words{"b", "m1", "m2"};
  EXPECT_EQ(nearest("x", words), "");
  EXPECT_EQ(nearest("m", words), "m1");
}

TEST(Words, Lists) {
  EXPECT_EQ(listed({}), "");
  EXPECT_EQ(listed(std::vector<std::string>{"a"}), "a");
  EXPECT_EQ(listed(std::vector<std::string>{"a", "b"}), "a or b");
  EXPECT_EQ(listed(std::vector<std::string>{"a", "b", "c"}), "a, b or c");
}

std::string text_of(const Place& place, const std::string& path) {
  const Error error{place, path, "no"};
  return error.text();
}

TEST(Error, TextLeavesOutWhatIsUnknown) {
  EXPECT_EQ(text_of({"a.yaml", 3, 7}, "x.y"), "a.yaml:3:7: x.y: no");
  EXPECT_EQ(text_of({"a.yaml", 0, 0}, ""), "a.yaml: no");
  EXPECT_EQ(text_of({}, "x"), "x: no");
  EXPECT_EQ(text_of({}, ""), "no");
}

TEST(Assert, NamesPlaceAndExpectation) {
  try {
    PORTFLOW_ASSERT(1 > 2, "in hand");
    FAIL() << "must throw";
  } catch (const Bug& bug) {
    EXPECT_THAT(bug.what(), testing::MatchesRegex("words.cpp:[0-9]+: expected 1 > 2: in hand"));
  }
}

TEST(Fingerprint, CombinesByNameAndIgnoresTheIdle) {
  Fingerprint quay;
  quay.add(1);
  quay.add(2);
  Fingerprint gate;
  gate.add(3);
  const std::vector<std::pair<std::string, Fingerprint>> parts{{"quay", quay}, {"gate", gate}};
  const std::vector<std::pair<std::string, Fingerprint>> turned{
      {"gate", gate}, {"idle", {}}, {"quay", quay}};
  const std::vector<std::pair<std::string, Fingerprint>> swapped{{"gate", quay}, {"quay", gate}};
  EXPECT_EQ(combine(parts), combine(turned));
  EXPECT_NE(combine(parts), combine(swapped));
  EXPECT_EQ(combine({}), 0U);
}

TEST(Fingerprint, OrderOfTheChainMatters) {
  Fingerprint there;
  there.add(1);
  there.add(2);
  Fingerprint back;
  back.add(2);
  back.add(1);
  EXPECT_NE(there.value(), back.value());
  EXPECT_EQ(to_hex(0xabcU), "0000000000000abc");
}

}  // namespace
}  // namespace portflow

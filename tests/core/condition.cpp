#include "core/condition.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

namespace portflow {
namespace {

/// What a lot knows, by slot: 0 credit, 1 selected, 2 wait in ms, 3 lot.credit, 4 state.
std::optional<Condition::Binding> lookup(std::string_view name) {
  const std::vector<std::string> classes{"aeo", "ordinary", "out-of-trust"};
  if (name == "credit") return Condition::Binding{0, classes};
  if (name == "selected") return Condition::Binding{1, {}};
  if (name == "wait") return Condition::Binding{2, {}};
  if (name == "lot.credit") return Condition::Binding{3, classes};
  if (name == "state") return Condition::Binding{4, {"open", "closed"}};
  if (name == "lot.wait") return Condition::Binding{5, {}};
  return std::nullopt;
}

bool holds(std::string_view text, std::vector<double> values) {
  const auto parsed = Condition::parse(text);
  if (!parsed) {
    ADD_FAILURE() << text << ": " << parsed.error();
    return false;
  }
  const auto bound = parsed->bound(lookup);
  if (!bound) {
    ADD_FAILURE() << text << ": " << bound.error();
    return false;
  }
  return bound->holds([&](std::int32_t slot) { return values.at(static_cast<std::size_t>(slot)); });
}

TEST(Condition, Evaluates) {
  constexpr double hour = 3.6e6;
  const std::vector<double> lot{1, 1, hour, 1, 0, 2 * hour};
  const std::vector<std::pair<std::string, bool>> table{
      {"credit == ordinary", true},
      {"credit == aeo", false},
      {"credit != aeo and selected", true},
      {"not selected", false},
      {"not not selected", true},
      {"credit == aeo or selected and wait >= 60 min", true},
      {"(credit == aeo or selected) and wait > 1 h", false},
      {"not credit == aeo", true},
      {"not (credit == aeo or selected)", false},
      {"wait == 3600 s", true},
      {"wait<0.5d", true},
      {"wait <= 1h", true},
      {"wait > -5", true},
      {"wait < lot.wait", true},
      {"credit == lot.credit", true},
      {"credit == out-of-trust", false},
      {"selected == true", true},
      {"selected != false", true},
      {"selected >= 85 %", true},
      {"selected > 1.5 TEU or selected == 1 t", true},
      {"selected == 0.01 CNY and selected == 1 ms", true},
      {"selected >= 0.01 CNY/h and selected < 1 km/h", true},
      {"true", true},
      {"false or 0", false},
      {"selected and not state == closed", true},
      {"  selected  ", true},
  };
  for (const auto& [text, expected] : table) EXPECT_EQ(holds(text, lot), expected) << text;
}

TEST(Condition, TheDefaultAlwaysHolds) {
  EXPECT_TRUE(Condition{}.always());
  EXPECT_TRUE(Condition{}.holds([](std::int32_t) { return 0.0; }));
  EXPECT_FALSE(Condition::parse("true")->always());
}

TEST(Condition, KeepsTextAndNames) {
  const auto parsed =
      Condition::parse("lot.credit == aeo and (selected or wait > 1 h or selected)");
  ASSERT_TRUE(parsed);
  EXPECT_THAT(parsed->names(), testing::ElementsAre("lot.credit", "selected", "wait"));
  EXPECT_EQ(parsed->text(), "lot.credit == aeo and (selected or wait > 1 h or selected)");
  EXPECT_EQ(*parsed, *Condition::parse(parsed->text()));
}

TEST(Condition, NamesOfAnyLanguage) {
  const auto parsed = Condition::parse("信用 == 高级认证");
  ASSERT_TRUE(parsed);
  EXPECT_THAT(parsed->names(), testing::ElementsAre("信用"));
}

TEST(Condition, RefusesWithColumnAndReason) {
  const std::vector<std::pair<std::string, std::string>> table{
      {"", "the condition is empty"},
      {"   ", "the condition is empty"},
      {"credit ==", "`==` at column 8 needs a number, a name or a category on its right"},
      {"credit == and x", "`==` at column 8 needs a number, a name or a category on its right"},
      {"credit == (aeo)", "`==` at column 8 needs a number, a name or a category on its right"},
      {"credit = aeo", "expected `and`, `or` or the end at column 8, not `=`; write `==`"},
      {"a && b", "expected `and`, `or` or the end at column 3, not `&&`; write `and`"},
      {"a || b", "expected `and`, `or` or the end at column 3, not `||`; write `or`"},
      {"!a", "expected a name, a number or `(` at column 1, not `!`; write `not`"},
      {"a b", "expected `and`, `or` or the end at column 3, not `b`"},
      {"1 < wait < 5",
       "`wait` at column 5 is read as a category, which has no order; names stand on the left"},
      {"2 h > wait",
       "`wait` at column 7 is read as a category, which has no order; names stand on the left"},
      {"lot.wait < 5 < 7", "expected `and`, `or` or the end at column 14, not `<`"},
      {"(a or b", "the `(` at column 1 is not closed"},
      {"a)", "expected `and`, `or` or the end at column 2, not `)`"},
      {"a and", "the condition breaks off: expected a name, a number or `(` at its end"},
      {"not", "the condition breaks off: expected a name, a number or `(` at its end"},
      {"or a", "expected a name, a number or `(` at column 1, not `or`"},
      {"(a or b) == c", "a parenthesis cannot be compared, as `==` at column 10 would"},
      {"3 == aeo", "category `aeo` at column 6 needs a name on the left of `==`"},
      {"wait > 5 weeks",
       "unknown unit `weeks` at column 10; known are %, ms, s, min, h, d, w, CNY, TEU, t, m, km, "
       "nm, km/h, kn, CNY/km or CNY/h"},
      {"wait > 5 cny",
       "unknown unit `cny` at column 10, did you mean `CNY`?; known are %, ms, s, min, h, d, w, "
       "CNY, TEU, t, m, km, nm, km/h, kn, CNY/km or CNY/h"},
      {"wait > 1e999", "the number at column 8 is too large"},
      {"信用 = x", "expected `and`, `or` or the end at column 4, not `=`; write `==`"},
      {"a @ b", "expected `and`, `or` or the end at column 3, not `@`"},
      {"(((((((((((((((((a)))))))))))))))))", "nested too deeply at column 17: at most 16 levels"},
  };
  for (const auto& [text, expected] : table) {
    const auto parsed = Condition::parse(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error(), expected) << text;
  }
}

TEST(Condition, RefusesWhatWouldOverflowItsStack) {
  // Right-leaning: each level leaves values behind that wait for their `or` and `and`.
  const auto nested = [](int levels) {
    std::string text = "z == 1";
    for (int i = 0; i < levels; ++i) text.insert(0, "a or b and (").append(")");
    return Condition::parse(text);
  };
  EXPECT_TRUE(nested(7));
  ASSERT_FALSE(nested(8));
  EXPECT_THAT(nested(8).error(), testing::HasSubstr("at most 16 levels"));
  std::string flat = "a";
  for (int i = 0; i < 200; ++i) flat += " or a";
  EXPECT_TRUE(Condition::parse(flat));
  std::string nots = "a";
  for (int i = 0; i < 20'000; ++i) nots.insert(0, "not ");
  EXPECT_FALSE(Condition::parse(nots));
}

TEST(Condition, BindingNamesTheFirstMistake) {
  const std::vector<std::pair<std::string, std::string>> table{
      {"colour == red", "unknown name `colour`"},
      {"selected and colour", "unknown name `colour`"},
      {"credit == aoe",
       "`credit` is never `aoe`, perhaps `aeo`; it is aeo, ordinary or "
       "out-of-trust"},
      {"credit == gold", "`credit` is never `gold`; it is aeo, ordinary or out-of-trust"},
      {"selected == aeo", "`selected` has no categories, so it cannot be compared with `aeo`"},
      {"state == lot.credit", "`state` is a category; compare it with open or closed"},
      {"wait < lot.credit",
       "`lot.credit` is a category; compare it with aeo, ordinary or out-of-trust"},
  };
  for (const auto& [text, expected] : table) {
    const auto parsed = Condition::parse(text);
    ASSERT_TRUE(parsed) << text << ": " << parsed.error();
    const auto bound = parsed->bound(lookup);
    ASSERT_FALSE(bound) << text;
    EXPECT_EQ(bound.error(), expected) << text;
  }
}

}  // namespace
}  // namespace portflow

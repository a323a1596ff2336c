#include "core/meaning.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace portflow {
namespace {

const std::map<std::string, Meaning, std::less<>> names{
    {"worth", {Meaning::Kind::number, Dimension::money, "CNY"}},
    {"lot.worth", {Meaning::Kind::number, Dimension::money, "CNY"}},
    {"stay", {Meaning::Kind::number, Dimension::time, "min"}},
    {"lot.stay", {Meaning::Kind::number, Dimension::time, "h"}},
    {"axles", {Meaning::Kind::number, Dimension::plain, ""}},
    {"full", {Meaning::Kind::number, Dimension::share, "%"}},
    {"lot.full", {Meaning::Kind::number, Dimension::share, "%"}},
    {"pace", {Meaning::Kind::number, Dimension::money_per_time, "CNY/h"}},
    {"dg", {Meaning::Kind::flag, Dimension::plain, "", {"false", "true"}}},
    {"lot.dg", {Meaning::Kind::flag, Dimension::plain, "", {"false", "true"}}},
    {"landed", {Meaning::Kind::mark}},
    {"credit", {Meaning::Kind::category, Dimension::plain, "", {"aeo", "ordinary"}}},
    {"lot.credit", {Meaning::Kind::category, Dimension::plain, "", {"aeo", "ordinary"}}},
    {"lot.state", {Meaning::Kind::category, Dimension::plain, "", {"open", "closed"}}},
};

std::vector<std::string> found(std::string_view text) {
  const auto parsed = Condition::parse(text);
  if (!parsed) return {"does not parse: " + parsed.error()};
  return mistakes(*parsed, [](std::string_view name) -> std::optional<Meaning> {
    const auto meaning = names.find(name);
    return meaning == names.end() ? std::nullopt : std::optional{meaning->second};
  });
}

TEST(Mistakes, NoneWhereLikeMeetsLike) {
  for (const auto* text : {
           "worth > 1000 CNY and not dg",
           "stay > 1 h or stay < 90 s or 2 d < lot.stay",
           "stay < lot.stay",
           "axles >= 4",
           "full > 0.5 or full < 80 %",
           "lot.full < 1",
           "pace > 60 CNY/h",
           "dg == true or dg != lot.dg or dg == lot.dg",
           "landed and landed == true",
           "credit == aeo or credit != lot.credit",
           "not (credit == aeo)",
           "true",
           "stranger",
           "stranger > 5 h and dg",
           "credit == lot.stranger",
       }) {
    EXPECT_EQ(found(text), std::vector<std::string>{}) << text;
  }
  EXPECT_EQ(mistakes({}, {}), std::vector<std::string>{});
}

TEST(Mistakes, AreToldInOneSentenceEach) {
  const std::vector<std::pair<std::string, std::string>> table{
      {"worth > 1000 h",
       "`worth > 1000 h`: `worth` is measured in CNY, but `1000 h` is a time; expected money "
       "(CNY)"},
      {"1000 h < lot.worth",
       "`1000 h < lot.worth`: `lot.worth` is measured in CNY, but `1000 h` is a time; expected "
       "money (CNY)"},
      {"worth > 1000", "`worth > 1000`: `worth` is measured in CNY, so `1000` needs a unit: CNY"},
      {"stay > 0",
       "`stay > 0`: `stay` is measured in min, so `0` needs a unit: ms, s, min, h, d or w"},
      {"stay == 5 %",
       "`stay == 5 %`: `stay` is measured in min, but `5 %` is a share; expected a time (ms, s, "
       "min, h, d or w)"},
      {"axles > 80 %",
       "`axles > 80 %`: `axles` is a number without a unit, but `80 %` is a share; expected a "
       "number without a unit"},
      {"full > 5 TEU",
       "`full > 5 TEU`: `full` is measured in %, but `5 TEU` is a volume; expected a share (%)"},
      {"axles < lot.full",
       "`axles < lot.full`: `axles` is a number without a unit, but `lot.full` is measured in %"},
      {"worth == lot.stay",
       "`worth == lot.stay`: `worth` is measured in CNY, but `lot.stay` is measured in h"},
      {"3 h > 2 CNY", "`3 h > 2 CNY`: `3 h` is a time, but `2 CNY` is money"},
      {"3 h > 2", "`3 h > 2`: `3 h` is a time, but `2` is a number without a unit"},
      {"worth == high",
       "`worth == high`: `worth` is measured in CNY, so no word equals it; expected money (CNY)"},
      {"worth == true", "`worth == true`: `worth` is measured in CNY, neither true nor false"},
      {"true == 5", "`true == 5`: `5` is a number, neither true nor false"},
      {"worth",
       "`worth` is measured in CNY, and neither true nor false; compare it, as in `worth > 0 CNY`"},
      {"dg and not axles",
       "`axles` is a number without a unit, and neither true nor false; compare it, as in "
       "`axles > 0`"},
      {"5 or dg", "`5` is a number, neither true nor false"},
      {"dg == yes", "`dg == yes`: `dg` is yes or no; did you mean `dg`?"},
      {"dg == ye", "`dg == ye`: `dg` is yes or no; did you mean `dg`?"},
      {"dg == no", "`dg == no`: `dg` is yes or no; did you mean `not dg`?"},
      {"dg != no", "`dg != no`: `dg` is yes or no; did you mean `dg`?"},
      {"dg == 0", "`dg == 0`: `dg` is yes or no; did you mean `not dg`?"},
      {"dg > 2", "`dg > 2`: `dg` is yes or no; write `dg` or `not dg`"},
      {"dg < lot.dg", "`dg < lot.dg`: what is true or false has no order; use `==` or `!=`"},
      {"landed > 2 h",
       "`landed > 2 h`: `landed` is a mark, set or not, and conditions compare no instants; write "
       "`landed` or `not landed`"},
      {"landed < lot.stay",
       "`landed < lot.stay`: `landed` is a mark, set or not, and conditions compare no instants; "
       "write `landed` or `not landed`"},
      {"credit == aoe", "`credit` is never `aoe`, perhaps `aeo`; it is aeo or ordinary"},
      {"credit == gold", "`credit` is never `gold`; it is aeo or ordinary"},
      {"credit", "`credit` is a category; compare it with aeo or ordinary"},
      {"not credit", "`credit` is a category; compare it with aeo or ordinary"},
      {"credit == 3", "`credit` is a category; compare it with aeo or ordinary"},
      {"3 == lot.credit", "`lot.credit` is a category; compare it with aeo or ordinary"},
      {"dg == lot.credit", "`lot.credit` is a category; compare it with aeo or ordinary"},
      {"credit == lot.state", "`credit` is a category; compare it with aeo or ordinary"},
      {"credit < lot.credit", "`credit` is a category and has no order; use `==` or `!=`"},
  };
  for (const auto& [text, expected] : table) {
    EXPECT_EQ(found(text), std::vector<std::string>{expected}) << text;
  }
}

TEST(Mistakes, AreAllFoundAndEachOnce) {
  EXPECT_EQ(
      found("(worth > 5 h or dg == 1) and not (stay and worth > 5 h) and credit == aoe").size(),
      4U);
}

}  // namespace
}  // namespace portflow

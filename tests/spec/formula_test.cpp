#include "spec/formula.hpp"

#include <gtest/gtest.h>

namespace portflow::spec {
namespace {

/// a = 6, b-c = 2, d.e = 3, and nothing else is observed.
std::optional<double> figure(const Term& term) {
  if (term.name == "a") return term.aspect == "count" ? 60.0 : 6.0;
  if (term.name == "b-c") return 2.0;
  if (term.name == "d.e") return 3.0;
  if (term.name == "zero") return 0.0;
  return std::nullopt;
}

std::optional<double> value(const std::string& text) {
  const auto formula = Formula::parse(text);
  EXPECT_TRUE(formula) << (formula ? "" : formula.error());
  return formula ? formula->value(figure) : std::nullopt;
}

TEST(Formula, CountsAsArithmeticDoes) {
  EXPECT_EQ(value("a"), 6);
  EXPECT_EQ(value("a / b-c / d.e"), 1);
  EXPECT_EQ(value("a - b-c - d.e"), 1);
  EXPECT_EQ(value("100 - a * b-c"), 88);
  EXPECT_EQ(value("(100 - a) * b-c"), 188);
  EXPECT_EQ(value("count(a) / a + 0.5"), 10.5);
  EXPECT_EQ(value("2*(a+b-c)"), 16) << "only `-` needs its spaces";
}

TEST(Formula, OfWhatWasNotObservedHasNoValue) {
  EXPECT_FALSE(value("a + unseen"));
  EXPECT_FALSE(value("a / zero"));
}

TEST(Formula, KnowsWhatItReads) {
  const auto formula = Formula::parse("p95(a) / d.e");
  ASSERT_TRUE(formula);
  EXPECT_EQ(formula->terms(), (std::vector<Term>{{"a", "p95"}, {"d.e", ""}}));
  EXPECT_FALSE(formula->is_headline());
  EXPECT_TRUE(Formula::parse(" d.e ")->is_headline());
  EXPECT_FALSE(Formula::parse("count(a)")->is_headline());
}

TEST(Formula, IsRefusedInTheseWords) {
  const std::pair<const char*, const char*> refused[] = {
      {"", "``: expected a KPI or a number"},
      {"a +", "`a +`: expected a KPI or a number"},
      {"a b", "`a b`: `b` is left over"},
      {"(a + b", "`(a + b`: a `)` is missing"},
      {"cuont(a)",
       "`cuont(a)`: there is no `cuont(...)`, did you mean `count`? (allowed: mean, p50, p90, p95, "
       "max, count, unfinished, busiest_day or gap_order)"},
      {"3 h", "`3 h`: `h` is left over"},
      {"3h", "`3h`: `3h` is not a plain number"},
      {"-a", "`-a`: a minus stands between two things"},
      {"a..b", "`a..b`: `a..b` is no name of a KPI"},
      {"p95()", "`p95()`: `` is no name of a KPI"},
  };
  for (const auto& [text, message] : refused) {
    const auto formula = Formula::parse(text);
    ASSERT_FALSE(formula) << text;
    EXPECT_EQ(formula.error(), message);
  }
}

}  // namespace
}  // namespace portflow::spec

// What TokenPaths says of tokens, against all that can happen in random graphs.
#include "spec/token_paths.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <random>

namespace portflow::spec {
namespace {

Step step(const std::string& name, std::vector<std::string> after = {}, bool any = false) {
  Step result;
  result.name = name;
  result.after = std::move(after);
  result.after_any = any;
  return result;
}

Procedure procedure(std::vector<Step> steps) {
  Procedure result;
  result.steps = std::move(steps);
  return result;
}

TEST(TokenPaths, AJoinOfAllBranchesIsNeverDead) {
  Procedure p = procedure({step("a"), step("b", {"a"}), step("c", {"a"}), step("d", {"b"}),
                           step("some", {"b", "d"}), step("all", {"c", "d"})});
  p.steps[0].choose.emplace();
  const TokenPaths paths(p);
  EXPECT_FALSE(paths.may_be_dead(0));
  EXPECT_TRUE(paths.may_be_dead(1));
  EXPECT_TRUE(paths.may_be_dead(4));
  EXPECT_FALSE(paths.may_be_dead(5));
  EXPECT_TRUE(paths.exclusive(2, 3));
  EXPECT_FALSE(paths.exclusive(1, 3));
  EXPECT_FALSE(paths.exclusive(2, 5));
  const std::size_t both[] = {2, 4};
  EXPECT_FALSE(paths.may_all_be_dead(both));
  EXPECT_TRUE(paths.may_all_be_dead({}));
}

TEST(TokenPaths, AfterAnyOnlyExclusiveBranchesAreOver) {
  Procedure p = procedure({step("a"), step("b", {"a"}), step("c", {"a"}), step("d", {"a"}),
                           step("first", {"b", "c"}, true), step("z", {"first", "d"})});
  EXPECT_FALSE(TokenPaths(p).over_before(1, 4));
  EXPECT_TRUE(TokenPaths(p).over_before(3, 5));
  p.steps[0].choose.emplace();
  const TokenPaths paths(p);
  EXPECT_TRUE(paths.over_before(1, 4));
  EXPECT_TRUE(paths.over_anyhow(1, 4));
  // Where `first` is dead `d` is not: it is under way when z hears of it, yet z waits for it too.
  EXPECT_TRUE(paths.over_before(3, 4));
  EXPECT_FALSE(paths.over_anyhow(3, 4));
  EXPECT_TRUE(paths.over_before(3, 5));
}

TEST(TokenPaths, GraphsWithTooManyWaysAreTakenForUncertain) {
  // Eight choosers side by side, of three options each of which two are joined: 3^8 - 1 ways.
  std::vector<Step> steps;
  std::vector<std::string> ends;
  for (int i = 0; i < 80; ++i) {
    steps.push_back(step(fmt::format("c{}", i)));
    steps.back().choose.emplace();
    steps.push_back(step(fmt::format("x{}", i), {fmt::format("c{}", i)}));
    steps.push_back(step(fmt::format("y{}", i), {fmt::format("c{}", i)}));
    ends.push_back(fmt::format("x{}", i));
  }
  steps.push_back(step("z", ends));
  const TokenPaths paths(procedure(steps));
  EXPECT_TRUE(paths.may_be_dead(240));
  EXPECT_FALSE(paths.exclusive(240, 1));
  EXPECT_TRUE(paths.exclusive(1, 2));
}

/// A graph of ten steps; some choose, some start with the first of their tokens.
Procedure random_procedure(std::mt19937& random) {
  std::vector<Step> steps{step("s0")};
  for (std::size_t i = 1; i < 10; ++i) {
    std::set<std::string> after;
    for (std::size_t k = 0; k <= random() % 3; ++k) {
      after.insert(fmt::format("s{}", random() % i));
    }
    if (random() % 8 == 0) after.clear();
    steps.push_back(step(fmt::format("s{}", i), {after.begin(), after.end()}, random() % 3 == 0));
    if (random() % 3 == 0) steps[random() % i].choose.emplace();
  }
  return procedure(std::move(steps));
}

/// One entity's life: which steps are live, and when their tokens leave them.
struct Life {
  std::vector<bool> live;
  std::vector<double> start, end;
};

/// Plays `chosen` options with random times on the way; dead and live tokens alike take time.
Life play(const Procedure& p, const std::vector<std::size_t>& chosen, std::mt19937& random) {
  const std::size_t n = p.steps.size();
  Life life{std::vector<bool>(n), std::vector<double>(n), std::vector<double>(n)};
  const auto time = [&] { return random() % 3 == 0 ? 0.0 : static_cast<double>(random() % 100); };
  for (std::size_t i = 0; i < n; ++i) {
    const bool any = p.steps[i].after_any;
    double first = std::numeric_limits<double>::infinity();
    double last = 0;
    life.live[i] = p.steps[i].after.empty();
    for (const std::string& name : p.steps[i].after) {
      const auto before = static_cast<std::size_t>(std::stoi(name.substr(1)));
      const bool live = life.live[before] && (!p.steps[before].choose || chosen[before] == i);
      const double at = life.end[before] + time();
      if (live) {
        life.live[i] = true;
        first = std::min(first, at);
      }
      last = std::max(last, at);
    }
    life.start[i] = any && life.live[i] ? first : last;
    life.end[i] = life.start[i] + (life.live[i] ? time() : 0);
  }
  return life;
}

TEST(TokenPaths, SayWhatHappensInRandomGraphs) {
  std::mt19937 random(1);
  std::size_t over = 0;
  for (int round = 0; round < 300; ++round) {
    const Procedure p = random_procedure(random);
    const std::size_t n = p.steps.size();
    const TokenPaths paths(p);
    std::vector<std::vector<std::size_t>> options(n);
    for (std::size_t i = 0; i < n; ++i) {
      for (const std::string& name : p.steps[i].after) {
        options[static_cast<std::size_t>(std::stoi(name.substr(1)))].push_back(i);
      }
    }
    std::vector<bool> died(n);
    std::vector<std::vector<bool>> met(n, std::vector<bool>(n));
    std::vector<std::size_t> chosen(n);
    const std::function<void(std::size_t)> each = [&](std::size_t at) {
      if (at < n) {
        if (!p.steps[at].choose || options[at].empty()) return each(at + 1);
        for (const std::size_t option : options[at]) {
          chosen[at] = option;
          each(at + 1);
        }
        return;
      }
      const Life life = play(p, chosen, random);
      for (std::size_t i = 0; i < n; ++i) {
        if (!life.live[i]) died[i] = true;
        for (std::size_t k = 0; k < n; ++k) {
          if (life.live[i] && life.live[k]) met[i][k] = true;
          const bool is_over = !life.live[k] || life.end[k] <= life.start[i];
          if (i != k && life.live[i] && paths.over_before(k, i)) {
            EXPECT_TRUE(is_over) << k << " before " << i;
          }
          if (i != k && paths.over_anyhow(k, i)) {
            EXPECT_TRUE(is_over) << k << " before " << i;
          }
        }
      }
    };
    each(0);
    for (std::size_t i = 0; i < n; ++i) {
      EXPECT_EQ(paths.may_be_dead(i), died[i]) << i;
      for (std::size_t k = 0; k < n; ++k) {
        if (i != k) {
          EXPECT_EQ(paths.exclusive(i, k), !met[i][k]) << i << ' ' << k;
          over += paths.over_before(k, i);
        }
      }
    }
    if (HasFailure()) {
      for (const Step& s : p.steps) {
        ADD_FAILURE() << s.name << (s.after_any ? " any" : "") << (s.choose ? " chooses" : "")
                      << " after " << fmt::format("{}", fmt::join(s.after, ", "));
      }
      return;
    }
  }
  EXPECT_GT(over, 3000u);
}

}  // namespace
}  // namespace portflow::spec

#include "spec/token_paths.hpp"

#include <algorithm>

namespace portflow::spec {
namespace {

/// More sets than this are not worth telling apart.
constexpr std::size_t most_ways = 64;

}  // namespace

TokenPaths::TokenPaths(const Procedure& procedure)
    : after_(procedure.steps.size()),
      followers_(procedure.steps.size()),
      live_(procedure.steps.size()),
      vague_(procedure.steps.size()),
      mortal_(procedure.steps.size()),
      over_live_(procedure.steps.size(), std::vector<bool>(procedure.steps.size())),
      over_dead_(over_live_) {
  for (std::size_t i = 0; i < procedure.steps.size(); ++i) {
    const Step& one = procedure.steps[i];
    const auto target = std::ranges::find(procedure.steps, one.renege, &Step::name);
    const bool reneges = !one.renege.empty() && target != procedure.steps.end();
    chooses_.push_back(one.choose.has_value() || reneges);
    renege_.push_back(reneges ? static_cast<std::size_t>(target - procedure.steps.begin())
                              : nowhere);
    for (const auto& name : procedure.steps[i].after) {
      const auto found = std::ranges::find(procedure.steps, name, &Step::name);
      if (found == procedure.steps.end()) continue;
      const auto before = static_cast<std::size_t>(found - procedure.steps.begin());
      after_[i].push_back(before);
      followers_[before].push_back(i);
    }
  }
  const std::vector<std::size_t> ordered = in_order();
  for (const std::size_t step : ordered) {
    Ways& ways = live_[step];
    if (after_[step].empty()) ways.insert(Choices{});
    for (const std::size_t before : after_[step]) {
      ways.merge(through(before, step));
      vague_[step] = vague_[step] || vague_[before];
    }
    if (!simplify(ways)) {
      ways = {Choices{}};
      vague_[step] = true;
    }
    mortal_[step] = may_all_be_dead(std::span<const std::size_t>(&step, 1));
  }
  for (const std::size_t step : ordered) order(step, procedure.steps[step].after_any);
}

std::vector<std::size_t> TokenPaths::in_order() const {
  std::vector<std::size_t> missing;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < after_.size(); ++i) {
    missing.push_back(after_[i].size());
    if (after_[i].empty()) order.push_back(i);
  }
  for (std::size_t next = 0; next < order.size(); ++next) {
    for (const std::size_t follower : followers_[order[next]]) {
      if (--missing[follower] == 0) order.push_back(follower);
    }
  }
  return order;
}

/// Which option of `from` leads to `to`: itself, or the chooser's own number for "not reneged".
std::size_t TokenPaths::option(std::size_t from, std::size_t to) const {
  return renege_[from] == nowhere || renege_[from] == to ? to : from;
}

std::vector<std::size_t> TokenPaths::options(std::size_t chooser) const {
  if (renege_[chooser] == nowhere) return followers_[chooser];
  return {renege_[chooser], chooser};
}

/// For which choices a live token passes from one step to the next.
TokenPaths::Ways TokenPaths::through(std::size_t from, std::size_t to) const {
  if (!chooses_[from]) return live_[from];
  Ways ways;
  for (Choices choices : live_[from]) {
    choices.emplace(from, option(from, to));
    ways.insert(std::move(choices));
  }
  return ways;
}

/// Drops one choice that makes no difference, or one set that another includes.
bool TokenPaths::merge(Ways& ways) const {
  for (const Choices& one : ways) {
    const bool covered = std::ranges::any_of(ways, [&](const Choices& other) {
      return &one != &other && std::ranges::includes(one, other);
    });
    if (covered) {
      ways.erase(one);
      return true;
    }
    for (const Choice& choice : one) {
      Choices rest = one;
      rest.erase(choice);
      const std::size_t chooser = choice.first;  // `one` goes with the sets that are merged
      const auto all_options = options(chooser);
      const bool all = std::ranges::all_of(all_options, [&](std::size_t option) {
        Choices other = rest;
        other.emplace(chooser, option);
        return ways.contains(other);
      });
      if (!all) continue;
      for (const std::size_t option : all_options) {
        Choices other = rest;
        other.emplace(chooser, option);
        ways.erase(other);
      }
      ways.insert(std::move(rest));
      return true;
    }
  }
  return false;
}

/// \returns false where there are too many ways.
bool TokenPaths::simplify(Ways& ways) const {
  while (ways.size() <= most_ways && merge(ways)) {
  }
  return ways.size() <= most_ways;
}

bool TokenPaths::parted(const Ways& one, const Ways& other) {
  return std::ranges::all_of(one, [&](const Choices& a) {
    return std::ranges::all_of(other, [&](const Choices& b) {
      return std::ranges::any_of(a, [&](const Choice& choice) {
        return std::ranges::any_of(b, [&](const Choice& against) {
          return choice.first == against.first && choice.second != against.second;
        });
      });
    });
  });
}

/// What is over when `step` starts, from what was over when the steps before it did.
void TokenPaths::order(std::size_t step, bool any) {
  const auto& before = after_[step];
  for (std::size_t i = 0; i < after_.size(); ++i) {
    // A join waits for every token, live or dead; otherwise one live token is enough.
    const bool waits = before.size() > 1 && !any;
    const auto with_live = [&](std::size_t p) {
      return i == p || over_live_[p][i] || parted(through(p, step), live_[i]);
    };
    const auto with_each = [&](std::size_t p) { return i == p || over_anyhow(i, p); };
    const auto with_dead = [&](std::size_t p) {
      return i == p || ((!mortal_[p] || over_dead_[p][i]) && (!chooses_[p] || over_live_[p][i]));
    };
    over_live_[step][i] = parted(live_[step], live_[i]) ||
                          (waits ? std::ranges::any_of(before, with_each)
                                 : !before.empty() && std::ranges::all_of(before, with_live));
    over_dead_[step][i] = std::ranges::any_of(before, with_dead);
  }
}

bool TokenPaths::may_all_be_dead(std::span<const std::size_t> steps) const {
  Ways ways;
  for (const std::size_t step : steps) {
    if (vague_[step]) continue;
    ways.insert(live_[step].begin(), live_[step].end());
  }
  return !simplify(ways) || !ways.contains(Choices{});
}

bool TokenPaths::exclusive(std::size_t one, std::size_t other) const {
  return one != other && parted(live_[one], live_[other]);
}

}  // namespace portflow::spec

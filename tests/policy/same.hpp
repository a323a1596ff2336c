/// \file same.hpp
/// Whether two compilations mean the same.
#pragma once

#include <gtest/gtest.h>

#include "policy/compile.hpp"

namespace portflow::policy_test {

/// Epochs, adoptions and changes of two compilations are the same.
inline void expect_same(const policy::Compiled& a, const policy::Compiled& b) {
  ASSERT_EQ(a.epochs.size(), b.epochs.size());
  for (std::size_t i = 0; i < a.epochs.size(); ++i) {
    EXPECT_EQ(a.epochs[i].from, b.epochs[i].from);
    EXPECT_TRUE(a.epochs[i].alternatives == b.epochs[i].alternatives);
    const spec::Scenario& one = a.epochs[i].scenario;
    const spec::Scenario& other = b.epochs[i].scenario;
    ASSERT_EQ(one.facilities.size(), other.facilities.size());
    for (const auto& [name, facility] : one.facilities) {
      EXPECT_EQ(facility.resources, other.facilities.at(name).resources);
      EXPECT_EQ(to_text(facility.settings), to_text(other.facilities.at(name).settings));
    }
    EXPECT_TRUE(one.procedures == other.procedures);
    for (const auto& [name, source] : one.demand) {
      EXPECT_EQ(source.extra, other.demand.at(name).extra);
      ASSERT_EQ(source.role.attributes.size(), other.demand.at(name).role.attributes.size());
      for (std::size_t k = 0; k < source.role.attributes.size(); ++k) {
        EXPECT_EQ(source.role.attributes[k].options,
                  other.demand.at(name).role.attributes[k].options);
      }
    }
  }
  const auto rules = [](const policy::Compiled& compiled) {
    std::vector<std::string> names;
    names.reserve(compiled.adoptions.size());
    for (const auto& rule : compiled.adoptions) names.push_back(rule.part);
    return names;
  };
  EXPECT_EQ(rules(a), rules(b));
  const auto changes = [](const policy::Compiled& compiled) {
    std::string text;
    for (const auto& change : compiled.changes) {
      text += change.part + " " + change.path + ": " + change.before + " -> " + change.after + "\n";
    }
    return text;
  };
  EXPECT_EQ(changes(a), changes(b));
}

}  // namespace portflow::policy_test

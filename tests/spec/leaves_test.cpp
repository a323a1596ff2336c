// Trees that mean the same have the same leaves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/read.hpp"
#include "spec/node.hpp"

namespace portflow::spec {
namespace {

std::vector<Leaf> leaves_of(const std::string& text) {
  const auto tree = io::parse(text, "test");
  EXPECT_TRUE(tree);
  return leaves(*tree);
}

TEST(Leaves, StandUnderTheirPathsInOrderOfKeys) {
  EXPECT_THAT(leaves_of("b: {x: 1, a: [2 h, {c: d}]}\na: {}\nc: []\n"),
              testing::ElementsAre(Leaf{"a", "{}"}, Leaf{"b.a[0]", "2h"}, Leaf{"b.a[1].c", "d"},
                                   Leaf{"b.x", "1"}, Leaf{"c", "[]"}));
}

TEST(Leaves, DoNotDependOnOrderSpacesOrEvidence) {
  EXPECT_EQ(leaves_of("a: 10 %\nb: 2\n"), leaves_of("b: 2\na: 10%\nsource: somewhere\nnote: n\n"));
  EXPECT_NE(leaves_of("a: 10 %\n"), leaves_of("a: 11 %\n"));
}

}  // namespace
}  // namespace portflow::spec

// What a program that was built without MPI says under mpirun, wherever it was built.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "analysis/ranks/ranks.hpp"

namespace portflow {
namespace {

// Without MPI every rank would believe that it is alone, and make all runs.
TEST(RanksWithoutMpi, AreRefused) {
  ASSERT_EQ(setenv("OMPI_COMM_WORLD_SIZE", "2", 1), 0);
  const auto crew = ranks::join();
  unsetenv("OMPI_COMM_WORLD_SIZE");
  ASSERT_FALSE(crew);
  EXPECT_THAT(crew.error().errors.front().text(), testing::HasSubstr("built without MPI"));
  const auto alone = ranks::join();
  ASSERT_TRUE(alone);
  EXPECT_EQ(alone->get(), nullptr);
}

}  // namespace
}  // namespace portflow

#include "core/philox.hpp"

#include <Random123/philox.h>
#include <gtest/gtest.h>

#include "core/hash.hpp"

namespace portflow {
namespace {

std::uint64_t as_random123_has_it(std::uint64_t low, std::uint64_t high, std::uint64_t key) {
  const auto word = [](std::uint64_t x) { return static_cast<std::uint32_t>(x); };
  const r123::Philox4x32::ctr_type counter{
      {word(low), word(low >> 32), word(high), word(high >> 32)}};
  const auto bits = r123::Philox4x32{}(counter, {{word(key), word(key >> 32)}});
  return (std::uint64_t{bits[1]} << 32) | bits[0];
}

TEST(Philox, GivesWhatRandom123Gives) {
  for (std::uint64_t i = 0; i < 100'000; ++i) {
    const std::uint64_t low = mix(i + 1), high = mix(low), key = mix(high);
    const auto four = philox<4>({low, i, 0, high}, {high, 0, i << 31, low}, key);
    EXPECT_EQ(four[0], as_random123_has_it(low, high, key)) << i;
    EXPECT_EQ(four[1], as_random123_has_it(i, 0, key)) << i;
    EXPECT_EQ(four[2], as_random123_has_it(0, i << 31, key)) << i;
    EXPECT_EQ(four[3], as_random123_has_it(high, low, key)) << i;
    ASSERT_EQ(philox<1>({low}, {high}, key)[0], four[0]) << i;
  }
}

}  // namespace
}  // namespace portflow

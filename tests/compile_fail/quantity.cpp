// Money and volume are different things, and neither is a bare number.
#include "core/quantity.hpp"

namespace portflow {

[[maybe_unused]] constexpr Fen money = Fen{100} + Fen{1} * 2 - Fen{3};
[[maybe_unused]] constexpr QuarterTeu volume = one_teu * 2 + QuarterTeu{1};
static_assert(money < Fen{100});

#if WRONG == 1  // money and volume do not add
[[maybe_unused]] constexpr auto sum = money + volume;
#elif WRONG == 2  // nor compare
[[maybe_unused]] constexpr bool less = money < volume;
#elif WRONG == 3  // nor stand for each other
[[maybe_unused]] constexpr QuarterTeu paid = money;
#elif WRONG == 4  // a bare number is no money
[[maybe_unused]] constexpr Fen bare = 100;
#elif WRONG == 5  // and is not added to it
[[maybe_unused]] constexpr Fen more = money + 5;
#elif WRONG == 6  // nor is it a bare number
[[maybe_unused]] constexpr long number = money;
#elif WRONG == 7  // a fraction of a fen is rounded by name, never in passing
[[maybe_unused]] constexpr Fen fraction{0.5};
#elif WRONG == 8  // square yuan
[[maybe_unused]] constexpr Fen square = money * money;
#endif

}  // namespace portflow

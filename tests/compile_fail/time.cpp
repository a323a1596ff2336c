// An instant is no length, and neither is a bare number.
#include "core/time.hpp"

namespace portflow {

[[maybe_unused]] constexpr SimTime noon{Duration{43'200'000}};
[[maybe_unused]] constexpr Duration hour = std::chrono::hours{1};
static_assert(noon + hour > noon);

#if WRONG == 1  // instants do not add
[[maybe_unused]] constexpr auto sum = noon + noon;
#elif WRONG == 2  // an instant is no length
[[maybe_unused]] constexpr Duration length = noon;
#elif WRONG == 3  // a length is no instant
[[maybe_unused]] constexpr SimTime instant = hour;
#elif WRONG == 4  // a bare number is no length
[[maybe_unused]] constexpr Duration bare = 1000;
#elif WRONG == 5  // a finer unit is cut off by name, never in passing
[[maybe_unused]] constexpr Duration fine = std::chrono::microseconds{1500};
#elif WRONG == 6  // nor is a length a bare number
[[maybe_unused]] constexpr long number = hour;
#endif

}  // namespace portflow

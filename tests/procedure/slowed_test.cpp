// Services that last longer where a resource is nearly full: boxes are shifted in a full yard.
#include "procedure/watch.hpp"

namespace portflow::procedure_test {
namespace {

/// A yard of ten slots whose crane takes 4 min to stack a box and, when it is to leave again, 6 min
/// to fetch it: half as long again from 80 % on, twice as long where the yard is full. `count`
/// boxes come, one a minute from 08:00 on, and leave two hours after they were stacked.
std::string yard(int count, const std::string& slowed) {
  std::string times;
  for (int i = 0; i < count; ++i) times += fmt::format("{}\"08:{:02}\"", i > 0 ? ", " : "", i);
  return fmt::format(
      R"(portflow: 1
name: yard
horizon: {{from: 2024-01-01, to: 2024-01-02, follow: 3 d}}
confidence: assumption
facilities:
  yard: {{kind: station, resources: {{slot: {{servers: 10}}, crane: {{servers: 1}}}}}}
demand:
  boxes:
    creates: box
    procedure: stay
    arrivals: {{timetable: {{daily: [{0}]}}, to: 2024-01-02}}
procedures:
  stay:
    for: box
    steps:
      stack: {{at: yard, needs: crane, holds: {{slot: until fetch}}, takes: 4 min}}
      rest: {{at: yard, after: stack, takes: 2 h}}
      fetch: {{at: yard, after: rest, needs: crane, takes: 6 min{1}}}
)",
      times, slowed);
}

constexpr const char* reshuffles = ", slowed_by: {slot: {80 %: 1.5, 100 %: 2}}";

TEST(Slowed, AsThingsStandWhenTheServiceBegins) {
  // All ten are in: the first is fetched in 12 min, the next two with 9 and 8 in at half as long
  // again.
  const Watched run = watch(yard(10, reshuffles));
  EXPECT_EQ(run.steps("boxes-1"),
            "stack 1 08:00 1 08:00 1 08:04\nrest 1 08:04 1 08:04 1 10:04\nfetch 1 10:04 1 10:04 1 "
            "10:16\n");
  const auto fetched = [&](int box) {
    const std::string steps = run.steps(fmt::format("boxes-{}", box));
    return steps.substr(steps.find("fetch"));
  };
  EXPECT_EQ(fetched(2), "fetch 1 10:08 1 10:16 1 10:25\n");
  EXPECT_EQ(fetched(3), "fetch 1 10:12 1 10:25 1 10:34\n");
  EXPECT_EQ(fetched(4), "fetch 1 10:16 1 10:34 1 10:40\n");
}

TEST(Slowed, NeverBelowTheFirstLevel) {
  const std::string few = yard(7, reshuffles);
  for (int box = 1; box <= 7; ++box) {
    const std::string name = fmt::format("boxes-{}", box);
    EXPECT_EQ(watch(few).steps(name), watch(yard(7, "")).steps(name));
  }
}

}  // namespace
}  // namespace portflow::procedure_test

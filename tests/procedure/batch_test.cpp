// A batch leaves full, after `at_most`, or at the earliest `or_at` of its members.
#include "procedure/watch.hpp"

namespace portflow::procedure_test {
namespace {

/// Guests are announced half an hour ahead, and wait for the shuttle from then on.
std::string shuttle(const std::string& batch) {
  return fmt::format(R"(portflow: 1
name: shuttle
horizon: {{from: 2024-01-01, to: 2024-01-02, follow: 1 d}}
confidence: assumption
facilities: {{stop: {{kind: station}}}}
demand:
  guests: {{creates: guest, announced: 30 min, procedure: ride,
           arrivals: {{timetable: {{daily: ["09:00", "09:10", "09:40", "12:00"]}}, to: 2024-01-02}}}}
procedures:
  ride: {{for: guest, steps: {{ride: {{at: stop, batch: {}, takes: 10 min}}}}}}
)",
                     batch);
}

/// When each guest came, left and arrived.
std::string rides(const std::string& batch) {
  const Watched run = watch(shuttle(batch));
  std::string text;
  for (const auto& guest : run.names("guests")) text += run.steps(guest);
  EXPECT_EQ(run.wrong_accounts(), 0u);
  return text;
}

TEST(Batch, LeavesAtTheEarliestTimeOfItsMembers) {
  EXPECT_EQ(rides("{size: 10, or_at: self.due + 1 h}"),
            "ride 1 08:30 1 10:00 1 10:10\n"
            "ride 1 08:40 1 10:00 1 10:10\n"
            "ride 1 09:10 1 10:00 1 10:10\n"
            "ride 1 11:30 1 13:00 1 13:10\n");
}

TEST(Batch, LeavesFullBeforeItsTime) {
  EXPECT_EQ(rides("{size: 2, or_at: self.due + 1 h}"),
            "ride 1 08:30 1 08:40 1 08:50\n"
            "ride 1 08:40 1 08:40 1 08:50\n"
            "ride 1 09:10 1 10:40 1 10:50\n"
            "ride 1 11:30 1 13:00 1 13:10\n");
}

// The first has waited 20 min at 08:50; the time of the batch before holds for nobody after it.
TEST(Batch, LeavesAfterItsFirstMemberHasWaited) {
  EXPECT_EQ(rides("{size: 10, at_most: 20 min, or_at: self.due}"),
            "ride 1 08:30 1 08:50 1 09:00\n"
            "ride 1 08:40 1 08:50 1 09:00\n"
            "ride 1 09:10 1 09:30 1 09:40\n"
            "ride 1 11:30 1 11:50 1 12:00\n");
}

TEST(Batch, WhoseTimeHasPassedTakesAlongWhoIsThere) {
  EXPECT_EQ(rides("{size: 10, or_at: self.created}"),
            "ride 1 08:30 1 08:30 1 08:40\n"
            "ride 1 08:40 1 08:40 1 08:50\n"
            "ride 1 09:10 1 09:10 1 09:20\n"
            "ride 1 11:30 1 11:30 1 11:40\n");
}

}  // namespace
}  // namespace portflow::procedure_test

// What `portflow why` prints and writes, and how it refuses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/shell.hpp"

namespace portflow {
namespace {

using nlohmann::json;
using test::portflow;
using test::Said;
using test::scratch;
using testing::HasSubstr;

/// A trace of a small scenario in the scratch of the test.
std::string traced(const std::string& scenario, const std::string& options = "--level full",
                   const std::string& name = "a.h5") {
  const std::string file = scratch(name);
  const Said said = portflow("run " + scenario + " --quiet --trace " + file + " " + options);
  EXPECT_EQ(said.code, 0) << said.err;
  return file;
}

const std::string berth = "scenarios/small/one_berth.yaml";

TEST(Why, TellsTheStoryOfAnEntity) {
  const std::string trace = traced(berth), file = scratch("a.json");
  const Said said = portflow("why " + trace + " --entity ships-3 --json " + file);
  EXPECT_EQ(said.code, 0);
  EXPECT_EQ(said.err, "");
  EXPECT_EQ(said.out,
            R"(ships-3  (ship, procedure call)
created 2024-01-01 03:28:01  done 2024-01-02 12:38:24  total 1 d 09:10:23

from                 to                      lasts  cause    step
2024-01-01 03:28:01  2024-01-01 22:12:50  18:44:49  behind   call.moor
                     queued for quay.berth, until it was first
2024-01-01 22:12:50  2024-01-01 23:21:19  01:08:29  busy     call.moor
                     waited for quay.berth, held by ship ships-2, until it ended call.moor
2024-01-01 23:21:19  2024-01-02 12:38:24  13:17:05  working  call.moor
                     with quay.berth

cause           lasts   share  what it means
behind       18:44:49  56.5 %  in a queue, with others ahead
working      13:17:05  40.0 %  being served, or served with others whose work it needed
busy         01:08:29   3.4 %  first in the queue, but all units were held by others
total    1 d 09:10:23
)");
  const json told = json::parse(test::text_of(file));
  EXPECT_EQ(told["entity"], "ships-3");
  std::int64_t causes = 0;
  for (const auto& [cause, ms] : told["causes_ms"].items()) causes += ms.get<std::int64_t>();
  std::int64_t path = 0;
  for (const json& stretch : told["path"]) path += stretch["ms"].get<std::int64_t>();
  EXPECT_EQ(causes, told["total_ms"].get<std::int64_t>());
  EXPECT_EQ(path, told["total_ms"].get<std::int64_t>());
  // By its id, the same.
  EXPECT_EQ(portflow("why " + trace + " --entity " + told["id"].get<std::string>()).out, said.out);
}

TEST(Why, ListsTheWorstWithTheirCauses) {
  const std::string trace = traced(berth, "--level full --set 'horizon.follow=1 h'");
  const std::string file = scratch("a.json");
  const Said said = portflow("why " + trace + " --worst 500 --json " + file);
  EXPECT_EQ(said.code, 0);
  EXPECT_THAT(said.out, HasSubstr("time_in_port: 411 entities counted, 7 unfinished\n"));
  EXPECT_THAT(said.out, HasSubstr("unfinished; has ended no step\n"));
  EXPECT_THAT(said.out, HasSubstr("> still open when the record ended"));
  const json told = json::parse(test::text_of(file));
  ASSERT_EQ(told["worst"].size(), 418u);
  for (const json& one : told["worst"]) {
    if (one["causes_ms"].is_null()) continue;
    std::int64_t sum = 0;
    for (const auto& [cause, ms] : one["causes_ms"].items()) sum += ms.get<std::int64_t>();
    EXPECT_EQ(sum, one["value_ms"].get<std::int64_t>()) << one["entity"];
  }
  const Said done = portflow("why " + trace + " --worst 500 --finished");
  EXPECT_THAT(done.out, testing::Not(HasSubstr("unfinished;")));
}

TEST(Why, ExplainsAKpi) {
  const std::string trace = traced("scenarios/small/tiny_port.yaml"), file = scratch("a.json");
  const std::string why = "why " + trace + " --kpi longest_border_wait";
  const Said said = portflow(why + " --json " + file);
  EXPECT_EQ(said.code, 0);
  EXPECT_EQ(said.out,
            R"(longest_border_wait in min: 2,023 entities counted, 0 unfinished and left out
mean: over all of them; slowest: over the slowest twentieth, 102 entities (P95 is 0.5454)

cause     mean   share  slowest   share  what it means
behind  0.0623  56.7 %    0.785  68.9 %  in a queue, with others ahead
busy    0.0476  43.3 %    0.353  31.1 %  first in the queue, but all units were held by others
total   0.1099            1.138

Where:
cause   step               resource         mean   share  slowest   share
behind  crossing.counter   hall.counter   0.0426  38.7 %    0.785  68.9 %
busy    crossing.counter   hall.counter   0.0251  22.9 %    0.353  31.1 %
busy    crossing.echannel  hall.echannel  0.0225  20.5 %    0.000   0.0 %
behind  crossing.echannel  hall.echannel  0.0197  17.9 %    0.000   0.0 %
total                                     0.1099            1.138
)");
  const json told = json::parse(test::text_of(file));
  for (const char* of : {"all", "slowest_twentieth"}) {
    std::int64_t sum = told[of]["not_known_ms"].get<std::int64_t>();
    for (const auto& [cause, ms] : told[of]["causes_ms"].items()) sum += ms.get<std::int64_t>();
    EXPECT_EQ(sum, told[of]["total_ms"].get<std::int64_t>()) << of;
  }
}

TEST(Why, TellsOnlyTheSpanOfAKpi) {
  const std::string trace = traced("scenarios/small/tiny_port.yaml");
  const std::string kpi = " --kpi import_clearance_time";
  const std::string worst = portflow("why " + trace + " --worst 1" + kpi).out;
  const std::string last = worst.substr(worst.rfind('\n', worst.size() - 2) + 1);
  const std::string entity = last.substr(0, last.find(' '));
  const Said said = portflow("why " + trace + " --entity " + entity + kpi);
  EXPECT_EQ(said.code, 0);
  EXPECT_EQ(said.out, R"(liners-31/lots-1/boxes-1  (import box, procedure import_box)
its import_clearance_time from 2024-01-18 00:14:41  to 2024-01-18 00:38:06  total 00:23:25

from                 to                      lasts  cause    step
2024-01-18 00:14:41  2024-01-18 00:26:58  00:12:17  behind   import_box.discharge of box liners-31/lots-1/boxes-8
2024-01-18 00:26:58  2024-01-18 00:29:28  00:02:30  working  import_box.discharge of box liners-31/lots-1/boxes-8
                     until it set `landed`
2024-01-18 00:29:28  2024-01-18 00:34:13  00:04:45  message  word of `landed` of box liners-31/lots-1/boxes-8
2024-01-18 00:34:13  2024-01-18 00:38:06  00:03:53  message  word of `released` of lot liners-31/lots-1

cause       lasts   share  what it means
behind   00:12:17  52.5 %  in a queue, with others ahead
message  00:08:38  36.9 %  word or a document under way
working  00:02:30  10.7 %  being served, or served with others whose work it needed
total    00:23:25
)");
  const Said refused = portflow("why " + trace + " --entity flights-1" + kpi);
  EXPECT_EQ(refused.code, 2);
  EXPECT_EQ(refused.err, trace + ": import_clearance_time does not measure flights-1\n");
}

TEST(Why, ComparesAnEntityUnderTwoPolicies) {
  const std::string a = traced(berth);
  const std::string two = "--level full --set facilities.quay.resources.berth.servers=2";
  const std::string b = traced(berth, two, "b.h5");
  const std::string file = scratch("a.json");
  const std::string between = "why --between " + a + " " + b;
  const Said said = portflow(between + " --entity ships-3 --json " + file);
  EXPECT_EQ(said.code, 0);
  EXPECT_EQ(said.out, "A is " + a + " (no measures), B is " + b + R"( (no measures)
ships-3  (ship), its whole life

cause                   A             B          B - A
behind       18:44:48.770      00:00:00  -18:44:48.770
busy         01:08:29.472      00:00:00  -01:08:29.472
working      13:17:04.871  13:17:04.871              0
total    1 d 09:10:23.113  13:17:04.871  -19:53:18.242

Where the path differs:
cause   step       of      resource               A         B          B - A
behind  call.moor  itself  quay.berth  18:44:48.770  00:00:00  -18:44:48.770
busy    call.moor  itself  quay.berth  01:08:29.472  00:00:00  -01:08:29.472

Its own steps that differ (0 are as long in both):
step         waits in A      in B    lasts in A          in B
call.moor  19:53:18.242  00:00:00  13:17:04.871  13:17:04.871
)");
  const json told = json::parse(test::text_of(file));
  std::int64_t shifted = 0;
  for (const json& place : told["places"]) {
    shifted += place["b_ms"].get<std::int64_t>() - place["a_ms"].get<std::int64_t>();
  }
  EXPECT_EQ(shifted, told["in_b"]["total_ms"].get<std::int64_t>() -
                         told["in_a"]["total_ms"].get<std::int64_t>());
  const Said most = portflow(between + " --worst 3");
  EXPECT_EQ(most.code, 0);
  EXPECT_THAT(most.out, HasSubstr("differ; 0 known in one only\n"));
  EXPECT_EQ(portflow(between).code, 2);
  EXPECT_EQ(portflow("why --between " + a + " --worst 3").code, 2);
  const Said both = portflow("why " + a + " --between " + a + " " + b + " --worst 3");
  EXPECT_EQ(both.code, 2);
  EXPECT_THAT(both.err, HasSubstr("either TRACE or --between A B is required\n"));
}

TEST(Why, RefusesWhatItCannotTell) {
  const std::string trace = traced(berth);
  const std::string ask = "See 'portflow why --help'.\n";
  Said said = portflow("why " + trace);
  EXPECT_EQ(said.code, 2);
  EXPECT_THAT(said.err, HasSubstr(ask));
  said = portflow("why " + trace + " --entity ships-3 --worst 3");
  EXPECT_EQ(said.code, 2);
  EXPECT_THAT(said.err, HasSubstr(ask));
  said = portflow("why " + trace + " --entity shisp-3");
  EXPECT_EQ(said.code, 2);
  EXPECT_EQ(said.err, "no entity 'shisp-3'; did you mean 'ships-3'?\n");
  said = portflow("why " + trace + " --worst 3 --kpi time_in_prot");
  EXPECT_EQ(said.code, 2);
  EXPECT_EQ(said.err, "no span KPI 'time_in_prot'; did you mean 'time_in_port'?\n");
  said = portflow("why no_such.h5 --worst 3");
  EXPECT_EQ(said.code, 5);
  EXPECT_EQ(said.err, "no_such.h5: cannot read the trace: No such file or directory\n");
}

TEST(Why, SaysWhatALesserTraceLacks) {
  for (const char* level : {"stages", "kpi"}) {
    const std::string trace = traced(berth, std::string("--level ") + level);
    for (const char* what : {" --entity ships-3", " --worst 3"}) {
      const Said said = portflow("why " + trace + what);
      EXPECT_EQ(said.code, 2);
      EXPECT_EQ(said.out, "");
      EXPECT_EQ(said.err, trace +
                              ": this trace holds no critical paths, since it was not written "
                              "at level full; run the scenario again with --trace FILE --level "
                              "full\n");
    }
  }
}

}  // namespace
}  // namespace portflow

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

cause    lasts         share    what it means
behind       18:44:49   56.5 %  in a queue, with others ahead
working      13:17:05   40.0 %  being served, or served with others whose work it needed
busy         01:08:29    3.4 %  first in the queue, but all units were held by others
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

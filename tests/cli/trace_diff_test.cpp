// What `portflow trace diff` prints.
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

const std::string berth = "scenarios/small/one_berth.yaml";

std::string traced(const std::string& options, const std::string& name) {
  const std::string file = scratch(name);
  EXPECT_EQ(portflow("run " + berth + " --quiet --trace " + file + " " + options).code, 0);
  return file;
}

TEST(TraceDiff, OfOneRunOnOtherThreadsIsNone) {
  const std::string a = traced("--threads 1", "a.h5"), b = traced("--threads 3", "b.h5");
  const Said said = portflow("trace diff " + a + " " + b);
  EXPECT_EQ(said.code, 0);
  EXPECT_EQ(said.err, "");
  EXPECT_THAT(said.out, HasSubstr("The traces are of the same run: the fingerprints are equal.\n"));
}

TEST(TraceDiff, SaysWhereTwoRunsPart) {
  const std::string a = traced("", "a.h5");
  const std::string b = traced("--set facilities.quay.resources.berth.servers=2", "b.h5");
  const std::string file = scratch("a.json");
  const Said said = portflow("trace diff " + a + " " + b + " --json " + file);
  EXPECT_EQ(said.code, 0);
  EXPECT_EQ(said.err, "");
  const std::string text = said.out.substr(said.out.find("They part"));
  EXPECT_EQ(text, R"(They part at 2024-01-01 00:00:00, in levels
  A  quay.berth in the 00:15:00 to 2024-01-01 00:00:00: 0 waits ended after 00:00:00 in all, queue at most 0, at the end 0 queued and 0 of 1 in use
  B  quay.berth in the 00:15:00 to 2024-01-01 00:00:00: 0 waits ended after 00:00:00 in all, queue at most 0, at the end 0 queued and 0 of 2 in use
The first entity to differ does so at 2024-01-01 00:37:06.655, in marks, ship ships-2
  A  mark moored set 2024-01-01 22:12:50.522
  B  mark moored set 2024-01-01 00:37:06.655
table          same  moved  changed  only in A  only in B
born            527      0        0          0          0
marks           178    861        0          0         15
steps            89    430        0          0          8
ended            89    430        0          0          8
paths   not in both      -        -          -          -
moves             0      0        0          0          0
levels            0      0   20,352          0          0
ledger            0      0        0          0          0
moved: same entity and step (mark, role, route, resource, item), other time; changed: same time too
)");
  const json told = json::parse(test::text_of(file));
  EXPECT_FALSE(told["same_run"].get<bool>());
  EXPECT_EQ(told["first"]["table"], "levels");
  for (const json& table : told["tables"]) {
    if (table["table"] == "steps") {
      EXPECT_GT(table["moved"].get<int>(), 100);
    }
  }
}

TEST(TraceDiff, OfOtherLuckIsRemarked) {
  const std::string a = traced("", "a.h5"), b = traced("--seed 2", "b.h5");
  const Said said = portflow("trace diff " + a + " " + b);
  EXPECT_EQ(said.code, 0);
  EXPECT_EQ(said.err,
            "remark: the seeds are 1 and 2, so entities of one name need not be the same\n");
  EXPECT_EQ(portflow("trace diff " + a).code, 2);
  EXPECT_EQ(portflow("trace diff " + a + " no_such.h5").code, 5);
}

}  // namespace
}  // namespace portflow

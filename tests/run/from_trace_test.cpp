// The KPIs read back from a trace equal those of the run that wrote it, to the last digit.
#include "analysis/from_trace.hpp"

#include "analysis/json.hpp"
#include "run/support.hpp"

namespace portflow::analysis {
namespace {

using run_test::Scratch;

struct Case {
  const char* scenario;
  const char* until;
  trace::Detail level;
};

class FromTrace : public testing::TestWithParam<Case> {};

TEST_P(FromTrace, GivesTheFiguresOfTheRun) {
  const Scratch scratch("from_trace");
  run::Request request;
  request.scenario = run_test::scenario(GetParam().scenario);
  request.until = GetParam().until;
  request.seed = 7;
  const auto prepared = run_test::prepare(request);
  ASSERT_NE(prepared, nullptr);
  RunMany options;
  options.threads = 2;
  options.trace = TraceFile{scratch.path("run.h5"), GetParam().level, false};
  auto run = run_experiment(*prepared, options);
  ASSERT_TRUE(run) << run_test::text_of(run.error());
  const auto read = from_trace(scratch.path("run.h5"));
  ASSERT_TRUE(read) << run_test::text_of(read.error());

  ASSERT_EQ(read->kpis.size(), run->kpis.size());
  std::uint64_t observed = 0;
  for (std::size_t i = 0; i < run->kpis.size(); ++i) {
    EXPECT_EQ(read->kpis[i].heading, run->kpis[i].heading) << run->kpis[i].heading.name;
    observed += run->kpis[i].count;
  }
  EXPECT_GT(observed, 1000u) << "a record that says little proves little";
  EXPECT_FALSE(read->stopped);
  EXPECT_EQ(read->fingerprint, run->fingerprint);
  // What only the run knows.
  run->threads = 0;
  run->wall_seconds = 0;
  EXPECT_EQ(to_json(*read), to_json(*run));
}

INSTANTIATE_TEST_SUITE_P(Scenarios, FromTrace,
                         testing::Values(Case{"small/one_berth.yaml", "", trace::Detail::kpi},
                                         Case{"small/tiny_port.yaml", "", trace::Detail::full},
                                         Case{"small/rough_port.yaml", "", trace::Detail::kpi},
                                         Case{"small/tiny_port.yaml", "10 d",
                                              trace::Detail::stages},
                                         Case{"dalian/2023_week.yaml", "9 d", trace::Detail::kpi}));

TEST(FromTraceFault, NoFileIsADiskFaultAndNoTraceIsInput) {
  const Scratch scratch("from_trace_fault");
  const auto missing = from_trace(scratch.path("missing.h5"));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, Failure::disk);
  const auto foreign = from_trace(scratch.write("poem.h5", "no trace at all\n"));
  ASSERT_FALSE(foreign);
  EXPECT_EQ(foreign.error().kind, Failure::input);
  EXPECT_NE(run_test::text_of(foreign.error()).find("poem.h5"), std::string::npos);
}

TEST(FromTraceFault, StoppedRunGivesWhatIsThere) {
  const Scratch scratch("from_trace_stopped");
  run::Request request;
  request.scenario = run_test::scenario("small/tiny_port.yaml");
  const auto prepared = run_test::prepare(request);
  ASSERT_NE(prepared, nullptr);
  RunOne options;
  options.trace = TraceFile{scratch.path("run.h5"), trace::Detail::kpi, false};
  options.progress = [](double done) { return done > 0.5; };
  const Replication run = run_test::run_one(*prepared, options);
  EXPECT_TRUE(run.outcome.stopped);
  const auto read = from_trace(scratch.path("run.h5"));
  ASSERT_TRUE(read) << run_test::text_of(read.error());
  ASSERT_EQ(read->kpis.size(), run.results.figures.size());
  for (std::size_t i = 0; i < read->kpis.size(); ++i) {
    EXPECT_EQ(read->kpis[i].heading, run.results.figures[i]) << run.results.figures[i].name;
  }
}

}  // namespace
}  // namespace portflow::analysis

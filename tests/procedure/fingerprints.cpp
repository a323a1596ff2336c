// The same bytes on any number of threads, and accounts that add up, through the YAML path.
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <utility>

#include "kpi/collector.hpp"
#include "run/run.hpp"

namespace portflow {
namespace {

/// Sums what the record says of ended entities.
class Account final : public trace::Sink {
 public:
  void consume(const trace::Batch& batch) override {
    for (const trace::Ended& row : batch.ended) {
      std::int64_t sum = 0;
      for (const std::int64_t ticks : row.ticks_by_cause) sum += ticks;
      if (sum != (row.end - row.created).count()) ++wrong;
      ++ended;
    }
  }
  std::size_t ended{0}, wrong{0};
};

/// What is run, and for how long where its own horizon would take too long.
struct Case {
  const char* scenario;
  const char* until{""};
};

void PrintTo(const Case& one, std::ostream* out) {
  *out << one.scenario;
}

/// What a run says of itself, and the KPIs that were folded while it went on.
struct Told : run::Outcome {
  kpi::Results kpis;
};

Told simulate(const Case& one, unsigned threads, bool sequential, Account& account) {
  run::Request request;
  request.scenario = std::string(PORTFLOW_SOURCE_DIR "/") + one.scenario;
  request.until = one.until;
  auto prepared = run::prepare(request);
  if (!prepared) {
    ADD_FAILURE() << prepared.error().errors.front().text();
    return {};
  }
  run::Drive drive;
  drive.threads = threads;
  drive.sequential = sequential;
  drive.share_all = true;
  auto collector = kpi::Collector::make((*prepared)->schema(0));
  if (!collector) {
    ADD_FAILURE() << collector.error().errors.front().text();
    return {};
  }
  trace::Sink* sinks[] = {collector->get(), &account};
  auto outcome = run::simulate(**prepared, drive, sinks);
  if (!outcome) {
    ADD_FAILURE() << outcome.error().errors.front().text();
    return {};
  }
  return {std::move(*outcome), (*collector)->finish()};
}

class Fingerprints : public testing::TestWithParam<Case> {};

TEST_P(Fingerprints, DoNotDependOnThreads) {
  Account plain;
  const Told expected = simulate(GetParam(), 1, true, plain);
  EXPECT_GT(plain.ended, 100u);
  EXPECT_EQ(plain.wrong, 0u) << "causes must add up to the total time, to the tick";
  for (const unsigned threads : {1u, 2u, 3u, 5u, 8u, 16u}) {
    Account account;
    const Told outcome = simulate(GetParam(), threads, false, account);
    EXPECT_EQ(outcome.fingerprint, expected.fingerprint) << threads << " threads";
    EXPECT_EQ(outcome.events, expected.events) << threads << " threads";
    EXPECT_EQ(account.ended, plain.ended) << threads << " threads";
    EXPECT_EQ(account.wrong, 0u);
    EXPECT_TRUE(outcome.kpis == expected.kpis) << threads << " threads";
  }
}

INSTANTIATE_TEST_SUITE_P(
    Scenarios, Fingerprints,
    testing::Values(Case{"scenarios/small/one_berth.yaml"}, Case{"scenarios/small/tiny_port.yaml"},
                    Case{"scenarios/small/rough_port.yaml"}, Case{"scenarios/small/feedback.yaml"},
                    Case{"scenarios/small/long_quay.yaml"}, Case{"scenarios/dalian/2023_week.yaml"},
                    Case{"scenarios/dalian/2023.yaml", "3 d"},  // boxes that call their trucks
                    Case{"tests/oracle/mm1.yaml", "3 d"}, Case{"tests/oracle/mmc.yaml", "3 d"},
                    Case{"tests/oracle/mg1.yaml", "3 d"}, Case{"tests/oracle/md1.yaml", "3 d"},
                    Case{"tests/oracle/tandem.yaml", "3 d"},
                    Case{"tests/oracle/feedback.yaml", "3 d"},
                    Case{"tests/oracle/patience.yaml", "3 d"},
                    Case{"tests/oracle/priority.yaml", "3 d"}));

}  // namespace
}  // namespace portflow

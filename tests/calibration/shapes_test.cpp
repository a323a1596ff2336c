// Busiest days and the order of gaps, of instants that were chosen.
#include "analysis/calibration/shapes.hpp"

#include <gtest/gtest.h>

#include "analysis/calibration/observe.hpp"
#include "run/support.hpp"

namespace portflow::calibration {
namespace {

using std::chrono::hours;

const SimTime start = midnight({2024, 1, 1});

TEST(BusiestDay, IsThatOfTheMostOverTheMean) {
  // Two on the first day, six on the second, none on two more: the mean is two.
  std::vector<SimTime> instants{start + hours{1}, start + hours{23}};
  for (int i = 0; i < 6; ++i) instants.push_back(start + hours{24 + i});
  EXPECT_EQ(busiest_day(instants, start, start + hours{96}), 3);
  EXPECT_FALSE(busiest_day({}, start, start + hours{96}));
}

TEST(GapOrder, IsOneOverTheSquareOfTheVariation) {
  // Gaps of 1 and 3 h in turn: mean 2, variance 1.
  std::vector<SimTime> instants{start};
  for (int i = 0; i < 8; ++i) instants.push_back(instants.back() + hours{i % 2 == 0 ? 1 : 3});
  EXPECT_DOUBLE_EQ(*gap_order(instants), 4);
  EXPECT_FALSE(gap_order({start, start + hours{1}, start + hours{2}})) << "no variation";
  EXPECT_FALSE(gap_order({start, start + hours{1}}));
}

spec::Published row(const std::string& formula) {
  spec::Published one;
  one.of = *spec::Formula::parse(formula);
  return one;
}

/// Arrivals of the berth are Poisson; a stream of Erlang-4 gaps is told from it.
TEST(Shapes, OfAStreamAreFoundInARun) {
  run::Request request;
  request.scenario = run_test::scenario("small/one_berth.yaml");
  request.settings = {"facilities.quay.resources.berth.servers=99"};
  analysis::RunMany many;
  many.replications = 4;
  const std::vector<spec::Published> rows{row("gap_order(ship.moored)"),
                                          row("busiest_day(ship.moored)")};
  const auto poisson = observe(*run_test::prepare(request), rows, many);
  ASSERT_TRUE(poisson);
  request.settings.emplace_back("demand.ships.arrivals.every={erlang: [4, 10 h]}");
  const auto erlang = observe(*run_test::prepare(request), rows, many);
  ASSERT_TRUE(erlang);
  double one = 0, four = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    one += *value_of(rows[0], (*poisson)[i]) / 4;
    four += *value_of(rows[0], (*erlang)[i]) / 4;
    EXPECT_GT(*value_of(rows[1], (*poisson)[i]), 1);
  }
  EXPECT_NEAR(one, 1, 0.15);
  EXPECT_NEAR(four, 4, 0.5);
}

}  // namespace
}  // namespace portflow::calibration

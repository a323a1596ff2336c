// A timetable of which so many slots of a year take place, no more and no less.
#include "procedure/watch.hpp"

namespace portflow::procedure_test {
namespace {

/// Two slots a week, of which 50 of a year's 104 or 105 take place.
std::string port(const std::string& horizon, const std::string& each_year = "50") {
  return fmt::format(R"(portflow: 1
name: permits
horizon: {{{0}, follow: 1 d}}
confidence: assumption
facilities: {{desk: {{kind: station}}}}
demand:
  guests:
    creates: guest
    procedure: visit
    arrivals: {{timetable: {{mon: "00:00", thu: "23:59"}}, each_year: {1}}}
procedures: {{visit: {{for: guest, steps: {{permit: {{at: desk, takes: 1 min}}}}}}}}
)",
                     horizon, each_year);
}

std::vector<SimTime> births(const Watched& run) {
  std::vector<SimTime> result;
  for (const auto& born : run.rows.born) result.push_back(born.at);
  return result;
}

std::size_t in_year(const std::vector<SimTime>& times, int year) {
  return static_cast<std::size_t>(
      std::ranges::count_if(times, [&](SimTime at) { return date_of(at).year == year; }));
}

TEST(Quota, ComesOutInEveryYearWhateverTheLuck) {
  for (const std::uint64_t seed : {1u, 2u, 3u, 4u, 5u}) {
    const auto times = births(watch(port("from: 2023-01-01, to: 2026-01-01"), {.seed = seed}));
    for (const int year : {2023, 2024, 2025}) EXPECT_EQ(in_year(times, year), 50u) << year;
  }
}

/// A horizon that begins within a year sees of it what a whole year has from there on.
TEST(Quota, DoesNotDependOnTheHorizon) {
  auto whole = births(watch(port("from: 2024-01-01, to: 2026-01-01")));
  const SimTime from = midnight({2024, 5, 17});
  std::erase_if(whole, [&](SimTime at) { return at < from; });
  EXPECT_EQ(births(watch(port("from: 2024-05-17, to: 2026-01-01"))), whole);
}

TEST(Quota, IsCutByFromAndTo) {
  std::string text = port("from: 2024-01-01, to: 2026-01-01");
  auto whole = births(watch(text));
  std::erase_if(whole, [](SimTime at) { return at < midnight({2025, 1, 9}); });
  const std::string key = "each_year: 50";
  text.replace(text.find(key), key.size(), key + ", from: 2025-01-09");
  EXPECT_EQ(births(watch(text)), whole);
}

/// Every slot of the year is as likely as any other, and luck differs between years.
TEST(Quota, TreatsAllSlotsAlike) {
  std::map<SimTime, int> taken;
  constexpr int runs = 200;
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    for (const SimTime at :
         births(watch(port("from: 2023-01-01, to: 2024-01-01", "26"), {.seed = seed}))) {
      if (date_of(at).year == 2023) ++taken[at];  // arrivals go on for a day
    }
  }
  ASSERT_EQ(taken.size(), 104u);
  double chi_square = 0;
  for (const auto& [at, times] : taken) chi_square += (times - 50.0) * (times - 50.0) / 50.0;
  // Of 103 degrees of freedom, thinned by the fixed sum to 3/4 of a multinomial's variance.
  EXPECT_LT(chi_square, 0.75 * 148) << "99.9 % of lucks are below";
  EXPECT_GT(chi_square, 0.75 * 66);
}

TEST(Quota, OfAllSlotsOfALeapYearLeavesOut) {
  // 2024 has 53 Mondays and 52 Thursdays.
  const auto times = births(watch(port("from: 2024-01-01, to: 2025-01-01", "104")));
  EXPECT_EQ(times.size(), 104u);
}

}  // namespace
}  // namespace portflow::procedure_test

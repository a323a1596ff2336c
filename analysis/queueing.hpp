/// \file queueing.hpp
/// What queueing theory says of the queues that are solved: mean waits in the long run.
///
/// Arrivals are Poisson throughout, `load` is arrival rate x mean service / servers, waits are
/// those in the queue (without the service) in the unit of `service`, and 0 <= load < 1. By
/// Little's law (J. D. C. Little 1961, Operations Research 9(3), 383-387) a mean queue is the
/// mean wait over the mean gap between arrivals; by P. J. Burke (1956, Operations Research
/// 4(6), 699-704) customers leave an M/M/c queue as a Poisson stream, so that the next queue of
/// a tandem is solved by the same formula.
#pragma once

#include <array>

#include "core/math.hpp"

namespace portflow::analysis {

/// Erlang's C: the chance that a customer of M/M/c has to wait. By the recursion of Erlang's B.
/// Source: A. K. Erlang (1917), Elektroteknikeren 13, 5-13.
[[nodiscard]] constexpr double erlang_c(int servers, double load) {
  const double offered = load * servers;
  double lost = 1;  // Erlang's B for no servers
  for (int k = 1; k <= servers; ++k) lost = offered * lost / (k + offered * lost);
  return lost / (1 - load * (1 - lost));
}

/// Mean wait of M/M/c.
[[nodiscard]] constexpr double mmc_wait(int servers, double load, double service) {
  return erlang_c(servers, load) * service / (servers * (1 - load));
}

/// Quantile 0 <= p < 1 of the time in an M/M/1 system, service included, if those who came first
/// go first: it is exponential. The mean does not tell in which order they go; this does.
/// Source: L. Kleinrock (1975), Queueing Systems, volume 1, Wiley.
[[nodiscard]] inline double mm1_time_quantile(double p, double load, double service) {
  return -log_of(1 - p) * service / (1 - load);
}

/// Mean wait of M/G/1; `cv` is the service's coefficient of variation, 0 for M/D/1.
/// Source: F. Pollaczek (1930), Mathematische Zeitschrift 32, 64-100; A. Khinchine (1932),
/// Matematicheskii Sbornik 39(4), 73-84.
[[nodiscard]] constexpr double mg1_wait(double load, double service, double cv) {
  return load * service * (1 + cv * cv) / (2 * (1 - load));
}

/// Share of the customers of M/M/1 who give up, where each waits for service at most an exponential
/// time of mean `patience`; all times are means in one unit.
/// Source: C. Palm (1957), Research on telephone traffic carried by full availability groups,
/// Tele 1.
[[nodiscard]] constexpr double mm1_giving_up(double gap, double service, double patience) {
  // With n there, one is served and n - 1 may give up: the chances of n relative to that of none.
  double relative = 1;
  double all = 1;
  for (int n = 1; n < 1000 && relative > 1e-18; ++n) {
    relative *= (1 / gap) / (1 / service + (n - 1) / patience);
    all += relative;
  }
  return 1 - gap / service * (1 - 1 / all);
}

/// Mean waits of the two classes of M/M/1 with non-preemptive priority and one mean service;
/// `first` and `second` are the loads of the class that goes first and of the other.
/// Source: A. Cobham (1954), Operations Research 2(1), 70-76.
[[nodiscard]] constexpr std::array<double, 2> priority_waits(double first, double second,
                                                             double service) {
  const double residual = (first + second) * service;  // of the service that is met on arrival
  return {residual / (1 - first), residual / ((1 - first) * (1 - first - second))};
}

}  // namespace portflow::analysis

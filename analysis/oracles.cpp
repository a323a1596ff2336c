#include "analysis/oracles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/experiment.hpp"
#include "analysis/queueing.hpp"
#include "core/hash.hpp"

namespace portflow::analysis {
namespace {

constexpr double gap = 10;  // seconds between customers, in every oracle file

/// What follows from the mean wait at one server group: queue and fill, by Little's law.
void claim_queue(std::vector<Claim>& claims, const std::string& resource, double wait,
                 double load) {
  claims.push_back({fmt::format("resource.{}.wait", resource), wait});
  claims.push_back({fmt::format("resource.{}.queue_length", resource), wait / gap});
  claims.push_back({fmt::format("resource.{}.utilisation", resource), load});
}

/// One facility with one queue.
Oracle single(std::string name, std::string file, std::uint32_t replications, double wait,
              double load, double service) {
  Oracle oracle{std::move(name), std::move(file), {}, replications, {}};
  claim_queue(oracle.claims, "shop.server", wait, load);
  oracle.claims.push_back({"time_in_system", wait + service});
  return oracle;
}

/// Here the slow ones count too: had the last who came gone first, the mean would be the same.
Oracle mm1() {
  Oracle oracle = single("M/M/1, load 0.8", "mm1.yaml", 12, mmc_wait(1, 0.8, 8), 0.8, 8);
  oracle.claims.push_back({"slow_time", mm1_time_quantile(0.95, 0.8, 8)});
  return oracle;
}

Oracle mmc(int servers, double load, std::uint32_t replications) {
  const double service = load * servers * gap;
  Oracle oracle = single(fmt::format("M/M/{}, load {}", servers, load), "mmc.yaml", replications,
                         mmc_wait(servers, load, service), load, service);
  oracle.settings = {fmt::format("facilities.shop.resources.server.servers={}", servers),
                     fmt::format("parameters.service.value={} s", service)};
  return oracle;
}

Oracle mg1(std::string name, const std::string& takes, double cv, std::uint32_t replications) {
  Oracle oracle = single(std::move(name), "mg1.yaml", replications, mg1_wait(0.7, 7, cv), 0.7, 7);
  oracle.settings = {"procedures.visit.steps.serve.takes=" + takes};
  return oracle;
}

Oracle tandem() {
  Oracle oracle{"tandem of two M/M/1, loads 0.6 and 0.7", "tandem.yaml", {}, 8, {}};
  const double first = mmc_wait(1, 0.6, 6);
  const double second = mmc_wait(1, 0.7, 7);
  claim_queue(oracle.claims, "first.server", first, 0.6);
  claim_queue(oracle.claims, "second.server", second, 0.7);
  oracle.claims.push_back({"time_in_system", first + 6 + 2 + second + 7});
  return oracle;
}

/// Three of ten are served once more, behind all who wait: as many are there as if each were served
/// once for as long in all.
Oracle feedback() {
  Oracle oracle{"M/M/1 with feedback, load 0.7", "feedback.yaml", {}, 8, {}};
  const double all = 4.9 / (1 - 0.3);
  const double there = mmc_wait(1, 0.7, all) + all;
  const double queue = there / gap - 0.7;
  oracle.claims = {{"time_in_system", there},
                   {"resource.shop.server.queue_length", queue},
                   {"resource.shop.server.wait", queue * gap * (1 - 0.3)},
                   {"resource.shop.server.utilisation", 0.7}};
  return oracle;
}

Oracle patience() {
  Oracle oracle{"M/M/1 with patience, load 0.9", "patience.yaml", {}, 8, {}};
  const double lost = mm1_giving_up(gap, 9, 20);
  oracle.claims = {{"gave_up", lost * 100}, {"resource.shop.server.utilisation", 0.9 * (1 - lost)}};
  return oracle;
}

Oracle priority() {
  Oracle oracle{"M/M/1 with two priorities, loads 0.3 and 0.4", "priority.yaml", {}, 8, {}};
  const auto [urgent, ordinary] = priority_waits(0.3, 0.4, 6);
  oracle.claims = {{"wait.urgent", urgent},
                   {"wait.ordinary", ordinary},
                   {"resource.shop.server.queue_length", urgent / 20 + ordinary / 15},
                   {"resource.shop.server.utilisation", 0.7}};
  return oracle;
}

}  // namespace

std::vector<Oracle> oracles() {
  return {mm1(),
          mmc(1, 0.5, 8),
          mmc(3, 0.5, 12),
          mmc(8, 0.5, 32),
          mmc(1, 0.9, 24),
          mmc(3, 0.9, 28),
          mmc(8, 0.9, 32),
          mg1("M/G/1, lognormal with cv 0.5, load 0.7", "{lognormal: [7 s, 0.5]}", 0.5, 8),
          mg1("M/G/1, gamma with cv 2, load 0.7", "{gamma: [7 s, 0.25]}", 2, 16),
          single("M/D/1, load 0.8", "md1.yaml", 8, mg1_wait(0.8, 8, 0), 0.8, 8),
          tandem(),
          feedback(),
          patience(),
          priority()};
}

Judgement judge(const Claim& claim, const std::vector<double>& values) {
  const auto count = static_cast<double>(values.size());
  const double mean = mean_of(values);
  const double half = student_t(0.995, count - 1) * deviation_of(values) / std::sqrt(count);
  return {claim, {}, mean, {mean - half, mean + half}};
}

Result<std::vector<Judgement>> consult(const Oracle& oracle, const Consultation& how) {
  run::Request request;
  request.scenario = how.folder + "/" + oracle.file;
  request.settings = oracle.settings;
  // A seed of its own, else all oracles would meet the same customers at the same instants.
  request.seed = mix(chain(how.seed, hash_of(oracle.name)));
  const auto prepared = run::prepare(request);
  if (!prepared) return tl::unexpected(prepared.error());
  RunMany many;
  many.replications = oracle.replications;
  many.threads = how.threads;
  const auto experiment = run_experiment(**prepared, many);
  if (!experiment) return tl::unexpected(experiment.error());

  std::vector<Judgement> judgements;
  for (const Claim& claim : oracle.claims) {
    const auto found = std::ranges::find(experiment->kpis, claim.kpi,
                                         [](const Estimate& one) { return one.heading.name; });
    if (found == experiment->kpis.end()) {
      return fail(Failure::input, oracle.file + " has no KPI " + claim.kpi);
    }
    std::vector<double> values;
    for (const auto& value : found->values) {
      if (value) values.push_back(*value);
    }
    if (values.size() < 2) {
      return fail(Failure::input, oracle.file + ": too few values of " + claim.kpi);
    }
    judgements.push_back(judge(claim, values));
    judgements.back().unit = found->heading.unit;
  }
  return judgements;
}

}  // namespace portflow::analysis

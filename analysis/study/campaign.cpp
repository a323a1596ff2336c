#include "analysis/study/campaign.hpp"

#include <algorithm>
#include <chrono>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <set>

#include "analysis/replicate.hpp"
#include "analysis/store/keepers.hpp"
#include "core/assert.hpp"

namespace portflow::study {
namespace {

/// Seconds after which a probe ends: of a year of the whole port that is a month, by which it is as
/// full as it gets.
constexpr double longest_look = 4;

using Prepared = std::shared_ptr<const run::Prepared>;

std::string text_of(const Fault& fault) {
  std::string text;
  for (const Error& error : fault.errors) text += (text.empty() ? "" : "; ") + error.text();
  return text;
}

/// Compiled arms, as many as memory should hold; runs of one arm come one after the other.
class Shelf {
 public:
  explicit Shelf(const std::vector<Arm>& arms) : arms_(arms) {}

  Result<Prepared> take(std::size_t arm) {
    {
      const std::lock_guard lock(mutex_);
      if (const auto found = held_.find(arm); found != held_.end()) return found->second;
    }
    auto prepared = run::prepare(arms_[arm].request);
    if (!prepared) return tl::unexpected(prepared.error());
    const std::lock_guard lock(mutex_);
    if (held_.try_emplace(arm, *prepared).second) order_.push_back(arm);
    if (order_.size() > most) {
      held_.erase(order_.front());
      order_.pop_front();
    }
    return *prepared;
  }

 private:
  static constexpr std::size_t most = 64;
  const std::vector<Arm>& arms_;
  std::mutex mutex_;
  std::map<std::size_t, Prepared> held_;
  std::list<std::size_t> order_;
};

/// One run, into the store. What is there already is left as it is: two arms may be the same.
Result<void> run_into(const store::RunStore& store, Shelf& shelf, std::size_t arm,
                      std::uint32_t replication, unsigned threads,
                      const std::function<bool(double)>& progress) {
  const auto prepared = shelf.take(arm);
  if (!prepared) return tl::unexpected(prepared.error());
  const store::Identity identity = store::identity_of(**prepared);
  if (store.has(identity.key, replication)) return {};
  const auto begin = std::chrono::steady_clock::now();
  auto run = analysis::run_one(**prepared, {.replication = replication,
                                            .threads = threads,
                                            .keep = kpi::Keep::figures,
                                            .trace = {},
                                            .progress = progress});
  store::Record record;
  record.key = identity.key;
  record.replication = replication;
  record.host = store::host_name();
  record.wall_seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  if (run) {
    if (run->outcome.stopped) return {};
    record.figures = std::move(run->results.figures);
    record.fingerprint = run->outcome.fingerprint;
    record.events = run->outcome.events;
  } else {
    if (run.error().kind == Failure::disk) return tl::unexpected(run.error());
    record.failed = store::Failed{run.error().kind, text_of(run.error())};
  }
  return store.keep(record);
}

/// Runs that are missing, `arm * replications + replication`, each identity once; arm by arm.
struct Missing {
  std::vector<std::uint64_t> tasks;  ///< of this shard
  std::uint64_t elsewhere{0};        ///< of the others
};

/// \param arms  their keys; empty where an arm does not compile
Missing missing_of(const std::vector<std::string>& arms, const store::RunStore& store,
                   const CampaignOptions& options) {
  Missing missing;
  std::set<std::pair<std::string, std::uint32_t>> seen;
  std::uint64_t number = 0;
  for (std::size_t arm = 0; arm < arms.size(); ++arm) {
    if (arms[arm].empty()) continue;
    for (std::uint32_t r = 0; r < options.replications; ++r) {
      if (!seen.emplace(arms[arm], r).second) continue;
      // Numbered whether it is there or not, so that a run is always of the same shard.
      const bool ours = number++ % options.shards == options.shard;
      if (store.has(arms[arm], r)) continue;
      if (ours) {
        missing.tasks.push_back(arm * options.replications + r);
      } else {
        ++missing.elsewhere;
      }
    }
  }
  return missing;
}

/// The leader's first look: compiles every arm and asks the store for it.
class Looker {
 public:
  Looker(const std::vector<Arm>& arms, const store::RunStore& store, const CampaignOptions& options,
         Shelf& shelf)
      : arms_(arms), store_(store), options_(options), shelf_(shelf), founds_(arms.size()) {}

  Result<void> look(Campaign& campaign) {
    campaign.arms.resize(arms_.size());
    // Hundreds of arms of a whole port take minutes to compile: that is shown, and may be stopped.
    bool stopped = false;
    const auto progress = [&](double part) {
      stopped = stopped || (options_.progress && options_.progress(part));
      return stopped;
    };
    auto done = analysis::side_by_side(
        static_cast<std::uint32_t>(arms_.size()), options_.threads, progress,
        [&](std::uint32_t arm, unsigned, const std::function<bool(double)>&) -> Result<void> {
          const auto prepared = shelf_.take(arm);
          if (!prepared) {
            campaign.arms[arm].refused =
                store::Failed{prepared.error().kind, text_of(prepared.error())};
            return {};
          }
          const store::Identity identity = store::identity_of(**prepared);
          campaign.arms[arm].key = identity.key;
          const std::string words = store::arm_of(arms_[arm].request);
          founds_[arm] = store_.look_up(words, identity, options_.replications);
          return store_.remember(words, identity);
        });
    if (!done) return done;
    if (stopped) return fail(Failure::limit, "interrupted while the sets were compiled", {});
    sum_up(campaign);
    return {};
  }

 private:
  void sum_up(Campaign& campaign) const {
    Inventory& all = campaign.inventory;
    std::set<std::string> changed;
    for (std::size_t arm = 0; arm < arms_.size(); ++arm) {
      const store::Found& found = founds_[arm];
      if (campaign.arms[arm].refused) ++all.refused;
      all.found.reused += found.reused;
      all.found.fresh += found.fresh;
      all.found.stale += found.stale;
      all.found.failed += found.failed;
      changed.insert(found.changed.begin(), found.changed.end());
    }
    all.found.changed.assign(changed.begin(), changed.end());
    double seconds = 0, count = 0;
    for (const ArmRuns& one : campaign.arms) {
      if (one.refused) continue;
      const auto record = store_.find(one.key, 0);
      if (!record || record->failed) continue;
      seconds += record->wall_seconds;
      all.bytes_each = to_json(*record).size();
      count += 1;
    }
    if (count > 0) all.seconds_each = seconds / count;
  }

  const std::vector<Arm>& arms_;
  const store::RunStore& store_;
  const CampaignOptions& options_;
  Shelf& shelf_;
  std::vector<store::Found> founds_;
};

void gather(const store::RunStore& store, std::uint32_t replications, Campaign& campaign) {
  for (ArmRuns& arm : campaign.arms) {
    arm.runs.resize(replications);
    if (arm.refused) continue;
    for (std::uint32_t r = 0; r < replications; ++r) {
      arm.runs[r] = store.find(arm.key, r);
      if (!arm.runs[r]) campaign.stopped = true;
    }
  }
}

}  // namespace

Result<void> Alone::work(const std::vector<std::uint64_t>& tasks, unsigned threads,
                         const std::function<bool(double)>& progress, const Task& task) {
  return analysis::side_by_side(
      static_cast<std::uint32_t>(tasks.size()), threads, progress,
      [&](std::uint32_t index, unsigned inside, const std::function<bool(double)>& tell) {
        return task(tasks[index], inside, tell);
      });
}

Result<Campaign> conduct(const std::vector<Arm>& arms, const store::RunStore& store,
                         const CampaignOptions& options) {
  Alone alone;
  Crew& crew = options.crew != nullptr ? *options.crew : alone;
  Shelf shelf(arms);
  Campaign campaign;
  std::vector<std::uint64_t> tasks;
  Result<void> looked;
  bool go = true;
  if (crew.leads()) {
    Looker looker(arms, store, options, shelf);
    looked = looker.look(campaign);
    if (looked) {
      std::vector<std::string> keys;
      for (const ArmRuns& arm : campaign.arms) keys.push_back(arm.key);
      Missing missing = missing_of(keys, store, options);
      tasks = std::move(missing.tasks);
      campaign.inventory.to_run = tasks.size();
      campaign.inventory.elsewhere = missing.elsewhere;
    }
    go = looked && (!options.begin || options.begin(campaign));
    // The others wait to be told, even that there is nothing to do.
    if (!go) tasks.clear();
  }
  auto done = crew.work(
      tasks, options.threads, options.progress,
      [&](std::uint64_t task, unsigned threads, const std::function<bool(double)>& progress) {
        return run_into(store, shelf, task / options.replications,
                        static_cast<std::uint32_t>(task % options.replications), threads, progress);
      });
  if (!looked) return tl::unexpected(looked.error());
  if (!done) return tl::unexpected(done.error());
  if (crew.leads() && go) gather(store, options.replications, campaign);
  return campaign;
}

std::uint64_t runs_of(const std::vector<Arm>& few, const std::vector<Arm>& arms,
                      const Campaign& larger, const store::RunStore& store,
                      const CampaignOptions& options) {
  std::map<std::string, std::string> known;
  for (std::size_t arm = 0; arm < arms.size(); ++arm) {
    known.emplace(store::arm_of(arms[arm].request), larger.arms[arm].key);
  }
  std::vector<std::string> keys(few.size());
  const auto key_of = [&](const run::Request& request) -> std::string {
    const auto found = known.find(store::arm_of(request));
    if (found != known.end()) return found->second;
    const auto prepared = run::prepare(request);
    return prepared ? store::identity_of(**prepared).key : std::string{};
  };
  const auto told = analysis::side_by_side(
      static_cast<std::uint32_t>(few.size()), options.threads, {},
      [&](std::uint32_t arm, unsigned, const std::function<bool(double)>&) -> Result<void> {
        keys[arm] = key_of(few[arm].request);
        return {};
      });
  PORTFLOW_ASSERT(told.has_value(), "looking at an arm cannot fail");
  return missing_of(keys, store, options).tasks.size();
}

double forecast(std::span<const std::pair<double, double>> seen) {
  const auto [share, spent] = seen.back();
  const auto half =
      std::ranges::find_if(seen, [&](const auto& point) { return point.second >= spent / 2; });
  const auto [earlier, begun] = half->first < share ? *half : seen.front();
  if (share <= earlier) return spent;
  return spent + (1 - share) * (spent - begun) / (share - earlier);
}

Result<Probe> probe(const run::Request& request) {
  const auto prepared = run::prepare(request);
  if (!prepared) return tl::unexpected(prepared.error());
  const auto begin = std::chrono::steady_clock::now();
  const auto spent = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  std::vector<std::pair<double, double>> seen{{0, 0}};  // share of the run, seconds
  auto run = analysis::run_one(**prepared, {.replication = 0,
                                            .threads = 1,
                                            .keep = kpi::Keep::figures,
                                            .trace = {},
                                            .progress = [&](double done) {
                                              seen.emplace_back(done, spent());
                                              return spent() > longest_look && done > 0;
                                            }});
  if (!run) return tl::unexpected(run.error());
  store::Record record;
  record.figures = std::move(run->results.figures);
  const double whole = run->outcome.stopped ? forecast(seen) : spent();
  return Probe{whole, to_json(record).size()};
}

}  // namespace portflow::study

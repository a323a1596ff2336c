#include "bench/study.hpp"

#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "analysis/ranks/ranks.hpp"
#include "analysis/replicate.hpp"
#include "analysis/store/keepers.hpp"

namespace portflow::bench {
namespace {

/// How long a run of dispatch_cost() sleeps.
constexpr std::chrono::milliseconds task_takes{20};

class Watch {
 public:
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  }

 private:
  std::chrono::steady_clock::time_point begin_{std::chrono::steady_clock::now()};
};

}  // namespace

Result<StudyCost> store_cost(std::uint32_t runs) {
  run::Request request;
  request.scenario = PORTFLOW_SOURCE_DIR "/scenarios/dalian/2023_month.yaml";
  request.until = "8 d";  // the KPIs are those of the month, only their values are not
  const auto prepared = run::prepare(request);
  if (!prepared) return tl::unexpected(prepared.error());
  auto run = analysis::run_one(**prepared, {.trace = {}, .progress = {}});
  if (!run) return tl::unexpected(run.error());
  const auto folder =
      std::filesystem::temp_directory_path() / ("portflow-bench-store-" + std::to_string(getpid()));
  auto store = store::RunStore::open(folder.string());
  if (!store) return tl::unexpected(store.error());
  store::Record record;
  record.figures = std::move(run->results.figures);
  const Watch watch;
  for (std::uint32_t i = 0; i < runs; ++i) {
    const auto identity = store::identity_of(**prepared);
    record.key = identity.key;
    record.replication = i;
    const auto found = store->look_up("bench", identity, 1);
    if (auto kept = store->remember("bench", identity); !kept) return tl::unexpected(kept.error());
    if (auto kept = store->keep(record); !kept) return tl::unexpected(kept.error());
    if (!store->find(record.key, i) || found.stale > 0) {
      return fail(Failure::bug, "the store lost a run");
    }
  }
  const StudyCost cost{runs, watch.seconds()};
  std::filesystem::remove_all(folder);
  return cost;
}

Result<StudyCost> dispatch_cost(std::uint32_t tasks) {
  const auto joined = ranks::join();
  if (!joined) return tl::unexpected(joined.error());
  study::Alone alone;
  study::Crew& crew = *joined ? **joined : alone;
  const std::vector<std::uint64_t> numbers(tasks, 0);
  const Watch watch;
  auto done =
      crew.work(numbers, 1, {},
                [](std::uint64_t, unsigned, const std::function<bool(double)>&) -> Result<void> {
                  std::this_thread::sleep_for(task_takes);
                  return {};
                });
  if (!done) return tl::unexpected(done.error());
  if (!crew.leads()) return StudyCost{};
  const char* const ranks = std::getenv("OMPI_COMM_WORLD_SIZE");
  const double members = *joined && ranks != nullptr ? std::atoi(ranks) : 1;
  const double ideal = std::chrono::duration<double>(task_takes).count() * tasks / members;
  return StudyCost{tasks, (watch.seconds() - ideal) * members};
}

}  // namespace portflow::bench

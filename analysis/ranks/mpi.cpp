// With MPI: rank 0 hands out runs by number, everybody does what is handed to them.
#ifdef PORTFLOW_MPI

#include <mpi.h>
#include <sched.h>
#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <thread>

#include "analysis/ranks/ranks.hpp"

namespace portflow::ranks {
namespace {

constexpr int ask_tag = 1, answer_tag = 2;
constexpr std::uint64_t none_left = ~std::uint64_t{0};

/// How long the leader sleeps when nobody asks: far below a run, far above a poll.
constexpr std::chrono::microseconds patience{300};

class Ranks final : public study::Crew {
 public:
  Ranks() {
    int provided = 0;
    MPI_Init_thread(nullptr, nullptr, MPI_THREAD_SERIALIZED, &provided);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &size_);
    unbind();
  }
  Ranks(const Ranks&) = delete;
  Ranks& operator=(const Ranks&) = delete;
  ~Ranks() override { MPI_Finalize(); }

  [[nodiscard]] bool leads() const override { return rank_ == 0; }

  void give_up() override {
    if (size_ > 1) MPI_Abort(MPI_COMM_WORLD, static_cast<int>(Failure::disk));
  }

  Result<void> work(const std::vector<std::uint64_t>& tasks, unsigned threads,
                    const std::function<bool(double)>& progress, const study::Task& task) override {
    failed_.store(false);
    fault_.reset();
    stop_.store(false);
    if (leads()) {
      lead(tasks, threads, progress, task);
    } else {
      follow(threads, task);
    }
    meet();
    if (fault_) return tl::unexpected(*fault_);
    return {};
  }

 private:
  /// Lets this program use every processor that its machine (or its container) gives it.
  static void unbind() {
    cpu_set_t all;
    CPU_ZERO(&all);
    for (std::size_t i = 0; i < CPU_SETSIZE; ++i) CPU_SET(i, &all);
    sched_setaffinity(0, sizeof all, &all);  // where it may not, it stays where it is
  }

  /// Nobody reads the store before everybody has written to it.
  static void meet() {
    MPI_Request request;
    MPI_Ibarrier(MPI_COMM_WORLD, &request);
    wait_for(request);
  }

  /// Sleeps instead of spinning, as MPI would: the processor belongs to the runs.
  static void wait_for(MPI_Request& request) {
    for (int done = 0; done == 0;) {
      MPI_Test(&request, &done, MPI_STATUS_IGNORE);
      if (done == 0) std::this_thread::sleep_for(patience);
    }
  }

  /// Runs `next` and `task` on so many threads until there is nothing left.
  template <class Next>
  void on_threads(unsigned threads, const Next& next, const study::Task& task) {
    const auto quit = [this](double) { return stop_.load() || failed_.load(); };
    tbb::task_arena arena(static_cast<int>(threads));
    arena.execute([&] {
      tbb::parallel_for(
          0u, threads,
          [&](unsigned) {
            while (const std::optional<std::uint64_t> one = next()) {
              // After a fault what is handed out is let go: the next start will make it.
              if (failed_.load() || stop_.load()) continue;
              auto done = task(*one, 1, quit);
              if (!done) keep(done.error());
            }
          },
          tbb::simple_partitioner{});
    });
  }

  void keep(const Fault& fault) {
    const std::lock_guard lock(mutex_);
    if (!fault_) fault_ = fault;
    failed_.store(true);
  }

  void lead(const std::vector<std::uint64_t>& tasks, unsigned threads,
            const std::function<bool(double)>& progress, const study::Task& task) {
    std::atomic<std::size_t> handed{0};
    const auto next = [&]() -> std::optional<std::uint64_t> {
      if (stop_.load() || failed_.load()) return std::nullopt;
      const std::size_t index = handed.fetch_add(1);
      if (index >= tasks.size()) return std::nullopt;
      return tasks[index];
    };
    std::atomic<bool> own_done{false};
    std::thread own([&] {
      on_threads(threads, next, task);
      own_done.store(true);
    });
    int waiting = size_ - 1;  // ranks that have not been told that nothing is left
    while (waiting > 0 || !own_done.load()) {
      const bool asked = waiting > 0 && answer(next, waiting);
      if (!asked) std::this_thread::sleep_for(patience);
      const auto share = static_cast<double>(std::min(handed.load(), tasks.size())) /
                         static_cast<double>(std::max<std::size_t>(1, tasks.size()));
      if (progress && progress(share)) stop_.store(true);
    }
    own.join();
  }

  /// Answers one question, if there is any. \returns whether there was
  template <class Next>
  bool answer(const Next& next, int& waiting) {
    int there = 0;
    MPI_Status status;
    MPI_Iprobe(MPI_ANY_SOURCE, ask_tag, MPI_COMM_WORLD, &there, &status);
    if (there == 0) return false;
    int last = 0;  // the rank asks no more after this answer, which must be `none_left`
    MPI_Recv(&last, 1, MPI_INT, status.MPI_SOURCE, ask_tag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    const auto one = last != 0 ? std::nullopt : next();
    const std::uint64_t number = one.value_or(none_left);
    MPI_Send(&number, 1, MPI_UINT64_T, status.MPI_SOURCE, answer_tag, MPI_COMM_WORLD);
    if (number == none_left) --waiting;
    return true;
  }

  /// Threads of a follower ask one after the other; the first to hear that nothing is left tells
  /// the rest.
  void follow(unsigned threads, const study::Task& task) {
    bool told = false;
    std::mutex asking;
    const auto next = [&]() -> std::optional<std::uint64_t> {
      const std::lock_guard lock(asking);
      if (told) return std::nullopt;
      const int last = failed_.load() ? 1 : 0;
      std::uint64_t number = none_left;
      MPI_Send(&last, 1, MPI_INT, 0, ask_tag, MPI_COMM_WORLD);
      MPI_Request request;
      MPI_Irecv(&number, 1, MPI_UINT64_T, 0, answer_tag, MPI_COMM_WORLD, &request);
      wait_for(request);
      told = number == none_left;
      if (told) return std::nullopt;
      return number;
    };
    on_threads(threads, next, task);
  }

  int rank_{0}, size_{1};
  std::atomic<bool> failed_{false}, stop_{false};
  std::mutex mutex_;
  std::optional<Fault> fault_;
};

}  // namespace

Result<std::unique_ptr<study::Crew>> join() {
  // Set by mpirun of OpenMPI, and by srun --mpi=pmix.
  if (std::getenv("OMPI_COMM_WORLD_SIZE") == nullptr && std::getenv("PMIX_RANK") == nullptr) {
    return std::unique_ptr<study::Crew>{};
  }
  return std::unique_ptr<study::Crew>{std::make_unique<Ranks>()};
}

unsigned threads_of_this_rank(unsigned all) {
  const char* here = std::getenv("OMPI_COMM_WORLD_LOCAL_SIZE");
  const int ranks = here != nullptr ? std::atoi(here) : 1;
  return std::max(1u, all / static_cast<unsigned>(std::max(1, ranks)));
}

}  // namespace portflow::ranks

#endif

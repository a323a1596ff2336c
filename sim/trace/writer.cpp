#include "trace/writer.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

#include "core/assert.hpp"
#include "trace/claim.hpp"
#include "trace/compact.hpp"
#include "trace/file_writer.hpp"
#include "trace/schema_file.hpp"
#include "trace/sheet_file.hpp"
#include "trace/stored_batch.hpp"

namespace portflow::trace {
namespace {

/// A run waits when so many rows (about 40 MB) are queued; chunks are stored plain already
/// when three quarters of that are.
constexpr std::size_t most_queued_rows = 1'000'000;
constexpr std::size_t hurry_rows = most_queued_rows / 4 * 3;
constexpr std::size_t most_spare = 4;
/// A file of which more than this part is waste is copied when the run is done.
constexpr std::uint64_t most_waste = 64;

bool exists(const std::string& path) {
  return ::access(path.c_str(), F_OK) == 0;
}

/// Whether anything but a plain file stands there, which a finished trace must not replace.
bool is_no_plain_file(const std::string& path) {
  struct stat info{};
  return ::stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode);
}

/// CPU time of the thread that asks, in seconds.
double cpu_now() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

}  // namespace

struct Writer::Impl {
  struct End {
    std::string fingerprint;
    std::uint64_t events{0};
    SimTime until{};
    std::vector<SheetTable> results;
  };

  Impl(std::string to, const Schema& names, Detail detail, bool overwrite, Safety most_lost,
       Turn when)
      : path(std::move(to)),
        partial(path + ".partial"),
        schema(names),
        level(detail),
        force(overwrite),
        safety(most_lost),
        turn(when),
        claim(partial),
        file(partial, names, detail) {
    claim.hold();
  }

  void work();
  void write_queued();
  [[nodiscard]] bool is_behind() const;
  void checkpoint();
  void close();
  void finish(const std::string& written) const;
  [[nodiscard]] bool copy_without_waste(std::uint64_t waste, const std::string& to) const;
  void join();

  const std::string path, partial;
  const Schema schema;
  const Detail level;
  const bool force;
  const Safety safety;
  const Turn turn;
  const Claim claim;
  FileWriter file;  // used by `thread` alone once that runs

  std::optional<SimTime> kept;  // instant of the last checkpoint
  std::chrono::steady_clock::time_point checked{std::chrono::steady_clock::now()};

  std::mutex mutex;
  std::condition_variable filled, emptied;
  std::deque<Batch> queue;
  const Batch* shared{nullptr};     // the one to be written while others read it
  std::atomic<bool> taking{false};  // it is there
  std::vector<Batch> spare;
  std::size_t queued_rows{0};
  bool closing{false};
  Cost cost;
  std::optional<End> end;
  std::optional<Fault> fault;
  std::thread thread;
};

/// Runs on the writer's thread from open() to the end.
void Writer::Impl::work() {
  const Quiet quiet;
  const double began = cpu_now();
  try {
    write_queued();
    close();
    const std::lock_guard lock(mutex);
    cost.cpu_seconds += cpu_now() - began + file.helped_seconds();
  } catch (const std::exception& problem) {
    Fault why = fault_of(path, problem, Failure::disk);
    file.abandon(why.kind);
    why.errors.front().message += "; what was written until then stays in '" + partial + "'";
    const std::lock_guard lock(mutex);
    fault = std::move(why);
    queue.clear();
    queued_rows = 0;
    shared = nullptr;
    taking = false;
  }
  emptied.notify_all();
}

/// Whether a crash would cost more simulated time than it may.
bool Writer::Impl::is_behind() const {
  const SimTime sealed = file.sealed();
  return !kept || sealed == SimTime::min() || sealed - *kept >= safety.simulated;
}

void Writer::Impl::checkpoint() {
  claim.check();
  file.checkpoint();
  kept = file.sealed();
  checked = std::chrono::steady_clock::now();
}

void Writer::Impl::write_queued() {
  bool dirty = false;
  std::unique_lock lock(mutex);
  while (true) {
    const auto ready = [this] { return closing || shared != nullptr || !queue.empty(); };
    if (dirty && is_behind()) {
      filled.wait_until(lock, checked + safety.wall, ready);
    } else {
      filled.wait(lock, ready);
    }
    const Batch* const lent = queue.empty() ? shared : nullptr;
    if (lent != nullptr) {
      lock.unlock();
      file.append(StoredBatch(*lent, level), false);
      dirty = true;
      lock.lock();
    } else if (!queue.empty()) {
      Batch batch = std::move(queue.front());
      queue.pop_front();
      const bool hurry = queued_rows > hurry_rows;
      lock.unlock();
      file.append(StoredBatch(batch, level), hurry);
      dirty = true;
      lock.lock();
      // Rows count as queued until they are written, so that the bound holds for all memory.
      queued_rows -= batch.rows();
      if (spare.size() < most_spare) spare.push_back(std::move(batch));
      emptied.notify_all();
    } else if (closing) {
      return;
    }
    if (dirty && is_behind() && std::chrono::steady_clock::now() >= checked + safety.wall) {
      lock.unlock();
      checkpoint();
      lock.lock();
      dirty = false;
    }
    if (lent != nullptr) {
      shared = nullptr;
      taking = false;
      emptied.notify_all();
    }
  }
}

/// Copies all but what checkpoints left behind, where that is much. \returns whether there is such
/// a copy now; where there is no room for one, there is not
bool Writer::Impl::copy_without_waste(std::uint64_t waste, const std::string& to) const {
  struct stat info{};
  if (::stat(partial.c_str(), &info) != 0) return false;
  if (waste * most_waste <= static_cast<std::uint64_t>(info.st_size)) return false;
  try {
    compact(partial, to, schema, level);
  } catch (const FileError&) {
    return false;
  }
  return true;
}

void Writer::Impl::close() {
  claim.check();
  const std::uint64_t waste = file.close();
  if (!end) return;
  const std::string copied = path + ".compact";
  const bool is_copied = copy_without_waste(waste, copied);
  try {
    finish(is_copied ? copied : partial);
  } catch (const FileError&) {
    if (is_copied) std::remove(copied.c_str());
    throw;
  }
  if (is_copied) std::remove(partial.c_str());
}

/// Says in the file what came of the run, and gives it its name. The copy does not take the place
/// of the partial file first: to rename over a file has the system write the new one out at once.
void Writer::Impl::finish(const std::string& written) const {
  {
    Handle again = owned(H5Fopen(written.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), "reopen the file");
    write_tables(again.get(), end->results);
    stamp(again.get(), end->fingerprint, end->events, end->until);
    if (!again.close()) throw FileError(Failure::disk, "cannot close the file: " + hdf5_reason());
  }
  if (!force && exists(path)) {
    throw FileError(Failure::disk, "another trace of that name appeared during the run");
  }
  if (std::rename(written.c_str(), path.c_str()) != 0) {
    throw FileError(Failure::disk, "cannot rename the trace: " + std::string(std::strerror(errno)));
  }
}

void Writer::Impl::join() {
  if (!thread.joinable()) return;
  {
    const std::lock_guard lock(mutex);
    closing = true;
  }
  filled.notify_all();
  thread.join();
}

Writer::Writer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Writer::~Writer() {
  impl_->join();
}

Result<std::unique_ptr<Writer>> Writer::open(const std::string& path, const Schema& schema,
                                             Detail level, bool force, Safety safety, Turn turn) {
  const Quiet quiet;
  const std::string partial = path + ".partial";
  for (const std::string& name : {path, partial}) {
    if (is_no_plain_file(name)) {
      return fail(Failure::disk, "this is a folder or a device, which no trace replaces",
                  {name, 0, 0});
    }
  }
  if (!force && exists(path)) {
    return fail(Failure::disk, "the trace exists already; --force overwrites it", {path, 0, 0});
  }
  if (!force && exists(partial)) {
    return fail(Failure::disk,
                "a run that did not finish left this trace, or is still writing it; --force "
                "overwrites it",
                {partial, 0, 0});
  }
  const bool fresh = !exists(partial);
  try {
    auto impl = std::make_unique<Impl>(path, schema, level, force, safety, turn);
    impl->thread = std::thread([to = impl.get()] { to->work(); });
    return std::unique_ptr<Writer>(new Writer(std::move(impl)));
  } catch (const std::exception& problem) {
    if (fresh) std::remove(partial.c_str());
    return tl::unexpected<Fault>(fault_of(path, problem, Failure::disk));
  }
}

Batch Writer::spare() {
  const std::lock_guard lock(impl_->mutex);
  Batch batch;
  if (impl_->spare.empty()) return batch;
  batch = std::move(impl_->spare.back());
  impl_->spare.pop_back();
  return batch;
}

Reads Writer::reads() const {
  const auto stores = [this](Table table) { return FileWriter::stores(table, impl_->level); };
  return {stores(Table::steps), stores(Table::moves), stores(Table::ledger), true};
}

void Writer::consume(const Batch& batch) {
  if (batch.empty()) return;
  Batch queued = spare();
  const double began = cpu_now();
  queued = batch;
  queue(std::move(queued), cpu_now() - began);
}

void Writer::take(Batch& batch) {
  if (batch.empty()) return;
  Batch queued = spare();
  std::swap(batch, queued);
  queue(std::move(queued), 0);
}

bool Writer::share(const Batch& batch) {
  Impl& own = *impl_;
  if (own.turn == Turn::any_time) return false;
  {
    const std::lock_guard lock(own.mutex);
    PORTFLOW_ASSERT(!own.closing, "rows came after finish()");
    own.cost.rows += StoredBatch(batch, own.level).rows();
    if (!own.fault) own.shared = &batch;
    own.taking = own.shared != nullptr;
  }
  own.filled.notify_one();
  return true;
}

bool Writer::is_taking() const {
  return impl_->taking.load(std::memory_order_relaxed);
}

void Writer::await() {
  Impl& own = *impl_;
  std::unique_lock lock(own.mutex);
  const auto stood = std::chrono::steady_clock::now();
  own.emptied.wait(lock, [&] { return own.shared == nullptr; });
  const auto waited = std::chrono::steady_clock::now() - stood;
  own.cost.waited_seconds += std::chrono::duration<double>(waited).count();
}

void Writer::queue(Batch&& batch, double spent) {
  Impl& own = *impl_;
  const std::size_t rows = batch.rows();
  std::unique_lock lock(own.mutex);
  PORTFLOW_ASSERT(!own.closing, "rows came after finish()");
  own.cost.cpu_seconds += spent;
  own.cost.rows += StoredBatch(batch, own.level).rows();
  const auto stood = std::chrono::steady_clock::now();
  // A batch larger than the bound goes through alone rather than never.
  own.emptied.wait(lock, [&] {
    return own.fault || own.queued_rows == 0 || own.queued_rows + rows <= most_queued_rows;
  });
  const auto waited = std::chrono::steady_clock::now() - stood;
  own.cost.waited_seconds += std::chrono::duration<double>(waited).count();
  if (own.fault) return;
  own.queue.push_back(std::move(batch));
  own.queued_rows += rows;
  lock.unlock();
  own.filled.notify_one();
}

bool Writer::failed() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->fault.has_value();
}

Result<Cost> Writer::finish(const std::string& fingerprint, std::uint64_t events, SimTime until,
                            std::vector<SheetTable> results) {
  {
    const std::lock_guard lock(impl_->mutex);
    PORTFLOW_ASSERT(!impl_->closing, "finish() was called twice");
    impl_->end = Impl::End{fingerprint, events, until, std::move(results)};
  }
  impl_->join();
  if (impl_->fault) return tl::unexpected<Fault>(*impl_->fault);
  struct stat info{};
  if (::stat(impl_->path.c_str(), &info) == 0) {
    impl_->cost.bytes = static_cast<std::uint64_t>(info.st_size);
  }
  return impl_->cost;
}

}  // namespace portflow::trace

#include "trace/writer.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstring>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>

#include "core/assert.hpp"
#include "trace/file_writer.hpp"
#include "trace/schema_file.hpp"

namespace portflow::trace {
namespace {

/// A run waits when so many rows (about 40 MB) are queued; chunks are stored plain already
/// when three quarters of that are.
constexpr std::size_t most_queued_rows = 1'000'000;
constexpr std::size_t hurry_rows = most_queued_rows / 4 * 3;
constexpr std::size_t most_spare = 4;
constexpr auto flush_every = std::chrono::seconds(1);

bool exists(const std::string& path) {
  return ::access(path.c_str(), F_OK) == 0;
}

/// Whether anything but a plain file stands there, which a finished trace must not replace.
bool is_no_plain_file(const std::string& path) {
  struct stat info{};
  return ::stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode);
}

/// Says in plain words why a file cannot be made, before HDF5 says it in its own.
std::optional<std::string> cannot_create(const std::string& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (file < 0) return "cannot create the trace: " + std::string(std::strerror(errno));
  ::close(file);
  return {};
}

/// Copies what this level of detail stores; reuses what `to` has allocated.
void copy(const Batch& from, Detail level, Batch& to) {
  to.clear();
  const auto take = [level](Table table, const auto& rows, auto& target) {
    if (FileWriter::stores(table, level)) target.assign(rows.begin(), rows.end());
  };
  take(Table::born, from.born, to.born);
  take(Table::born, from.attributes, to.attributes);
  take(Table::marks, from.marks, to.marks);
  take(Table::steps, from.steps, to.steps);
  take(Table::ended, from.ended, to.ended);
  take(Table::paths, from.paths, to.paths);
  take(Table::moves, from.moves, to.moves);
  take(Table::levels, from.levels, to.levels);
  take(Table::ledger, from.ledger, to.ledger);
}

}  // namespace

struct Writer::Impl {
  struct End {
    std::string fingerprint;
    std::uint64_t events{0};
    SimTime until{};
  };

  Impl(std::string to, const Schema& schema, Detail detail, bool overwrite)
      : path(std::move(to)),
        partial(path + ".partial"),
        level(detail),
        force(overwrite),
        file(partial, schema, detail) {}

  void work();
  void write_queued();
  void close();
  void join();

  const std::string path, partial;
  const Detail level;
  const bool force;
  FileWriter file;  // used by `thread` alone once that runs

  std::mutex mutex;
  std::condition_variable filled, emptied;
  std::deque<Batch> queue;
  std::vector<Batch> spare;
  std::size_t queued_rows{0};
  bool closing{false};
  std::optional<End> end;
  std::optional<Fault> fault;
  std::thread thread;
};

/// Runs on the writer's thread from open() to the end.
void Writer::Impl::work() {
  const Quiet quiet;
  try {
    write_queued();
    close();
  } catch (const std::exception& problem) {
    Fault why = fault_of(path, problem, Failure::disk);
    file.abandon(why.kind);
    why.errors.front().message += "; what was written until then stays in '" + partial + "'";
    const std::lock_guard lock(mutex);
    fault = std::move(why);
    queue.clear();
    queued_rows = 0;
  }
  emptied.notify_all();
}

void Writer::Impl::write_queued() {
  auto flushed = std::chrono::steady_clock::now();
  bool dirty = false;
  std::unique_lock lock(mutex);
  while (true) {
    const auto ready = [this] { return closing || !queue.empty(); };
    if (!dirty) {
      filled.wait(lock, ready);
    } else {
      filled.wait_until(lock, flushed + flush_every, ready);
    }
    if (!queue.empty()) {
      Batch batch = std::move(queue.front());
      queue.pop_front();
      const bool hurry = queued_rows > hurry_rows;
      lock.unlock();
      file.append(batch, hurry);
      dirty = true;
      lock.lock();
      // Rows count as queued until they are written, so that the bound holds for all memory.
      queued_rows -= batch.rows();
      if (spare.size() < most_spare) spare.push_back(std::move(batch));
      emptied.notify_all();
    } else if (closing) {
      return;
    }
    const auto now = std::chrono::steady_clock::now();
    if (dirty && now >= flushed + flush_every) {
      lock.unlock();
      file.flush();
      lock.lock();
      dirty = false;
      flushed = std::chrono::steady_clock::now();
    }
  }
}

void Writer::Impl::close() {
  file.close();
  if (!end) return;
  {
    Handle again = owned(H5Fopen(partial.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), "reopen the file");
    stamp(again.get(), end->fingerprint, end->events, end->until);
    if (!again.close()) throw FileError(Failure::disk, "cannot close the file: " + hdf5_reason());
  }
  if (!force && exists(path)) {
    throw FileError(Failure::disk, "another trace of that name appeared during the run");
  }
  if (std::rename(partial.c_str(), path.c_str()) != 0) {
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
                                             Detail level, bool force) {
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
  if (const auto why = cannot_create(partial)) return fail(Failure::disk, *why, {path, 0, 0});
  try {
    auto impl = std::make_unique<Impl>(path, schema, level, force);
    impl->thread = std::thread([to = impl.get()] { to->work(); });
    return std::unique_ptr<Writer>(new Writer(std::move(impl)));
  } catch (const std::exception& problem) {
    std::remove(partial.c_str());
    return tl::unexpected<Fault>(fault_of(path, problem, Failure::disk));
  }
}

void Writer::consume(const Batch& batch) {
  if (batch.empty()) return;
  Impl& own = *impl_;
  std::unique_lock lock(own.mutex);
  PORTFLOW_ASSERT(!own.closing, "rows came after finish()");
  Batch queued;
  if (!own.spare.empty()) {
    queued = std::move(own.spare.back());
    own.spare.pop_back();
  }
  lock.unlock();
  copy(batch, own.level, queued);
  const std::size_t rows = queued.rows();
  lock.lock();
  // A batch larger than the bound goes through alone rather than never.
  own.emptied.wait(lock, [&] {
    return own.fault || own.queued_rows == 0 || own.queued_rows + rows <= most_queued_rows;
  });
  if (own.fault) return;
  own.queue.push_back(std::move(queued));
  own.queued_rows += rows;
  lock.unlock();
  own.filled.notify_one();
}

Result<void> Writer::finish(const std::string& fingerprint, std::uint64_t events, SimTime until) {
  {
    const std::lock_guard lock(impl_->mutex);
    PORTFLOW_ASSERT(!impl_->closing, "finish() was called twice");
    impl_->end = Impl::End{fingerprint, events, until};
  }
  impl_->join();
  if (impl_->fault) return tl::unexpected<Fault>(*impl_->fault);
  return {};
}

}  // namespace portflow::trace

#include "cli/face.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace portflow::cli {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

std::atomic<bool> asked_to_stop{false};

/// A second Ctrl-C ends the program at once.
void on_interrupt(int signal) {
  asked_to_stop.store(true);
  std::signal(signal, SIG_DFL);
}

/// A device, a pipe or a link: written to in place, since a rename would put a file there instead.
bool stays_itself(const std::string& path) {
  std::error_code error;
  const fs::file_type type = fs::symlink_status(path, error).type();
  return type != fs::file_type::not_found && type != fs::file_type::regular;
}

bool shows_progress(const Face& face) {
  return !face.quiet && isatty(STDERR_FILENO) == 1;
}

std::string span_text(double seconds) {
  const auto whole = std::lround(seconds);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

}  // namespace

CLI::App* add_command(CLI::App& app, Face& face, const std::string& name, const std::string& help,
                      const std::string& examples) {
  CLI::App* command = app.add_subcommand(name, help);
  command->footer("Examples:\n" + examples);
  command->add_flag("--quiet", face.quiet, "no progress and no remarks, results only");
  command->set_version_flag("--version", "portflow " PORTFLOW_VERSION);
  return command;
}

int complain(const Fault& fault) {
  for (const Error& error : fault.errors) fmt::print(stderr, "{}\n", error.text());
  return static_cast<int>(fault.kind);
}

void warn(const Errors& warnings) {
  for (const Error& warning : warnings) fmt::print(stderr, "warning: {}\n", warning.text());
}

std::function<bool(double)> progress(const Face& face) {
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  if (!shows_progress(face)) return [](double) { return asked_to_stop.load(); };
  const Clock::time_point start = Clock::now();
  return [start, last = start](double share) mutable {
    const Clock::time_point now = Clock::now();
    if (now - last > std::chrono::milliseconds{200} && share > 0) {
      last = now;
      const double spent = std::chrono::duration<double>(now - start).count();
      fmt::print(stderr, "\r\033[K{:3.0f} %  {} left", 100 * share,
                 span_text(spent * (1 - share) / share));
      std::fflush(stderr);
    }
    return asked_to_stop.load();
  };
}

void clear_progress(const Face& face) {
  if (shows_progress(face)) fmt::print(stderr, "\r\033[K");
}

int interrupted(std::uint32_t done, std::uint32_t wanted) {
  if (done == 0) {
    fmt::print(stderr, "interrupted: what is shown and written covers the time up to then\n");
  } else {
    fmt::print(stderr, "interrupted: what is shown and written is of {} of {} replications\n", done,
               wanted);
  }
  return static_cast<int>(Failure::limit);
}

Result<void> can_write(const std::string& path) {
  const fs::path parent = fs::path(path).parent_path();
  const fs::path folder = parent.empty() ? fs::path(".") : parent;
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    return fail(Failure::disk, fmt::format("there is no folder '{}'", folder.string()),
                {path, 0, 0});
  }
  if (fs::is_directory(path, error)) return fail(Failure::disk, "is a folder", {path, 0, 0});
  if (stays_itself(path)) return {};
  if (access(folder.c_str(), W_OK) != 0) {
    return fail(Failure::disk, std::strerror(errno), {path, 0, 0});
  }
  return {};
}

Result<void> write_text(const std::string& path, const std::string& text) {
  const bool apart = !stays_itself(path);
  const std::string to = apart ? path + ".partial" : path;
  std::error_code error;
  errno = 0;
  std::ofstream file(to, std::ios::binary);
  file << text;
  file.close();
  if (!file) {
    const std::string why = errno == 0 ? "" : fmt::format(": {}", std::strerror(errno));
    if (apart) fs::remove(to, error);
    return fail(Failure::disk, "cannot be written" + why, {path, 0, 0});
  }
  if (apart) fs::rename(to, path, error);
  if (error) return fail(Failure::disk, error.message(), {path, 0, 0});
  return {};
}

}  // namespace portflow::cli

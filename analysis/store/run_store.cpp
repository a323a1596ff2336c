#include "analysis/store/run_store.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "core/fingerprint.hpp"

namespace portflow::store {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> read_sealed(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string seal;
  if (!file || !std::getline(file, seal)) return std::nullopt;
  std::string text{std::istreambuf_iterator<char>{file}, {}};
  if (seal != to_hex(hash_of(text))) return std::nullopt;
  return text;
}

Result<void> cannot(const std::string& path, const std::string& why) {
  return fail(Failure::disk, "cannot be written: " + why, {path, 0, 0});
}

/// Written beside its place under a name of this process's own, then renamed onto it.
Result<void> write_sealed(const std::string& path, const std::string& text) {
  static std::atomic<std::uint64_t> serial{0};
  std::error_code error;
  fs::create_directories(fs::path(path).parent_path(), error);
  if (error) return cannot(path, error.message());
  const std::string aside =
      fmt::format("{}.{}-{}-{}.partial", path, host_name(), getpid(), ++serial);
  errno = 0;
  {
    std::ofstream file(aside, std::ios::binary);
    file << to_hex(hash_of(text)) << '\n' << text;
    file.close();
    if (!file) {
      const std::string why = std::strerror(errno);
      fs::remove(aside, error);
      return cannot(path, why);
    }
  }
  fs::rename(aside, path, error);
  if (error) return cannot(path, error.message());
  return {};
}

}  // namespace

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : "unknown";
}

Result<RunStore> RunStore::open(const std::string& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return fail(Failure::disk, error.message(), {folder, 0, 0});
  if (access(folder.c_str(), W_OK) != 0) {
    return fail(Failure::disk, std::strerror(errno), {folder, 0, 0});
  }
  return RunStore(folder);
}

std::string RunStore::path_of(const std::string& key, std::uint32_t replication) const {
  return fmt::format("{}/runs/{}/{:04}.json", folder_, key, replication);
}

bool RunStore::has(const std::string& key, std::uint32_t replication) const {
  std::error_code ignored;
  return fs::exists(path_of(key, replication), ignored);
}

std::optional<Record> RunStore::find(const std::string& key, std::uint32_t replication) const {
  const auto text = read_sealed(path_of(key, replication));
  if (!text) return std::nullopt;
  auto record = record_from_json(*text);
  if (!record || record->key != key || record->replication != replication) return std::nullopt;
  return std::move(*record);
}

Result<void> RunStore::keep(const Record& record) const {
  return write_sealed(path_of(record.key, record.replication), to_json(record));
}

std::optional<std::string> RunStore::text(const std::string& name) const {
  return read_sealed(folder_ + "/" + name);
}

Result<void> RunStore::keep_text(const std::string& name, const std::string& text) const {
  return write_sealed(folder_ + "/" + name, text);
}

std::optional<std::vector<spec::Leaf>> RunStore::fields_of(const std::string& key) const {
  const auto text = this->text("scenarios/" + key);
  if (!text) return std::nullopt;
  std::vector<spec::Leaf> fields;
  std::istringstream lines(*text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t tab = line.find('\t');
    if (tab != std::string::npos) fields.push_back({line.substr(0, tab), line.substr(tab + 1)});
  }
  return fields;
}

Found RunStore::look_up(const std::string& arm, const Identity& identity,
                        std::uint32_t replications) const {
  Found found;
  const auto before = text("arms/" + to_hex(hash_of(arm)));
  const bool changed = before && *before != identity.key;
  for (std::uint32_t i = 0; i < replications; ++i) {
    if (const auto record = find(identity.key, i)) {
      ++found.reused;
      if (record->failed) ++found.failed;
    } else if (changed && has(*before, i)) {
      ++found.stale;
    } else {
      ++found.fresh;
    }
  }
  if (found.stale > 0) {
    if (const auto fields = fields_of(*before))
      found.changed = differences(*fields, identity.fields);
  }
  return found;
}

Result<void> RunStore::remember_fields(const Identity& identity) const {
  const std::string name = "scenarios/" + identity.key;
  if (text(name)) return {};
  std::string lines;
  for (const spec::Leaf& leaf : identity.fields) {
    std::string text = leaf.text;
    std::ranges::replace(text, '\n', ' ');
    lines += leaf.path + "\t" + text + "\n";
  }
  return keep_text(name, lines);
}

Result<void> RunStore::remember(const std::string& arm, const Identity& identity) const {
  if (auto kept = remember_fields(identity); !kept) return kept;
  return keep_text("arms/" + to_hex(hash_of(arm)), identity.key);
}

}  // namespace portflow::store

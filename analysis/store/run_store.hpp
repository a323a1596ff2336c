/// \file run_store.hpp
/// A folder of finished runs, by what they are: `runs/KEY/0007.json`.
///
/// A file is written aside and renamed, so it is whole or not there, whenever the program was
/// killed; its first line is a hash of the rest, so that a file which a dying disk cut short counts
/// as absent. Several programs, threads and machines may use one store at once: whoever makes the
/// same run writes the same file. `arms/` remembers under which key each arm (a scenario file,
/// measures, settings) last ran, and `scenarios/` the fields of each key, so that a stale run can
/// be told from a new one and the field that made it so can be named.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/store/identity.hpp"
#include "analysis/store/record.hpp"
#include "core/error.hpp"

namespace portflow::store {

/// What an arm finds in the store before it runs.
struct Found {
  std::uint32_t reused{0};           ///< runs that are there, failed ones too
  std::uint32_t fresh{0};            ///< to be made, never made before
  std::uint32_t stale{0};            ///< to be made again: there is one of another identity
  std::uint32_t failed{0};           ///< of those reused
  std::vector<std::string> changed;  ///< why runs are stale, one field each
};

class RunStore {
 public:
  /// Makes the folder where there is none. \returns a disk fault where that cannot be.
  [[nodiscard]] static Result<RunStore> open(const std::string& folder);

  [[nodiscard]] const std::string& folder() const noexcept { return folder_; }

  /// The finished run, or nothing: absent, or damaged.
  [[nodiscard]] std::optional<Record> find(const std::string& key, std::uint32_t replication) const;
  [[nodiscard]] bool has(const std::string& key, std::uint32_t replication) const;
  [[nodiscard]] Result<void> keep(const Record& record) const;

  /// Any other text under a name of its own, as whole or absent as a run.
  [[nodiscard]] std::optional<std::string> text(const std::string& name) const;
  [[nodiscard]] Result<void> keep_text(const std::string& name, const std::string& text) const;

  /// Compares what is there with what is asked: replications 0 to `replications` - 1 of an arm.
  /// \param arm  what names the arm for its user: the same words, the same arm
  [[nodiscard]] Found look_up(const std::string& arm, const Identity& identity,
                              std::uint32_t replications) const;
  /// The fields of a key that was remembered.
  [[nodiscard]] std::optional<std::vector<spec::Leaf>> fields_of(const std::string& key) const;

  /// Remembers the fields behind a key.
  [[nodiscard]] Result<void> remember_fields(const Identity& identity) const;

  /// Remembers that `arm` now means `identity`.
  [[nodiscard]] Result<void> remember(const std::string& arm, const Identity& identity) const;

 private:
  explicit RunStore(std::string folder) : folder_(std::move(folder)) {}
  [[nodiscard]] std::string path_of(const std::string& key, std::uint32_t replication) const;

  std::string folder_;
};

/// Name of this machine.
[[nodiscard]] std::string host_name();

}  // namespace portflow::store

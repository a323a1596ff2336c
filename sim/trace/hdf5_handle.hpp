/// \file hdf5_handle.hpp
/// HDF5 identifiers that close themselves, and its failures as one exception.
///
/// FileError never leaves sim/trace: writer and reader turn it into a Fault at their edge.
#pragma once

#include <hdf5.h>

#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.hpp"

namespace portflow::trace {

/// Why a file could not be written or read.
class FileError : public std::runtime_error {
 public:
  FileError(Failure kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}
  [[nodiscard]] Failure kind() const noexcept { return kind_; }

 private:
  Failure kind_;
};

/// What was thrown, as the Fault that leaves sim/trace; `otherwise` is its kind where the
/// exception has none of its own.
[[nodiscard]] Fault fault_of(const std::string& path, const std::exception& problem,
                             Failure otherwise);

/// Keeps HDF5 from printing its error stack while it lives, for the thread that made it.
class Quiet {
 public:
  Quiet();
  ~Quiet();
  Quiet(const Quiet&) = delete;
  Quiet& operator=(const Quiet&) = delete;

 private:
  H5E_auto2_t print_{nullptr};
  void* stream_{nullptr};
};

/// The deepest reason on HDF5's error stack, in its own words; empty where there is none.
[[nodiscard]] std::string hdf5_reason();

/// Owns an identifier of any kind: file, group, dataset, space, type, property list.
class Handle {
 public:
  Handle() = default;
  explicit Handle(hid_t id) : id_(id) {}
  ~Handle() { close(); }
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, H5I_INVALID_HID)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    return *this;
  }
  [[nodiscard]] hid_t get() const noexcept { return id_; }
  [[nodiscard]] explicit operator bool() const noexcept { return id_ >= 0; }
  /// Closes now. \returns false where HDF5 could not (a file on a full disk).
  bool close() noexcept;

 private:
  hid_t id_{H5I_INVALID_HID};
};

/// The identifier, or a FileError that says what was being done and why it failed.
[[nodiscard]] Handle owned(hid_t id, std::string_view doing, Failure kind = Failure::disk);
void must(herr_t status, std::string_view doing, Failure kind = Failure::disk);

/// Attributes. A text is stored as a UTF-8 string of fixed length (at least `room` bytes), so
/// that it can be overwritten in place and read without trusting the file's heaps.
void put_text(hid_t where, const char* name, std::string_view text, std::size_t room = 0);
void put_texts(hid_t where, const char* name, std::span<const std::string> texts);
void put_number(hid_t where, const char* name, std::int64_t value);
void put_number(hid_t where, const char* name, std::uint64_t value);

/// Empty where there is no such attribute of that kind.
[[nodiscard]] std::optional<std::string> text_attribute(hid_t where, const char* name);
[[nodiscard]] std::optional<std::int64_t> signed_attribute(hid_t where, const char* name);
[[nodiscard]] std::optional<std::uint64_t> unsigned_attribute(hid_t where, const char* name);

/// A creation list (H5P_GROUP_CREATE, H5P_DATASET_CREATE, ...) whose objects do not bear the
/// wall clock, so that equal runs give equal bytes.
[[nodiscard]] Handle timeless(hid_t kind);
/// A new file of HDF5's version 1.10, whose metadata bear checksums and which others may read
/// while it is written. \throws FileError (disk)
[[nodiscard]] Handle create_file(const std::string& path);
[[nodiscard]] Handle make_group(hid_t file, const std::string& path, std::string_view definition);

/// Datasets of text: one string, or a list of strings of equal room.
void write_text(hid_t file, const std::string& path, std::string_view text,
                std::string_view definition);
void write_texts(hid_t file, const std::string& path, std::span<const std::string> texts,
                 std::string_view definition);
/// \throws FileError (input) where it is missing, no string, or larger than `limit` bytes.
[[nodiscard]] std::string read_text(hid_t file, const std::string& path, std::uint64_t limit);

}  // namespace portflow::trace

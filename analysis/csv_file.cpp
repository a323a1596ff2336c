#include "analysis/csv_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iterator>

namespace portflow::analysis {
namespace {

constexpr std::size_t buffer_bytes = std::size_t{1} << 18U;

}  // namespace

CsvFile::CsvFile(std::string path, std::initializer_list<std::string_view> heading)
    : path_(std::move(path)), file_(path_ + ".partial", std::ios::binary) {
  for (const std::string_view name : heading) text(name);
  end_row();
  rows_ = 0;
}

CsvFile::~CsvFile() {
  if (kept_) return;
  file_.close();
  std::error_code ignored;
  std::filesystem::remove(path_ + ".partial", ignored);
}

void CsvFile::separate() {
  if (in_row_) buffer_ += ',';
  in_row_ = true;
}

CsvFile& CsvFile::text(std::string_view field) {
  separate();
  if (field.find_first_of(",\"\r\n") == std::string_view::npos) {
    buffer_ += field;
    return *this;
  }
  buffer_ += '"';
  for (const char c : field) {
    if (c == '"') buffer_ += '"';
    buffer_ += c;
  }
  buffer_ += '"';
  return *this;
}

CsvFile& CsvFile::count(std::uint64_t number) {
  separate();
  fmt::format_to(std::back_inserter(buffer_), "{}", number);
  return *this;
}

CsvFile& CsvFile::real(double number) {
  separate();
  fmt::format_to(std::back_inserter(buffer_), "{}", number);
  return *this;
}

CsvFile& CsvFile::time(SimTime at) {
  separate();
  const std::string text = to_text(at);
  buffer_ += text;
  // All instants of a column alike, since some readers take the first for the format of all.
  if (text.find('.') == std::string::npos) buffer_ += ".000";
  return *this;
}

CsvFile& CsvFile::seconds(Duration lasts) {
  separate();
  const std::int64_t ms = lasts.count();
  const std::uint64_t size =
      ms < 0 ? 0 - static_cast<std::uint64_t>(ms) : static_cast<std::uint64_t>(ms);
  fmt::format_to(std::back_inserter(buffer_), "{}{}.{:03}", ms < 0 ? "-" : "", size / 1000,
                 size % 1000);
  return *this;
}

CsvFile& CsvFile::nothing() {
  separate();
  return *this;
}

void CsvFile::end_row() {
  buffer_ += '\n';
  in_row_ = false;
  ++rows_;
  if (buffer_.size() < buffer_bytes) return;
  file_ << buffer_;
  buffer_.clear();
}

Result<void> CsvFile::finish() {
  errno = 0;
  file_ << buffer_;
  buffer_.clear();
  file_.close();
  if (file_) return {};
  const std::string why = errno == 0 ? "" : fmt::format(": {}", std::strerror(errno));
  return fail(Failure::disk, "cannot be written" + why, {path_, 0, 0});
}

Result<void> CsvFile::keep() {
  std::error_code error;
  std::filesystem::rename(path_ + ".partial", path_, error);
  if (error) return fail(Failure::disk, error.message(), {path_, 0, 0});
  kept_ = true;
  return {};
}

}  // namespace portflow::analysis

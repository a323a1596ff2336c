/// \file csv_file.hpp
/// One table as a CSV file: a heading, then rows, quoted where RFC 4180 asks for it.
#pragma once

#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "core/time.hpp"

namespace portflow::analysis {

/// Written as PATH.partial; keep() gives it its name, else it goes with the object.
class CsvFile {
 public:
  /// Opens PATH.partial and writes the heading. Trouble shows at keep().
  CsvFile(std::string path, std::initializer_list<std::string_view> heading);
  ~CsvFile();
  CsvFile(const CsvFile&) = delete;
  CsvFile& operator=(const CsvFile&) = delete;

  /// Appends a field to the row.
  CsvFile& text(std::string_view field);
  CsvFile& count(std::uint64_t number);
  CsvFile& real(double number);      ///< the shortest text that reads back to it
  CsvFile& time(SimTime at);         ///< `2023-03-06 04:12:50.123`
  CsvFile& seconds(Duration lasts);  ///< `12.345`, exact
  CsvFile& nothing();
  void end_row();

  [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }
  [[nodiscard]] const std::string& path() const noexcept { return path_; }

  /// Writes what is left. \returns a disk fault.
  [[nodiscard]] Result<void> finish();
  /// Renames it to PATH, whatever is there. \pre finish() went well. \returns a disk fault.
  [[nodiscard]] Result<void> keep();

 private:
  void separate();

  std::string path_;
  std::ofstream file_;
  std::string buffer_;
  bool in_row_{false};
  bool kept_{false};
  std::uint64_t rows_{0};
};

}  // namespace portflow::analysis

/// \file sheet_file.hpp
/// Tables of results (sheet.hpp) in an open file.
#pragma once

#include <span>

#include "trace/hdf5_handle.hpp"
#include "trace/sheet.hpp"

namespace portflow::trace {

/// Writes a dataset for each column. \throws FileError (disk)
void write_columns(hid_t where, std::span<const SheetColumn> columns);

/// Makes a group for each table, with its columns. \throws FileError (disk)
void write_tables(hid_t file, std::span<const SheetTable> tables);

}  // namespace portflow::trace

#include "trace/sheet.hpp"

#include <filesystem>

#include "trace/sheet_file.hpp"

namespace portflow::trace {
namespace {

template <class T>
void write_numbers(hid_t file, const SheetColumn& column, const std::vector<T>& values,
                   hid_t type) {
  const hsize_t count = values.size();
  const Handle space = owned(H5Screate_simple(1, &count, nullptr), "make a space");
  const Handle list = timeless(H5P_DATASET_CREATE);
  const Handle set = owned(H5Dcreate2(file, column.name.c_str(), type, space.get(), H5P_DEFAULT,
                                      list.get(), H5P_DEFAULT),
                           "create " + column.name);
  if (!values.empty()) {
    must(H5Dwrite(set.get(), type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
         "write " + column.name);
  }
  put_text(set.get(), "unit", column.unit);
  put_text(set.get(), "definition", column.definition);
}

void write_column(hid_t file, const SheetColumn& column) {
  if (const auto* numbers = std::get_if<std::vector<double>>(&column.values)) {
    write_numbers(file, column, *numbers, H5T_NATIVE_DOUBLE);
  } else if (const auto* instants = std::get_if<std::vector<std::int64_t>>(&column.values)) {
    write_numbers(file, column, *instants, H5T_NATIVE_INT64);
  } else if (const auto* counts = std::get_if<std::vector<std::uint64_t>>(&column.values)) {
    write_numbers(file, column, *counts, H5T_NATIVE_UINT64);
  } else {
    write_texts(file, column.name, std::get<std::vector<std::string>>(column.values),
                column.definition);
  }
}

}  // namespace

void write_columns(hid_t where, std::span<const SheetColumn> columns) {
  for (const SheetColumn& column : columns) write_column(where, column);
}

void write_tables(hid_t file, std::span<const SheetTable> tables) {
  for (const SheetTable& table : tables) {
    const Handle group = make_group(file, table.path, table.definition);
    write_columns(group.get(), table.columns);
  }
}

Result<void> write_sheet(const std::string& path,
                         const std::vector<std::pair<std::string, std::string>>& attributes,
                         const std::vector<SheetColumn>& columns) {
  const std::string aside = path + ".partial";
  try {
    const Quiet quiet;
    Handle file =
        owned(H5Fcreate(aside.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), "create the file");
    for (const auto& [name, text] : attributes) put_text(file.get(), name.c_str(), text);
    write_columns(file.get(), columns);
    if (!file.close()) throw FileError(Failure::disk, "cannot be closed");
  } catch (const std::exception& problem) {
    return tl::unexpected(fault_of(path, problem, Failure::disk));
  }
  std::error_code error;
  std::filesystem::rename(aside, path, error);
  if (error) return fail(Failure::disk, error.message(), {path, 0, 0});
  return {};
}

}  // namespace portflow::trace

#include <algorithm>

#include "trace/identities.hpp"
#include "trace/table_file.hpp"
#include "trace/table_type.hpp"

namespace portflow::trace {
namespace {

/// Larger chunks in a repacked file would make HDF5 set aside absurd memory.
constexpr hsize_t most_chunk_rows = hsize_t{1} << 24U;

[[noreturn]] void damaged(const std::string& what) {
  throw FileError(Failure::input, what);
}

H5Z_filter_t filter(hid_t list, unsigned index) {
  unsigned flags = 0;
  unsigned config = 0;
  std::size_t values = 0;
  return H5Pget_filter2(list, index, &flags, &values, nullptr, 0, nullptr, &config);
}

}  // namespace

TableReader::TableReader(hid_t file, Layout layout, const Schema& schema, bool whole)
    : layout_(std::move(layout)) {
  for (std::size_t i = 0; i < layout_.columns.size(); ++i) {
    const Column& column = layout_.columns[i];
    sets_.push_back(open(file, column, schema));
    const std::uint64_t rows = rows_in(sets_.back(), column, whole);
    if (whole && i > 0 && rows != rows_) {
      damaged("damaged: " + layout_.path + "/" + column.name + " has " + std::to_string(rows) +
              " rows, other columns " + std::to_string(rows_));
    }
    rows_ = i == 0 ? rows : std::min(rows_, rows);
    bytes_ += H5Dget_storage_size(sets_.back().dataset.get());
  }
}

TableReader::Set TableReader::open(hid_t file, const Column& column, const Schema& schema) const {
  const std::string path = layout_.path + "/" + column.name;
  Set set;
  set.dataset = owned(H5Dopen2(file, path.c_str(), H5P_DEFAULT), "open " + path, Failure::input);
  const Handle type =
      owned(H5Dget_type(set.dataset.get()), "read the type of " + path, Failure::input);
  const Handle space =
      owned(H5Dget_space(set.dataset.get()), "read the size of " + path, Failure::input);
  if (H5Tequal(type.get(), file_type(column.cell)) <= 0 ||
      H5Sget_simple_extent_ndims(space.get()) != 1) {
    damaged(path + " is not a column of " + std::string(name_of(column.cell)));
  }
  const Handle list =
      owned(H5Dget_create_plist(set.dataset.get()), "read the layout of " + path, Failure::input);
  if (H5Pget_layout(list.get()) == H5D_CHUNKED) {
    hsize_t rows = 0;
    if (H5Pget_chunk(list.get(), 1, &rows) != 1 || rows == 0 || rows > most_chunk_rows) {
      damaged(path + " has chunks of an absurd size");
    }
    set.direct = rows == chunk_rows && H5Pget_nfilters(list.get()) == 2 &&
                 filter(list.get(), 0) == H5Z_FILTER_SHUFFLE &&
                 filter(list.get(), 1) == H5Z_FILTER_DEFLATE;
  }
  const auto names = names_of(column, schema);
  set.coded = names.has_value();
  set.codes = names.value_or(0);
  return set;
}

std::uint64_t TableReader::rows_in(const Set& set, const Column& column, bool whole) const {
  const std::string path = layout_.path + "/" + column.name;
  const Handle space =
      owned(H5Dget_space(set.dataset.get()), "read the size of " + path, Failure::input);
  hsize_t extent = 0;
  H5Sget_simple_extent_dims(space.get(), &extent, nullptr);
  if (!set.direct) {
    // Repacked by another tool. No filter of HDF5's own shrinks more than deflate's 1,032 to 1.
    const std::uint64_t stored = H5Dget_storage_size(set.dataset.get());
    if (extent / 1032 > stored) damaged(path + " claims more rows than it can hold");
    return extent;
  }
  hsize_t chunks = 0;
  if (H5Dget_num_chunks(set.dataset.get(), space.get(), &chunks) < 0) {
    damaged("damaged: the index of " + path + " cannot be read");
  }
  if (extent <= chunks * chunk_rows && (chunks == 0 || extent > (chunks - 1) * chunk_rows)) {
    return extent;
  }
  if (whole) damaged("damaged: " + path + " misses chunks");
  // The extent runs ahead of the chunks, or the other way round.
  return std::min<std::uint64_t>(extent, chunks * chunk_rows);
}

std::size_t TableReader::read(std::uint64_t chunk, void* rows, Unpacker& unpacker,
                              std::size_t columns) const {
  const std::uint64_t first = chunk * chunk_rows;
  if (first >= rows_) return 0;
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(chunk_rows, rows_ - first));
  auto* const to = static_cast<std::byte*>(rows);
  columns = std::min(columns, sets_.size());
  NumberColumns numbers(columns);
  for (std::size_t i = 0; i < columns; ++i) {
    const Column& column = layout_.columns[i];
    if (column.is_entity) {
      numbers[i].resize(count);
      read_column(i, first, count, reinterpret_cast<std::byte*>(numbers[i].data()),
                  sizeof(std::uint32_t), unpacker);
    } else {
      read_column(i, first, count, to + column.offset, layout_.stride, unpacker);
    }
  }
  from_stored(layout_, columns, to, count, numbers);
  for (std::size_t i = 0; i < columns; ++i) {
    if (layout_.columns[i].is_entity) name_entities(i, numbers[i], to);
  }
  return count;
}

void TableReader::name_entities(std::size_t index, std::span<const std::uint32_t> numbers,
                                std::byte* rows) const {
  const std::span<const EntityId> known =
      identities_ == nullptr ? std::span<const EntityId>{} : std::span(*identities_);
  const std::string path = layout_.path + "/" + layout_.columns[index].name;
  std::byte* to = rows + layout_.columns[index].offset;
  for (const std::uint32_t number : numbers) {
    const EntityId id = named(number, known, path);
    std::memcpy(to, &id, sizeof id);
    to += layout_.stride;
  }
}

void TableReader::read_column(std::size_t index, std::uint64_t first, std::size_t count,
                              std::byte* to, std::size_t stride, Unpacker& unpacker) const {
  const Set& set = sets_[index];
  const Column& column = layout_.columns[index];
  const std::size_t size = size_of(column.cell);
  const auto fault = [&](const std::string& why) {
    damaged("damaged: rows " + std::to_string(first) + " and on of " + layout_.path + "/" +
            column.name + " " + why);
  };
  const hsize_t offset = first;
  if (set.direct) {
    hsize_t stored = 0;
    std::uint32_t mask = 0;
    // Neither deflate nor our writer makes a chunk larger than this.
    const std::size_t most = chunk_rows * size + 4096;
    if (H5Dget_chunk_storage_size(set.dataset.get(), &offset, &stored) < 0 || stored == 0 ||
        stored > most) {
      fault("are missing");
    }
    std::vector<std::byte> bytes(static_cast<std::size_t>(stored));
    if (H5Dread_chunk(set.dataset.get(), H5P_DEFAULT, &offset, &mask, bytes.data()) < 0) {
      fault("cannot be read: " + hdf5_reason());
    }
    if (!unpacker.unpack(bytes, mask, size, count, to, stride)) {
      fault("cannot be unpacked");
    }
  } else {
    std::vector<std::byte> values(count * size);
    const hsize_t length = count;
    const Handle from = owned(H5Dget_space(set.dataset.get()), "select rows", Failure::input);
    const Handle taken =
        owned(H5Screate_simple(1, &length, nullptr), "select rows", Failure::input);
    if (H5Sselect_hyperslab(from.get(), H5S_SELECT_SET, &offset, nullptr, &length, nullptr) < 0 ||
        H5Dread(set.dataset.get(), file_type(column.cell), taken.get(), from.get(), H5P_DEFAULT,
                values.data()) < 0) {
      fault("cannot be read");
    }
    for (std::size_t i = 0; i < count; ++i) {
      std::memcpy(to + i * stride, values.data() + i * size, size);
    }
  }
  if (!set.coded) return;
  if (const auto code = stray_code(column.cell, stride, to, count, set.codes)) {
    fault("hold code " + std::to_string(*code) + ", which has no name");
  }
}

}  // namespace portflow::trace

#include "trace/checkpoint.hpp"

#include <algorithm>
#include <array>

namespace portflow::trace {
namespace {

constexpr const char* path = "/checkpoint";
constexpr hsize_t slots = 2;
constexpr std::size_t around = 3;  // number and instant before the rows, number again after

std::vector<std::string> names_of(const std::vector<std::string>& tables) {
  std::vector<std::string> names{"number", "sealed [ms]"};
  names.insert(names.end(), tables.begin(), tables.end());
  names.emplace_back("number");
  return names;
}

std::uint64_t bits_of(SimTime at) {
  return static_cast<std::uint64_t>(at.time_since_epoch().count());
}

}  // namespace

Checkpoints::Checkpoints(hid_t file, const std::vector<std::string>& tables, SimTime from)
    : width_(tables.size() + around) {
  const std::array<hsize_t, 2> size{slots, width_};
  const Handle space = owned(H5Screate_simple(2, size.data(), nullptr), "make a space");
  const Handle list = timeless(H5P_DATASET_CREATE);
  must(H5Pset_alloc_time(list.get(), H5D_ALLOC_TIME_EARLY), "set the time of allocation");
  dataset_ = owned(
      H5Dcreate2(file, path, H5T_STD_U64LE, space.get(), H5P_DEFAULT, list.get(), H5P_DEFAULT),
      "create " + std::string(path));
  put_text(dataset_.get(), "unit", "count");
  put_text(dataset_.get(), "definition",
           "rows of each table that are whole and belong together: the slot with the greater "
           "number that stands at both its ends");
  put_texts(dataset_.get(), "columns", names_of(tables));
  const std::vector<std::uint64_t> none(tables.size(), 0);
  close(from, none);
}

void Checkpoints::note(SimTime sealed, std::span<const std::uint64_t> rows) {
  ++number_;
  write(number_ % slots, number_, sealed, rows);
}

void Checkpoints::close(SimTime sealed, std::span<const std::uint64_t> rows) {
  for (hsize_t slot = 0; slot < slots; ++slot) write(slot, 1, sealed, rows);
  number_ = 1;
}

void Checkpoints::write(hsize_t slot, std::uint64_t number, SimTime sealed,
                        std::span<const std::uint64_t> rows) {
  std::vector<std::uint64_t> values{number, bits_of(sealed)};
  values.insert(values.end(), rows.begin(), rows.end());
  values.push_back(number);
  const std::array<hsize_t, 2> start{slot, 0};
  const std::array<hsize_t, 2> count{1, width_};
  const Handle to = owned(H5Dget_space(dataset_.get()), "select a slot");
  const Handle from = owned(H5Screate_simple(2, count.data(), nullptr), "select a slot");
  must(H5Sselect_hyperslab(to.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr),
       "select a slot");
  must(
      H5Dwrite(dataset_.get(), H5T_NATIVE_UINT64, from.get(), to.get(), H5P_DEFAULT, values.data()),
      "write " + std::string(path));
}

std::optional<Checkpoint> newest_checkpoint(hid_t file, const std::vector<std::string>& tables) {
  if (H5Lexists(file, path, H5P_DEFAULT) <= 0) return {};
  const Handle dataset(H5Dopen2(file, path, H5P_DEFAULT));
  if (!dataset) return {};
  const Handle space(H5Dget_space(dataset.get()));
  const std::size_t width = tables.size() + around;
  std::array<hsize_t, 2> size{};
  if (!space || H5Sget_simple_extent_ndims(space.get()) != 2 ||
      H5Sget_simple_extent_dims(space.get(), size.data(), nullptr) != 2 || size[0] != slots ||
      size[1] != width) {
    return {};
  }
  std::vector<std::uint64_t> values(slots * width);
  if (H5Dread(dataset.get(), H5T_NATIVE_UINT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) < 0) {
    return {};
  }
  std::optional<Checkpoint> newest;
  for (std::size_t slot = 0; slot < slots; ++slot) {
    const std::span<const std::uint64_t> row = std::span(values).subspan(slot * width, width);
    if (row.front() == 0 || row.front() != row.back()) continue;
    if (newest && newest->number >= row.front()) continue;
    newest = Checkpoint{row[0],
                        SimTime{Duration{static_cast<std::int64_t>(row[1])}},
                        {row.begin() + 2, row.end() - 1}};
  }
  return newest;
}

}  // namespace portflow::trace

#include "trace/hdf5_handle.hpp"

#include <algorithm>
#include <cstring>
#include <new>

namespace portflow::trace {
namespace {

Handle text_type(std::size_t size) {
  Handle type = owned(H5Tcopy(H5T_C_S1), "make a string type");
  must(H5Tset_size(type.get(), std::max<std::size_t>(size, 1)), "size a string type");
  must(H5Tset_strpad(type.get(), H5T_STR_NULLPAD), "pad a string type");
  must(H5Tset_cset(type.get(), H5T_CSET_UTF8), "make a string type UTF-8");
  return type;
}

/// Strings side by side, each filled up with zeros to the room of the longest.
std::string side_by_side(std::span<const std::string> texts, std::size_t room) {
  std::string block(std::max<std::size_t>(room * texts.size(), 1), '\0');
  for (std::size_t i = 0; i < texts.size(); ++i) {
    std::memcpy(block.data() + i * room, texts[i].data(), texts[i].size());
  }
  return block;
}

std::size_t longest(std::span<const std::string> texts) {
  std::size_t room = 1;
  for (const std::string& text : texts) room = std::max(room, text.size());
  return room;
}

void put(hid_t where, const char* name, hid_t type, hid_t space, const void* data) {
  const std::string doing = std::string("write attribute ") + name;
  Handle attribute(H5Aexists(where, name) > 0
                       ? H5Aopen(where, name, H5P_DEFAULT)
                       : H5Acreate2(where, name, type, space, H5P_DEFAULT, H5P_DEFAULT));
  if (!attribute) throw FileError(Failure::disk, "cannot " + doing + ": " + hdf5_reason());
  must(H5Awrite(attribute.get(), type, data), doing);
}

template <class T>
std::optional<T> number(hid_t where, const char* name, hid_t type) {
  if (H5Aexists(where, name) <= 0) return {};
  const Handle attribute(H5Aopen(where, name, H5P_DEFAULT));
  if (!attribute) return {};
  const Handle stored(H5Aget_type(attribute.get()));
  const Handle space(H5Aget_space(attribute.get()));
  if (!stored || !space || H5Tget_class(stored.get()) != H5T_INTEGER ||
      H5Sget_simple_extent_npoints(space.get()) != 1) {
    return {};
  }
  T value{};
  if (H5Aread(attribute.get(), type, &value) < 0) return {};
  return value;
}

void cut_padding(std::string& text) {
  text.resize(text.find_last_not_of('\0') + 1);
}

bool is_fixed_text(hid_t type) {
  return H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) == 0;
}

}  // namespace

Fault fault_of(const std::string& path, const std::exception& problem, Failure otherwise) {
  Error error;
  error.place.file = path;
  error.message = problem.what();
  Fault fault{otherwise, {}};
  if (const auto* known = dynamic_cast<const FileError*>(&problem)) {
    fault.kind = known->kind();
  } else if (dynamic_cast<const std::bad_alloc*>(&problem) != nullptr ||
             dynamic_cast<const std::length_error*>(&problem) != nullptr) {
    fault.kind = Failure::limit;
    error.message = "the trace does not fit into memory";
  }
  fault.errors.push_back(std::move(error));
  return fault;
}

Quiet::Quiet() {
  // All that we open we close; after a damaged file the library's own clean-up at exit would
  // only print that it cannot.
  [[maybe_unused]] static const herr_t once = H5dont_atexit();
  H5Eget_auto2(H5E_DEFAULT, &print_, &stream_);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

Quiet::~Quiet() {
  H5Eset_auto2(H5E_DEFAULT, print_, stream_);
}

std::string hdf5_reason() {
  std::string reason;
  H5Ewalk2(
      H5E_DEFAULT, H5E_WALK_UPWARD,
      [](unsigned, const H5E_error2_t* error, void* to) -> herr_t {
        auto& text = *static_cast<std::string*>(to);
        if (text.empty() && error->desc != nullptr) text = error->desc;
        return 0;
      },
      &reason);
  return reason;
}

bool Handle::close() noexcept {
  const hid_t id = std::exchange(id_, H5I_INVALID_HID);
  if (id < 0) return true;
  switch (H5Iget_type(id)) {
    case H5I_FILE:
      return H5Fclose(id) >= 0;
    case H5I_GROUP:
      return H5Gclose(id) >= 0;
    case H5I_DATASET:
      return H5Dclose(id) >= 0;
    case H5I_DATASPACE:
      return H5Sclose(id) >= 0;
    case H5I_DATATYPE:
      return H5Tclose(id) >= 0;
    case H5I_ATTR:
      return H5Aclose(id) >= 0;
    case H5I_GENPROP_LST:
      return H5Pclose(id) >= 0;
    default:
      return false;
  }
}

Handle owned(hid_t id, std::string_view doing, Failure kind) {
  if (id < 0) throw FileError(kind, "cannot " + std::string(doing) + ": " + hdf5_reason());
  return Handle(id);
}

void must(herr_t status, std::string_view doing, Failure kind) {
  if (status < 0) throw FileError(kind, "cannot " + std::string(doing) + ": " + hdf5_reason());
}

void put_text(hid_t where, const char* name, std::string_view text, std::size_t room) {
  room = std::max({room, text.size(), std::size_t{1}});
  std::string padded(text);
  padded.resize(room);
  const Handle type = text_type(room);
  const Handle space = owned(H5Screate(H5S_SCALAR), "make a space");
  put(where, name, type.get(), space.get(), padded.data());
}

void put_texts(hid_t where, const char* name, std::span<const std::string> texts) {
  const std::size_t room = longest(texts);
  const hsize_t count = texts.size();
  const Handle type = text_type(room);
  const Handle space = owned(H5Screate_simple(1, &count, nullptr), "make a space");
  put(where, name, type.get(), space.get(), side_by_side(texts, room).data());
}

void put_number(hid_t where, const char* name, std::int64_t value) {
  const Handle space = owned(H5Screate(H5S_SCALAR), "make a space");
  put(where, name, H5T_STD_I64LE, space.get(), &value);
}

void put_number(hid_t where, const char* name, std::uint64_t value) {
  const Handle space = owned(H5Screate(H5S_SCALAR), "make a space");
  put(where, name, H5T_STD_U64LE, space.get(), &value);
}

std::optional<std::string> text_attribute(hid_t where, const char* name) {
  if (H5Aexists(where, name) <= 0) return {};
  const Handle attribute(H5Aopen(where, name, H5P_DEFAULT));
  if (!attribute) return {};
  const Handle type(H5Aget_type(attribute.get()));
  const Handle space(H5Aget_space(attribute.get()));
  if (!type || !space || !is_fixed_text(type.get()) ||
      H5Sget_simple_extent_npoints(space.get()) != 1 ||
      H5Tget_size(type.get()) != H5Aget_storage_size(attribute.get())) {
    return {};
  }
  std::string text(H5Tget_size(type.get()), '\0');
  if (H5Aread(attribute.get(), type.get(), text.data()) < 0) return {};
  cut_padding(text);
  return text;
}

std::optional<std::int64_t> signed_attribute(hid_t where, const char* name) {
  return number<std::int64_t>(where, name, H5T_NATIVE_INT64);
}

std::optional<std::uint64_t> unsigned_attribute(hid_t where, const char* name) {
  return number<std::uint64_t>(where, name, H5T_NATIVE_UINT64);
}

Handle create_file(const std::string& path) {
  const Handle access = owned(H5Pcreate(H5P_FILE_ACCESS), "describe the file");
  // Version 1.10 has checksums in its metadata and lets others read while we write.
  must(H5Pset_libver_bounds(access.get(), H5F_LIBVER_V110, H5F_LIBVER_V110), "choose a version");
  must(H5Pset_fclose_degree(access.get(), H5F_CLOSE_STRONG), "describe the file");
  const Handle creation = timeless(H5P_FILE_CREATE);
  return owned(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation.get(), access.get()),
               "create '" + path + "'");
}

Handle timeless(hid_t kind) {
  Handle list = owned(H5Pcreate(kind), "make a creation list");
  must(H5Pset_obj_track_times(list.get(), false), "leave out the wall clock");
  return list;
}

Handle make_group(hid_t file, const std::string& path, std::string_view definition) {
  const Handle list = timeless(H5P_GROUP_CREATE);
  Handle group =
      owned(H5Gcreate2(file, path.c_str(), H5P_DEFAULT, list.get(), H5P_DEFAULT), "create " + path);
  put_text(group.get(), "definition", definition);
  return group;
}

void write_text(hid_t file, const std::string& path, std::string_view text,
                std::string_view definition) {
  const Handle type = text_type(text.size());
  const Handle space = owned(H5Screate(H5S_SCALAR), "make a space");
  const Handle list = timeless(H5P_DATASET_CREATE);
  const Handle set = owned(
      H5Dcreate2(file, path.c_str(), type.get(), space.get(), H5P_DEFAULT, list.get(), H5P_DEFAULT),
      "create " + path);
  const std::string bytes = text.empty() ? std::string(1, '\0') : std::string(text);
  must(H5Dwrite(set.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data()),
       "write " + path);
  put_text(set.get(), "definition", definition);
}

void write_texts(hid_t file, const std::string& path, std::span<const std::string> texts,
                 std::string_view definition) {
  const std::size_t room = longest(texts);
  const hsize_t count = texts.size();
  const Handle type = text_type(room);
  const Handle space = owned(H5Screate_simple(1, &count, nullptr), "make a space");
  const Handle list = timeless(H5P_DATASET_CREATE);
  const Handle set = owned(
      H5Dcreate2(file, path.c_str(), type.get(), space.get(), H5P_DEFAULT, list.get(), H5P_DEFAULT),
      "create " + path);
  if (!texts.empty()) {
    must(H5Dwrite(set.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT,
                  side_by_side(texts, room).data()),
         "write " + path);
  }
  put_text(set.get(), "definition", definition);
}

std::string read_text(hid_t file, const std::string& path, std::uint64_t limit) {
  const Handle set =
      owned(H5Dopen2(file, path.c_str(), H5P_DEFAULT), "open " + path, Failure::input);
  const Handle type = owned(H5Dget_type(set.get()), "read the type of " + path, Failure::input);
  const Handle space = owned(H5Dget_space(set.get()), "read the size of " + path, Failure::input);
  const std::size_t size = H5Tget_size(type.get());
  if (!is_fixed_text(type.get()) || H5Sget_simple_extent_npoints(space.get()) != 1 || size == 0 ||
      size > limit) {
    throw FileError(Failure::input,
                    path + " is not one string of at most " + std::to_string(limit) + " bytes");
  }
  std::string text(size, '\0');
  must(H5Dread(set.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, text.data()), "read " + path,
       Failure::input);
  cut_padding(text);
  return text;
}

}  // namespace portflow::trace

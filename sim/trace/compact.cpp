#include "trace/compact.hpp"

#include <cstdio>

#include "trace/hdf5_handle.hpp"
#include "trace/schema_file.hpp"

namespace portflow::trace {
namespace {

/// Whatever the new file lacks at its top: the tables. \returns 0 to go on, as H5Literate asks.
herr_t copy_one(hid_t from, const char* name, const H5L_info_t* /*info*/, void* target) {
  const hid_t to = *static_cast<const hid_t*>(target);
  if (H5Lexists(to, name, H5P_DEFAULT) > 0) return 0;
  return H5Ocopy(from, name, to, name, H5P_DEFAULT, H5P_DEFAULT) < 0 ? -1 : 0;
}

void copy(const std::string& from, const std::string& to, const Schema& schema, Detail level) {
  const Handle source = owned(H5Fopen(from.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), "open " + from);
  Handle target = create_file(to);
  write_schema(target.get(), schema, level);
  // The tables of roles stand a level deeper, in a group that the schema made.
  must(H5Ldelete(target.get(), "/entities", H5P_DEFAULT), "make room for /entities");
  hid_t id = target.get();
  must(H5Literate(source.get(), H5_INDEX_NAME, H5_ITER_INC, nullptr, copy_one, &id),
       "copy the tables");
  if (!target.close()) throw FileError(Failure::disk, "cannot close the file: " + hdf5_reason());
}

}  // namespace

void compact(const std::string& from, const std::string& to, const Schema& schema, Detail level) {
  try {
    copy(from, to, schema, level);
  } catch (const FileError&) {
    std::remove(to.c_str());
    throw;
  }
}

}  // namespace portflow::trace

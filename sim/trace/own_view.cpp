#include "trace/own_view.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <memory>
#include <new>

namespace portflow::trace {
namespace {

/// HDF5 knows it by its first member.
struct View {
  H5FD_t known{};
  int descriptor{-1};
  haddr_t end{0};        ///< bytes of the file as it was opened
  haddr_t allocated{0};  ///< as HDF5 told last
  ~View() {
    if (descriptor >= 0) ::close(descriptor);
  }
};
static_assert(offsetof(View, known) == 0);

constexpr auto most = static_cast<haddr_t>(std::numeric_limits<off_t>::max());

View& view(H5FD_t* file) {
  return *reinterpret_cast<View*>(file);
}

const View& view(const H5FD_t* file) {
  return *reinterpret_cast<const View*>(file);
}

H5FD_t* open_view(const char* name, unsigned /*flags*/, hid_t /*access*/, haddr_t /*most*/) {
  std::unique_ptr<View> made(new (std::nothrow) View);
  if (!made) return nullptr;
  made->descriptor = ::open(name, O_RDONLY | O_CLOEXEC);
  struct stat info{};
  if (made->descriptor < 0 || ::fstat(made->descriptor, &info) != 0) return nullptr;
  made->end = static_cast<haddr_t>(info.st_size);
  return &made.release()->known;
}

herr_t close_view(H5FD_t* file) {
  delete &view(file);
  return 0;
}

herr_t query(const H5FD_t* /*file*/, unsigned long* flags) {
  if (flags != nullptr) {
    *flags = H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE | H5FD_FEAT_SUPPORTS_SWMR_IO |
             H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
  }
  return 0;
}

/// HDF5 refuses to read beyond it. What the superblock said as the file was opened is less than
/// what a run has written since, and its newest chunks lie there.
haddr_t allocated(const H5FD_t* file, H5FD_mem_t /*type*/) {
  struct stat info{};
  if (::fstat(view(file).descriptor, &info) != 0) return view(file).allocated;
  return std::max(view(file).allocated, static_cast<haddr_t>(info.st_size));
}

herr_t allocate(H5FD_t* file, H5FD_mem_t /*type*/, haddr_t end) {
  view(file).allocated = end;
  return 0;
}

haddr_t end_of(const H5FD_t* file, H5FD_mem_t /*type*/) {
  return view(file).end;
}

/// What lies beyond the end reads as zeros: HDF5 asks for the whole of a block that may be cut off.
herr_t read(H5FD_t* file, H5FD_mem_t /*type*/, hid_t /*how*/, haddr_t from, std::size_t size,
            void* buffer) {
  if (from > most || size > most - from) return -1;
  auto* to = static_cast<std::byte*>(buffer);
  while (size > 0) {
    const ssize_t got = ::pread(view(file).descriptor, to, size, static_cast<off_t>(from));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    if (got == 0) {
      std::memset(to, 0, size);
      return 0;
    }
    to += got;
    from += static_cast<haddr_t>(got);
    size -= static_cast<std::size_t>(got);
  }
  return 0;
}

herr_t refuse_to_write(H5FD_t* /*file*/, H5FD_mem_t /*type*/, hid_t /*how*/, haddr_t /*to*/,
                       std::size_t /*size*/, const void* /*buffer*/) {
  return -1;
}

hid_t registered() {
  H5FD_class_t driver{};
  driver.name = "own view";
  driver.maxaddr = most;
  driver.fc_degree = H5F_CLOSE_WEAK;
  driver.open = open_view;
  driver.close = close_view;
  driver.query = query;
  driver.get_eoa = allocated;
  driver.set_eoa = allocate;
  driver.get_eof = end_of;
  driver.read = read;
  driver.write = refuse_to_write;
  for (H5FD_mem_t& kind : driver.fl_map) kind = H5FD_MEM_SUPER;
  return H5FDregister(&driver);
}

}  // namespace

Handle own_view() {
  static const hid_t driver = registered();
  Handle access = owned(H5Pcreate(H5P_FILE_ACCESS), "make access properties", Failure::bug);
  must(H5Pset_driver(access.get(), driver, nullptr), "choose how to read", Failure::bug);
  return access;
}

}  // namespace portflow::trace

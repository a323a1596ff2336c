#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <limits>
#include <thread>

#include "trace/table_file.hpp"
#include "trace/table_type.hpp"

namespace portflow::trace {
namespace {

Handle chunked() {
  const hsize_t rows = chunk_rows;
  Handle list = timeless(H5P_DATASET_CREATE);
  must(H5Pset_chunk(list.get(), 1, &rows), "set the chunk size");
  must(H5Pset_shuffle(list.get()), "set the shuffle filter");
  must(H5Pset_deflate(list.get(), 1), "set the deflate filter");
  must(H5Pset_fill_time(list.get(), H5D_FILL_TIME_NEVER), "set the fill time");
  return list;
}

template <class T>
void gather_of(const std::byte* from, std::size_t stride, std::size_t count, std::byte* to) {
  for (std::size_t i = 0; i < count; ++i)
    std::memcpy(to + i * sizeof(T), from + i * stride, sizeof(T));
}

/// Values that lie `stride` bytes apart, one after the other.
void gather(const std::byte* from, std::size_t stride, std::size_t size, std::size_t count,
            std::byte* to) {
  switch (size) {
    case 8:
      return gather_of<std::uint64_t>(from, stride, count, to);
    case 4:
      return gather_of<std::uint32_t>(from, stride, count, to);
    case 2:
      return gather_of<std::uint16_t>(from, stride, count, to);
    default:
      return gather_of<std::uint8_t>(from, stride, count, to);
  }
}

/// Without a way out of the loop, so that it goes over many codes at a time.
template <class Code>
bool have_names_of(const std::byte* at, std::size_t count, std::size_t names) {
  if (names > std::numeric_limits<Code>::max()) return true;
  const auto most = static_cast<Code>(names);
  Code strays = 0;
  for (std::size_t i = 0; i < count; ++i) {
    Code code = 0;
    std::memcpy(&code, at + i * sizeof code, sizeof code);
    const bool is_none = sizeof code == sizeof no_code && code == no_code;
    strays = static_cast<Code>(strays | static_cast<Code>(code >= most && !is_none));
  }
  return strays == 0;
}

/// Whether each of so many codes, one after the other, is below `names` or no_code.
bool have_names(Cell cell, const std::byte* at, std::size_t count, std::size_t names) {
  return cell == Cell::u8 ? have_names_of<std::uint8_t>(at, count, names)
                          : have_names_of<std::uint16_t>(at, count, names);
}

}  // namespace

Press::Press(unsigned threads) : threads_(std::max(threads, 1U)), seats_(threads_) {}

void Press::pack(std::size_t count, const MakeStrip& strip, bool plain) {
  if (packed_.size() < count) packed_.resize(count);
  const auto pack_one = [&](std::size_t i, Seat& seat) {
    seat.packer.pack(strip(i, seat.room), plain, packed_[i]);
  };
  if (threads_ == 1 || count == 1) {
    for (std::size_t i = 0; i < count; ++i) pack_one(i, seats_[0]);
    return;
  }
  tbb::task_arena arena(static_cast<int>(threads_));
  const auto caller = std::this_thread::get_id();
  arena.execute([&] {
    tbb::parallel_for(std::size_t{0}, count, [&](std::size_t i) {
      const auto slot = static_cast<std::size_t>(tbb::this_task_arena::current_thread_index());
      const auto begin = std::chrono::steady_clock::now();
      pack_one(i, seats_[slot]);
      if (std::this_thread::get_id() == caller) return;
      const auto spent = std::chrono::steady_clock::now() - begin;
      helped_seconds_ += std::chrono::duration<double>(spent).count();
    });
  });
}

TableWriter::TableWriter(hid_t file, Layout layout, const Schema& schema)
    : layout_(std::move(layout)), pending_(layout_.columns.size()) {
  const Handle group = make_group(file, layout_.path, layout_.definition);
  const hsize_t none = 0;
  const hsize_t endless = H5S_UNLIMITED;
  const Handle space = owned(H5Screate_simple(1, &none, &endless), "make a space");
  const Handle creation = chunked();
  for (const Column& column : layout_.columns) {
    const std::string path = layout_.path + "/" + column.name;
    Set set;
    set.dataset = owned(H5Dcreate2(group.get(), column.name.c_str(), file_type(column.cell),
                                   space.get(), H5P_DEFAULT, creation.get(), H5P_DEFAULT),
                        "create " + path);
    put_text(set.dataset.get(), "unit", column.unit);
    put_text(set.dataset.get(), "definition", column.definition);
    if (column.codes == Codes::causes) {
      put_texts(set.dataset.get(), "categories",
                std::vector<std::string>(cause_names.begin(), cause_names.end()));
    } else if (!column.categories.empty()) {
      put_texts(set.dataset.get(), "categories", column.categories);
    } else if (column.codes != Codes::none) {
      put_text(set.dataset.get(), "dictionary", dictionary_of(column.codes));
    }
    const auto names = names_of(column, schema);
    set.coded = names.has_value();
    set.codes = names.value_or(0);
    sets_.push_back(std::move(set));
  }
}

/// Lays rows down by columns. Some at a time, so that they stay near while each column takes its
/// own.
void TableWriter::take(const std::byte* rows, std::size_t first, std::size_t count,
                       std::span<const std::uint32_t* const> numbers) {
  constexpr std::size_t some = 256;
  for (std::size_t done = 0; done < count; done += some) {
    const std::size_t now = std::min(some, count - done);
    std::size_t entities = 0;
    for (std::size_t i = 0; i < pending_.size(); ++i) {
      const Column& column = layout_.columns[i];
      const std::size_t size = size_of(column.cell);
      std::byte* to = pending_[i].data() + (pending_rows_ + done) * size;
      if (column.is_entity) {
        std::memcpy(to, numbers[entities++] + first + done, now * size);
      } else {
        gather(rows + done * layout_.stride + column.offset, layout_.stride, size, now, to);
      }
    }
  }
}

void TableWriter::append(const void* rows, std::size_t count,
                         std::span<const std::uint32_t* const> numbers, Press& press, bool hurry) {
  const auto* from = static_cast<const std::byte*>(rows);
  if (count > 0 && pending_.front().empty()) {
    for (std::size_t i = 0; i < pending_.size(); ++i) {
      pending_[i].resize(chunk_rows * size_of(layout_.columns[i].cell));
    }
  }
  for (std::size_t first = 0; first < count;) {
    const std::size_t taken = std::min(count - first, chunk_rows - pending_rows_);
    take(from + first * layout_.stride, first, taken, numbers);
    pending_rows_ += taken;
    first += taken;
    if (pending_rows_ == chunk_rows) {
      write_chunk(press, hurry);
      written_ += chunk_rows;
      pending_rows_ = 0;
      sealed_rows_ = 0;
    }
  }
}

void TableWriter::seal(Press& press) {
  if (pending_rows_ == sealed_rows_) return;
  write_chunk(press, false);
  sealed_rows_ = pending_rows_;
}

void TableWriter::check_codes() const {
  for (std::size_t i = 0; i < sets_.size(); ++i) {
    if (!sets_[i].coded) continue;
    const Column& column = layout_.columns[i];
    if (have_names(column.cell, pending_[i].data(), pending_rows_, sets_[i].codes)) continue;
    if (const auto code = stray_code(column.cell, size_of(column.cell), pending_[i].data(),
                                     pending_rows_, sets_[i].codes)) {
      throw FileError(Failure::bug, layout_.path + "/" + column.name + " was given code " +
                                        std::to_string(*code) + ", but there are " +
                                        std::to_string(sets_[i].codes) + " names");
    }
  }
}

void TableWriter::write_chunk(Press& press, bool hurry) {
  check_codes();
  const std::size_t count = pending_rows_;
  const auto strip = [&](std::size_t i, std::vector<std::byte>& room) {
    return Strip{to_stored(layout_, i, pending_, count, room), count,
                 size_of(layout_.columns[i].cell)};
  };
  press.pack(sets_.size(), strip, hurry);
  const hsize_t first = written_;
  const hsize_t extent = written_ + count;
  for (std::size_t i = 0; i < sets_.size(); ++i) {
    Set& set = sets_[i];
    Packed& packed = press.packed(i);
    if (packed.skipped_filters == 0 && packed.bytes().size() == set.unfilled) {
      // Of equal size it would take the old one's place, and a kill meanwhile would leave half of
      // each. Inflating stops before what follows its end. (Plain values may take it: those that
      // were sealed are written again as they were.)
      packed.lengthen();
    }
    const std::size_t size = packed.bytes().size();
    if (size != set.unfilled) waste_ += set.unfilled;
    set.unfilled = count < chunk_rows ? size : 0;
    must(H5Dset_extent(set.dataset.get(), &extent), "lengthen " + layout_.path);
    must(H5Dwrite_chunk(set.dataset.get(), H5P_DEFAULT, packed.skipped_filters, &first, size,
                        packed.bytes().data()),
         "write to " + layout_.path);
  }
}

}  // namespace portflow::trace

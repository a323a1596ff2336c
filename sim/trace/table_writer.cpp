#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <chrono>
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

}  // namespace

Press::Press(unsigned threads) : threads_(std::max(threads, 1U)) {
  for (unsigned i = 0; i < threads_; ++i) packers_.emplace_back();
}

void Press::pack(std::span<const Strip> strips, bool plain) {
  if (packed_.size() < strips.size()) packed_.resize(strips.size());
  if (threads_ == 1 || strips.size() == 1) {
    for (std::size_t i = 0; i < strips.size(); ++i) {
      packers_[0].pack(strips[i], plain, packed_[i]);
    }
    return;
  }
  tbb::task_arena arena(static_cast<int>(threads_));
  const auto caller = std::this_thread::get_id();
  arena.execute([&] {
    tbb::parallel_for(std::size_t{0}, strips.size(), [&](std::size_t i) {
      const auto slot = static_cast<std::size_t>(tbb::this_task_arena::current_thread_index());
      const auto begin = std::chrono::steady_clock::now();
      packers_[slot].pack(strips[i], plain, packed_[i]);
      if (std::this_thread::get_id() == caller) return;
      const auto spent = std::chrono::steady_clock::now() - begin;
      helped_seconds_ += std::chrono::duration<double>(spent).count();
    });
  });
}

TableWriter::TableWriter(hid_t file, Layout layout, const Schema& schema)
    : layout_(std::move(layout)) {
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

void TableWriter::append(const void* rows, std::size_t count, Press& press, bool hurry) {
  const auto* from = static_cast<const std::byte*>(rows);
  while (count > 0) {
    if (pending_rows_ == 0 && count >= chunk_rows) {
      write_chunk(from, chunk_rows, press, hurry);
      written_ += chunk_rows;
      from += chunk_rows * layout_.stride;
      count -= chunk_rows;
      continue;
    }
    const std::size_t taken = std::min(count, chunk_rows - pending_rows_);
    pending_.insert(pending_.end(), from, from + taken * layout_.stride);
    pending_rows_ += taken;
    from += taken * layout_.stride;
    count -= taken;
    if (pending_rows_ == chunk_rows) {
      write_chunk(pending_.data(), chunk_rows, press, hurry);
      written_ += chunk_rows;
      pending_.clear();
      pending_rows_ = 0;
      sealed_rows_ = 0;
    }
  }
}

void TableWriter::seal(Press& press) {
  if (pending_rows_ == sealed_rows_) return;
  write_chunk(pending_.data(), pending_rows_, press, false);
  sealed_rows_ = pending_rows_;
}

void TableWriter::check_codes(const std::byte* rows, std::size_t count) const {
  for (std::size_t i = 0; i < sets_.size(); ++i) {
    if (!sets_[i].coded) continue;
    const Column& column = layout_.columns[i];
    if (const auto code = stray_code(column, layout_.stride, rows, count, sets_[i].codes)) {
      throw FileError(Failure::bug, layout_.path + "/" + column.name + " was given code " +
                                        std::to_string(*code) + ", but there are " +
                                        std::to_string(sets_[i].codes) + " names");
    }
  }
}

void TableWriter::write_chunk(const std::byte* rows, std::size_t count, Press& press, bool hurry) {
  check_codes(rows, count);
  strips_.clear();
  for (std::size_t i = 0; i < sets_.size(); ++i) {
    const Column& column = layout_.columns[i];
    strips_.push_back({rows + column.offset, count, layout_.stride, size_of(column.cell)});
  }
  press.pack(strips_, hurry);
  const hsize_t first = written_;
  const hsize_t extent = written_ + count;
  for (std::size_t i = 0; i < sets_.size(); ++i) {
    Set& set = sets_[i];
    Packed& packed = press.packed(i);
    if (packed.skipped_filters == 0 && packed.bytes.size() == set.unfilled) {
      // Of equal size it would take the old one's place, and a kill meanwhile would leave half of
      // each. Inflating stops before what follows its end. (Plain values may take it: those that
      // were sealed are written again as they were.)
      packed.bytes.push_back(std::byte{0});
    }
    if (packed.bytes.size() != set.unfilled) waste_ += set.unfilled;
    set.unfilled = count < chunk_rows ? packed.bytes.size() : 0;
    must(H5Dset_extent(set.dataset.get(), &extent), "lengthen " + layout_.path);
    must(H5Dwrite_chunk(set.dataset.get(), H5P_DEFAULT, packed.skipped_filters, &first,
                        packed.bytes.size(), packed.bytes.data()),
         "write to " + layout_.path);
  }
}

}  // namespace portflow::trace

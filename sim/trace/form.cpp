#include "trace/form.hpp"

#include <cstring>

#include "trace/stored_rows.hpp"

namespace portflow::trace {
namespace {

using Word = std::uint64_t;

template <class T>
std::span<const T> values_of(const std::vector<std::byte>& column, std::size_t count) {
  return {reinterpret_cast<const T*>(column.data()), count};
}

template <class T>
void store_above(std::span<const T> values, T* to) {
  to[0] = values[0];
  for (std::size_t i = 1; i < values.size(); ++i) to[i] = values[i] - values[i - 1];
}

void store_swing(std::span<const Word> values, Word* to) {
  to[0] = folded(values[0]);
  for (std::size_t i = 1; i < values.size(); ++i) to[i] = folded(values[i] - values[i - 1]);
}

void store_rest(const Layout& layout, std::size_t index, const Columns& columns, std::size_t count,
                Word* to) {
  const auto end = values_of<Word>(columns[layout.columns[index].base], count);
  const auto value = values_of<Word>(columns[index], count);
  for (std::size_t i = 0; i < count; ++i) to[i] = end[i] - value[i];
  for (std::size_t cause = index + 1; cause < columns.size(); ++cause) {
    const auto ticks = values_of<Word>(columns[cause], count);
    for (std::size_t i = 0; i < count; ++i) to[i] -= ticks[i];
  }
}

/// A word of each row of a chunk.
class WordOfRows {
 public:
  WordOfRows(const Layout& layout, std::size_t index, std::byte* rows)
      : first_(rows + layout.columns[index].offset), stride_(layout.stride) {}

  [[nodiscard]] Word get(std::size_t row) const {
    Word value = 0;
    std::memcpy(&value, first_ + row * stride_, sizeof value);
    return value;
  }
  void set(std::size_t row, Word value) const {
    std::memcpy(first_ + row * stride_, &value, sizeof value);
  }

 private:
  std::byte* first_;
  std::size_t stride_;
};

void restore_words(const Layout& layout, std::size_t index, std::byte* rows, std::size_t count) {
  const Column& column = layout.columns[index];
  const WordOfRows own(layout, index, rows);
  const WordOfRows base(layout, column.base, rows);
  switch (column.form) {
    case Form::above:
      for (std::size_t i = 1; i < count; ++i) own.set(i, own.get(i) + own.get(i - 1));
      break;
    case Form::under:
      for (std::size_t i = 0; i < count; ++i) own.set(i, base.get(i) - own.get(i));
      break;
    case Form::over:
      for (std::size_t i = 0; i < count; ++i) own.set(i, base.get(i) + own.get(i));
      break;
    case Form::swing:
      own.set(0, unfolded(own.get(0)));
      for (std::size_t i = 1; i < count; ++i) own.set(i, own.get(i - 1) + unfolded(own.get(i)));
      break;
    case Form::rest:
      for (std::size_t i = 0; i < count; ++i) own.set(i, base.get(i) - own.get(i));
      for (std::size_t cause = index + 1; cause < layout.columns.size(); ++cause) {
        const WordOfRows ticks(layout, cause, rows);
        for (std::size_t i = 0; i < count; ++i) own.set(i, own.get(i) - ticks.get(i));
      }
      break;
    case Form::value:
      break;
  }
}

/// Counts that stand in the row as they are.
void restore_counts(const Layout& layout, std::size_t index, std::byte* rows, std::size_t count) {
  if (layout.columns[index].form != Form::above) return;
  std::byte* at = rows + layout.columns[index].offset;
  std::uint32_t above = 0;
  for (std::size_t i = 0; i < count; ++i, at += layout.stride) {
    std::uint32_t value = 0;
    std::memcpy(&value, at, sizeof value);
    above += value;
    std::memcpy(at, &above, sizeof above);
  }
}

}  // namespace

const std::byte* to_stored(const Layout& layout, std::size_t index, const Columns& values,
                           std::size_t count, std::vector<std::byte>& room) {
  const Column& column = layout.columns[index];
  if (column.form == Form::value) return values[index].data();
  const std::size_t size = size_of(column.cell);
  if (room.size() < count * size) room.resize(count * size);
  auto* words = reinterpret_cast<Word*>(room.data());
  const auto base = values_of<Word>(values[column.base], count);
  const auto own = values_of<Word>(values[index], count);
  switch (column.form) {
    case Form::above:
      if (size == sizeof(Word)) {
        store_above(own, words);
      } else {
        store_above(values_of<std::uint32_t>(values[index], count),
                    reinterpret_cast<std::uint32_t*>(room.data()));
      }
      break;
    case Form::under:
      for (std::size_t i = 0; i < count; ++i) words[i] = base[i] - own[i];
      break;
    case Form::over:
      for (std::size_t i = 0; i < count; ++i) words[i] = own[i] - base[i];
      break;
    case Form::swing:
      store_swing(own, words);
      break;
    case Form::rest:
      store_rest(layout, index, values, count, words);
      break;
    case Form::value:
      break;
  }
  return room.data();
}

void from_stored(const Layout& layout, std::size_t columns, std::byte* rows, std::size_t count,
                 NumberColumns& numbers) {
  for (std::size_t i = 0; i < columns && i < layout.columns.size(); ++i) {
    const Column& column = layout.columns[i];
    if (column.is_entity) {
      std::vector<std::uint32_t>& own = numbers[i];
      if (column.form != Form::above) continue;
      for (std::size_t row = 1; row < count; ++row) own[row] += own[row - 1];
    } else if (column.cell == Cell::u32) {
      restore_counts(layout, i, rows, count);
    } else if (column.form != Form::value) {
      restore_words(layout, i, rows, count);
    }
  }
}

}  // namespace portflow::trace

#include "viz/tally.hpp"

#include <algorithm>
#include <bit>

namespace portflow::viz {

Tally::Entry Tally::rounded(Entry entry) const noexcept {
  if (bits_off_ > 0) {
    // Half up; a carry into the exponent is the next power of two, as it should be.
    auto bits = std::bit_cast<std::uint32_t>(entry.value);
    bits = (bits + (1u << (bits_off_ - 1))) >> bits_off_ << bits_off_;
    entry.value = std::bit_cast<float>(bits);
  }
  entry.bin = entry.bin >> bins_off_ << bins_off_;
  return entry;
}

void Tally::merge() {
  for (Entry& entry : entries_) entry = rounded(entry);
  std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
    return a.bin != b.bin ? a.bin < b.bin : a.value < b.value;
  });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    Entry& last = entries_[kept];
    if (i == kept) continue;
    if (entries_[i].bin == last.bin && entries_[i].value == last.value) {
      last.count += entries_[i].count;
    } else {
      entries_[++kept] = entries_[i];
    }
  }
  if (!entries_.empty()) entries_.resize(kept + 1);
}

/// One step coarser; false where there is none left.
bool Tally::coarsen() noexcept {
  constexpr unsigned fine = 14;  // leaves 9 bits
  constexpr unsigned day = 6;    // of bins of a quarter of an hour: 16 h
  if (bits_off_ < fine || (bins_off_ >= day && bits_off_ < 22)) {
    ++bits_off_;
  } else if (bins_off_ < 31) {
    ++bins_off_;
  } else {
    return false;
  }
  return true;
}

void Tally::add(std::uint32_t bin, float value) {
  ++count_;
  if (entries_.size() >= most_) {
    merge();
    while (entries_.size() > most_ / 2 && coarsen()) merge();
  }
  entries_.push_back({bin, value, 1});
}

void Tally::close() {
  merge();
  entries_.shrink_to_fit();
}

}  // namespace portflow::viz

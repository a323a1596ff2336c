#include "trace/huffman.hpp"

#include <algorithm>
#include <array>

#include "core/assert.hpp"

namespace portflow::trace {
namespace {

constexpr std::size_t most_symbols = 286;
constexpr unsigned most_length = 15;

/// A symbol that occurs.
struct Leaf {
  std::uint32_t count{0};
  std::uint16_t symbol{0};
};
using Leaves = std::array<Leaf, most_symbols>;

/// Sorts by count and then by symbol, byte by byte from the lowest: symbols come in their order,
/// and to compare them pair by pair would be guessed wrong half of the time.
void sort(Leaves& leaves, std::size_t used) {
  std::uint32_t most = 0;
  for (std::size_t i = 0; i < used; ++i) most = std::max(most, leaves[i].count);
  Leaves other;
  for (unsigned shift = 0; shift < 32 && (most >> shift) > 0; shift += 8) {
    std::array<std::uint16_t, 257> places{};
    for (std::size_t i = 0; i < used; ++i) ++places[((leaves[i].count >> shift) & 0xffU) + 1];
    for (std::size_t i = 1; i < places.size(); ++i) {
      places[i] = static_cast<std::uint16_t>(places[i] + places[i - 1]);
    }
    for (std::size_t i = 0; i < used; ++i) {
      other[places[(leaves[i].count >> shift) & 0xffU]++] = leaves[i];
    }
    leaves = other;
  }
}

/// The lowest `width` bits of `code`, in the other order.
std::uint16_t reversed(std::uint32_t code, unsigned width) {
  code = ((code & 0x5555U) << 1U) | ((code >> 1U) & 0x5555U);
  code = ((code & 0x3333U) << 2U) | ((code >> 2U) & 0x3333U);
  code = ((code & 0x0f0fU) << 4U) | ((code >> 4U) & 0x0f0fU);
  code = ((code & 0x00ffU) << 8U) | ((code >> 8U) & 0x00ffU);
  return static_cast<std::uint16_t>(code >> (16U - width));
}

}  // namespace

void code_lengths(std::span<const std::uint32_t> counts, unsigned most,
                  std::span<std::uint8_t> lengths) {
  PORTFLOW_ASSERT(counts.size() <= most_symbols && counts.size() == lengths.size(),
                  "an alphabet of this size is none of deflate's");
  Leaves leaves;
  std::size_t used = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    lengths[i] = 0;
    if (counts[i] > 0) leaves[used++] = {counts[i], static_cast<std::uint16_t>(i)};
  }
  sort(leaves, used);
  // Filled as far as they are read.
  std::array<std::uint32_t, 2 * most_symbols> weight;
  std::array<std::uint16_t, 2 * most_symbols> parent, depth;
  for (unsigned shift = 0;; ++shift) {
    // Rarer symbols are made less rare until no code is too long; that costs a few bits.
    for (std::size_t i = 0; i < used; ++i) {
      weight[i] = std::max(1U, leaves[i].count >> shift);
    }
    std::size_t leaf = 0, inner = used;
    const std::size_t root = 2 * used - 2;
    for (std::size_t next = used; next <= root; ++next) {
      const auto least = [&] {
        const bool is_leaf = leaf < used && (inner == next || weight[leaf] <= weight[inner]);
        return is_leaf ? leaf++ : inner++;
      };
      const std::size_t a = least();
      const std::size_t b = least();
      weight[next] = weight[a] + weight[b];
      parent[a] = parent[b] = static_cast<std::uint16_t>(next);
    }
    depth[root] = 0;
    for (std::size_t i = root; i-- > 0;) {
      depth[i] = static_cast<std::uint16_t>(depth[parent[i]] + 1);
    }
    if (*std::max_element(depth.begin(), depth.begin() + static_cast<std::ptrdiff_t>(used)) <=
        most) {
      break;
    }
  }
  for (std::size_t i = 0; i < used; ++i) {
    lengths[leaves[i].symbol] = static_cast<std::uint8_t>(depth[i]);
  }
}

void codes_of(std::span<const std::uint8_t> lengths, std::span<std::uint16_t> codes) {
  std::array<std::uint16_t, most_length + 2> next{};
  for (const std::uint8_t length : lengths) {
    if (length > 0) ++next[length + std::size_t{1}];
  }
  for (std::size_t length = 2; length < next.size(); ++length) {
    next[length] = static_cast<std::uint16_t>((next[length] + next[length - 1]) << 1U);
  }
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    if (lengths[i] == 0) continue;
    codes[i] = reversed(next[lengths[i]]++, lengths[i]);
  }
}

}  // namespace portflow::trace

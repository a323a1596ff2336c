#include "trace/planes.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "trace/huffman.hpp"

namespace portflow::trace {
namespace {

constexpr std::size_t end_of_block = 256;
constexpr std::size_t first_length = 257;
constexpr std::size_t longest = 258;
constexpr std::size_t shortest = 3;
/// Tokens that need no code of their own.
constexpr std::size_t few = 256;
/// Bits that a block's head takes at most, and then some: 286 lengths of 7 + 7 bits, 19 of 3.
constexpr std::size_t head_bits = 4200;

/// The symbol of a match's length, and what more must be said (RFC 1951, 3.2.5).
struct LengthCode {
  std::uint16_t symbol{0};
  std::uint8_t extra{0}, bits{0};
};

constexpr std::array<LengthCode, longest + 1> make_length_codes() {
  std::array<LengthCode, longest + 1> codes{};
  std::size_t length = shortest;
  for (std::uint16_t symbol = 257; symbol < 285; ++symbol) {
    const unsigned bits = symbol < 265 ? 0U : (symbol - 261U) / 4U;
    for (unsigned extra = 0; extra < (1U << bits) && length < longest; ++extra, ++length) {
      codes[length] = {symbol, static_cast<std::uint8_t>(extra), static_cast<std::uint8_t>(bits)};
    }
  }
  codes[longest] = {285, 0, 0};
  return codes;
}
constexpr auto length_codes = make_length_codes();

/// The token of a match with the byte before.
constexpr std::uint16_t of_match(std::size_t length) {
  return static_cast<std::uint16_t>(256 + length);
}

std::uint64_t word_at(const std::uint8_t* from) {
  std::uint64_t word = 0;
  std::memcpy(&word, from, sizeof word);
  return word;
}

/// Whether a plane looks like noise, at some of its bytes: no byte is much more frequent than
/// others and neighbours are seldom equal.
bool is_noise(std::span<const std::uint8_t> plane) {
  constexpr std::size_t every = 12;
  const std::size_t samples = plane.size() / every;
  if (samples < 512) return false;
  std::array<std::uint32_t, 256> counts{};
  std::size_t equal = 0;
  for (std::size_t i = 0; i + 1 < plane.size(); i += every) {
    ++counts[plane[i]];
    equal += plane[i] == plane[i + 1] ? 1U : 0U;
  }
  std::size_t squares = 0;
  for (const std::size_t count : counts) squares += count * count;
  // Even noise gives samples + samples^2 / 256; a quarter more is about 7.8 bits a byte.
  return equal < samples / 32 && squares < (samples + samples * samples / 256) * 5 / 4;
}

struct Bits {
  std::uint64_t bits{0};
  unsigned count{0};
};

/// Where bits go, by itself, so that it stays in registers.
struct Stretch {
  std::byte* at;
  std::uint64_t bits;
  unsigned held;  ///< of `bits`, < 8

  /// \param count  at most 56
  void put(std::uint64_t more, unsigned count) {
    bits |= more << held;
    held += count;
    std::memcpy(at, &bits, sizeof bits);
    at += held / 8;
    bits >>= held & ~7U;
    held &= 7U;
  }
};

/// A symbol of the code of code lengths (RFC 1951, 3.2.7), with what more is said.
struct Step {
  std::uint8_t symbol{0}, extra{0}, bits{0};
};

/// Run-length codes of code lengths. \returns how many
std::size_t run_lengths(std::span<const std::uint8_t> lengths, std::span<Step> steps) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < lengths.size();) {
    const std::uint8_t length = lengths[i];
    std::size_t run = 1;
    while (i + run < lengths.size() && lengths[i + run] == length) ++run;
    i += run;
    if (length != 0) {
      steps[count++] = {length, 0, 0};
      --run;
    }
    while (run >= 3) {
      const std::size_t most = length != 0 ? 6 : run > 10 ? 138 : 10;
      const std::size_t taken = std::min(run, most);
      if (length != 0) {
        steps[count++] = {16, static_cast<std::uint8_t>(taken - 3), 2};
      } else if (most == 138) {
        steps[count++] = {18, static_cast<std::uint8_t>(taken - 11), 7};
      } else {
        steps[count++] = {17, static_cast<std::uint8_t>(taken - 3), 3};
      }
      run -= taken;
    }
    for (; run > 0; --run) steps[count++] = {length, 0, 0};
  }
  return count;
}

}  // namespace

void PlaneCoder::begin(std::byte* room, std::size_t most) {
  count_ = 0;
  begin_ = at_ = room;
  end_ = room + most;
  bits_ = 0;
  held_ = 0;
}

/// Whole bytes go out eight at a time; those beyond the count are written again.
void PlaneCoder::flush() {
  std::memcpy(at_, &bits_, sizeof bits_);
  at_ += held_ / 8;
  bits_ >>= held_ & ~7U;
  held_ &= 7U;
}

void PlaneCoder::put(std::uint64_t bits, unsigned count) {
  bits_ |= bits << held_;
  held_ += count;
  if (held_ >= 32) flush();
}

/// Makes room for so many more tokens.
std::uint16_t* PlaneCoder::room_for(std::size_t count) {
  if (tokens_.size() < count_ + count) tokens_.resize(2 * (count_ + count));
  return tokens_.data() + count_;
}

void PlaneCoder::add_run(std::uint8_t byte, std::size_t count) {
  std::uint16_t* to = room_for(count / longest + shortest + 1);
  *to++ = byte;
  for (--count; count >= longest; count -= longest) *to++ = of_match(longest);
  if (count >= shortest) {
    *to++ = of_match(count);
  } else {
    for (; count > 0; --count) *to++ = byte;
  }
  count_ = static_cast<std::size_t>(to - tokens_.data());
}

void PlaneCoder::take(std::span<const std::uint8_t> plane) {
  const std::size_t size = plane.size();
  const std::uint8_t* const from = plane.data();
  std::uint16_t* to = room_for(size + 8);
  *to++ = from[0];
  std::size_t i = 1;
  while (i + 8 <= size) {
    const std::uint64_t word = word_at(from + i);
    const std::uint64_t differs = word ^ word_at(from + i - 1);
    if (differs != 0) {
      // No run of eight begins before the last byte that differs from the one before it.
      const std::size_t end = i + 8 - static_cast<std::size_t>(std::countl_zero(differs)) / 8;
      for (std::size_t k = 0; k < 8; ++k) to[k] = from[i + k];
      to += end - i;
      i = end;
      continue;
    }
    // Eight bytes that equal the one before them, and as many more as there are.
    std::size_t end = i + 8;
    while (end + 8 <= size && word_at(from + end) == word) end += 8;
    while (end < size && from[end] == from[i]) ++end;
    std::size_t run = end - i;
    for (; run >= longest; run -= longest) *to++ = of_match(longest);
    if (run >= shortest) {
      *to++ = of_match(run);
    } else {
      for (; run > 0; --run) *to++ = from[i];
    }
    i = end;
  }
  while (i < size) *to++ = from[i++];
  count_ = static_cast<std::size_t>(to - tokens_.data());
}

void PlaneCoder::count_symbols(std::array<std::uint32_t, symbols>& counts) const {
  // In turns, since to add to one that was just stored would wait for it.
  std::array<std::array<std::uint32_t, kinds>, 4> seen{};
  std::size_t i = 0;
  for (; i + 4 <= count_; i += 4) {
    ++seen[0][tokens_[i]];
    ++seen[1][tokens_[i + 1]];
    ++seen[2][tokens_[i + 2]];
    ++seen[3][tokens_[i + 3]];
  }
  for (; i < count_; ++i) ++seen[0][tokens_[i]];
  counts.fill(0);
  for (std::size_t kind = 0; kind < kinds; ++kind) {
    const std::uint32_t count = seen[0][kind] + seen[1][kind] + seen[2][kind] + seen[3][kind];
    counts[kind < 256 ? kind : length_codes[kind - 256].symbol] += count;
  }
  counts[end_of_block] = 1;
}

/// The head of a block with codes of its own: their lengths, in codes of which the lengths are
/// told first. All matches reach back by one byte, so there is one distance, of one bit.
void PlaneCoder::put_codes(std::span<const std::uint8_t> lengths) {
  constexpr std::array<std::uint8_t, 19> order{16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                               11, 4,  12, 3, 13, 2, 14, 1, 15};
  std::size_t used = symbols;
  while (used > first_length && lengths[used - 1] == 0) --used;
  std::array<std::uint8_t, symbols + 1> told{};
  std::copy_n(lengths.begin(), used, told.begin());
  told[used] = 1;
  std::array<Step, symbols + 1> steps{};
  const std::size_t count = run_lengths(std::span(told).first(used + 1), steps);
  std::array<std::uint32_t, order.size()> counts{};
  for (std::size_t i = 0; i < count; ++i) ++counts[steps[i].symbol];
  std::array<std::uint8_t, order.size()> widths{};
  std::array<std::uint16_t, order.size()> codes{};
  code_lengths(counts, 7, widths);
  codes_of(widths, codes);
  std::size_t told_widths = order.size();
  while (told_widths > 4 && widths[order[told_widths - 1]] == 0) --told_widths;
  put(used - first_length, 5);
  put(0, 5);
  put(told_widths - 4, 4);
  for (std::size_t i = 0; i < told_widths; ++i) put(widths[order[i]], 3);
  for (std::size_t i = 0; i < count; ++i) {
    const Step& step = steps[i];
    put(codes[step.symbol], widths[step.symbol]);
    if (step.bits > 0) put(step.extra, step.bits);
  }
}

void PlaneCoder::put_tokens(std::span<const std::uint8_t> lengths) {
  constexpr unsigned width_shift = 24;
  std::array<std::uint16_t, symbols> codes{};
  codes_of(lengths, codes);
  // A token's bits, code and extra and distance together, below their number.
  std::array<std::uint32_t, kinds> words{};
  for (std::size_t kind = 0; kind < kinds; ++kind) {
    const bool is_literal = kind < 256;
    const LengthCode length = is_literal ? LengthCode{} : length_codes[kind - 256];
    const std::size_t symbol = is_literal ? kind : length.symbol;
    const unsigned width = lengths[symbol];
    const unsigned more = is_literal ? 0U : length.bits + 1U;
    words[kind] =
        codes[symbol] | (std::uint32_t{length.extra} << width) | ((width + more) << width_shift);
  }
  constexpr std::uint32_t mask = (1U << width_shift) - 1;
  constexpr unsigned most_held = 56;  // at once: less than a byte is held already
  const auto pair_of = [&words](const std::uint16_t* tokens) {
    const std::uint32_t a = words[tokens[0]];
    const std::uint32_t b = words[tokens[1]];
    const unsigned width = a >> width_shift;
    return Bits{(a & mask) | (std::uint64_t{b & mask} << width), width + (b >> width_shift)};
  };
  flush();
  // Four at a time, joined before they wait for those that come first.
  const std::uint16_t* token = tokens_.data();
  const std::uint16_t* const end = token + count_;
  Stretch out{at_, bits_, held_};
  for (; token + 4 <= end; token += 4) {
    const Bits first = pair_of(token);
    const Bits second = pair_of(token + 2);
    if (first.count + second.count <= most_held) {
      out.put(first.bits | (second.bits << first.count), first.count + second.count);
    } else {
      out.put(first.bits, first.count);
      out.put(second.bits, second.count);
    }
  }
  for (; token < end; ++token) out.put(words[*token] & mask, words[*token] >> width_shift);
  out.put(codes[end_of_block], lengths[end_of_block]);
  at_ = out.at;
  bits_ = out.bits;
  held_ = out.held;
}

bool PlaneCoder::close_block(bool last) {
  if (count_ == 0) return true;
  std::array<std::uint32_t, symbols> counts{};
  std::array<std::uint8_t, symbols> lengths{};
  count_symbols(counts);
  code_lengths(counts, 15, lengths);
  std::size_t bits = head_bits;
  for (std::size_t symbol = 0; symbol < symbols; ++symbol) {
    bits += counts[symbol] * lengths[symbol];
    if (symbol >= first_length) bits += counts[symbol] * 6;  // distance and extra bits, at most
  }
  if (static_cast<std::size_t>(end_ - at_) < bits / 8 + 16) return false;
  put(last ? 1 : 0, 1);
  put(2, 2);
  put_codes(lengths);
  put_tokens(lengths);
  count_ = 0;
  return true;
}

bool PlaneCoder::store(std::span<const std::uint8_t> plane, bool last) {
  if (static_cast<std::size_t>(end_ - at_) < plane.size() + 24) return false;
  put(last ? 1 : 0, 3);
  held_ = (held_ + 7) & ~7U;
  flush();
  const auto length = static_cast<std::uint16_t>(plane.size());
  const auto complement = static_cast<std::uint16_t>(~length);
  std::memcpy(at_, &length, 2);
  std::memcpy(at_ + 2, &complement, 2);
  std::memcpy(at_ + 4, plane.data(), plane.size());
  at_ += 4 + plane.size();
  return true;
}

bool PlaneCoder::add(std::span<const std::uint8_t> plane) {
  if (is_noise(plane)) return close_block(false) && store(plane, false);
  // What stands in the block so far goes along while it is little (runs, planes of few bytes);
  // else it has a code of its own.
  if (count_ > few && !close_block(false)) return false;
  take(plane);
  return true;
}

std::size_t PlaneCoder::end() {
  // A block of one literal at least: the last one must say that it is the last.
  const bool fits = count_ == 0 ? store({}, true) : close_block(true);
  if (!fits || end_ - at_ < 16) return 0;
  held_ = (held_ + 7) & ~7U;
  flush();
  return static_cast<std::size_t>(at_ - begin_);
}

}  // namespace portflow::trace

#include "viz/clusters.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace portflow::viz {
namespace {

Point middle(std::span<const Point> places, const std::vector<std::size_t>& members) {
  Point sum;
  for (const std::size_t m : members) sum = sum + places[m];
  return sum * (1 / f32(members.size()));
}

void merge(std::vector<Cluster>& all, std::size_t into, std::size_t from,
           std::span<const Point> places) {
  auto& members = all[into].members;
  members.insert(members.end(), all[from].members.begin(), all[from].members.end());
  std::sort(members.begin(), members.end());
  all[into].place = all[into].at = middle(places, members);
  all.erase(all.begin() + static_cast<std::ptrdiff_t>(from));
}

/// Merges the nearest two until none lie within `limit` px; by where they stand.
void merge_near(std::vector<Cluster>& all, std::span<const Point> places, float limit) {
  for (;;) {
    float nearest = limit;
    std::size_t first = 0;
    std::size_t second = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t j = i + 1; j < all.size(); ++j) {
        const float far = length(all[i].at - all[j].at);
        if (far >= nearest) continue;
        nearest = far;
        first = i;
        second = j;
      }
    }
    if (second == 0) return;
    merge(all, first, second, places);
  }
}

/// Moves signs apart until none overlap, as far as their tethers allow.
void spread(std::vector<Cluster>& all, const Spacing& spacing) {
  const float wanted = spacing.least + 6;
  for (int round = 0; round < 60; ++round) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t j = i + 1; j < all.size(); ++j) {
        const Point apart = all[j].at - all[i].at;
        const float far = length(apart);
        if (far >= wanted || far < 0.01f) continue;
        const Point push = apart * ((wanted - far) / far / 2);
        all[i].at = all[i].at - push;
        all[j].at = all[j].at + push;
      }
    }
    for (Cluster& one : all) {
      const Point off = one.at - one.place;
      const float far = length(off);
      if (far > spacing.shift) one.at = one.place + off * (spacing.shift / far);
    }
  }
}

/// How many bytes the UTF-8 character at `at` takes.
std::size_t character(std::string_view text, std::size_t at) {
  std::size_t n = 1;
  while (at + n < text.size() && (static_cast<unsigned char>(text[at + n]) & 0xc0) == 0x80) ++n;
  return n;
}

}  // namespace

std::vector<Cluster> clusters_of(std::span<const Point> places,
                                 std::span<const std::string> families, Spacing spacing) {
  std::vector<Cluster> all;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto kin = std::find_if(all.begin(), all.end(), [&](const Cluster& one) {
      const std::size_t head = one.members.front();
      return !families[i].empty() && families[head] == families[i] &&
             length(places[one.members.back()] - places[i]) < spacing.family;
    });
    if (kin == all.end()) {
      all.push_back({{i}, places[i], places[i]});
    } else {
      kin->members.push_back(i);
      kin->place = kin->at = middle(places, kin->members);
    }
  }
  merge_near(all, places, spacing.least * 0.6f);
  spread(all, spacing);
  merge_near(all, places, spacing.least);
  return all;
}

std::string common_title(std::span<const std::string> titles) {
  if (titles.empty()) return {};
  std::string_view first = titles.front();
  std::size_t begin = first.size();
  std::size_t end = first.size();
  for (const std::string& title : titles) {
    std::size_t same = 0;
    while (same < std::min(begin, title.size()) && title[same] == first[same]) ++same;
    begin = same;
    same = 0;
    while (same < std::min(end, title.size()) &&
           title[title.size() - 1 - same] == first[first.size() - 1 - same]) {
      ++same;
    }
    end = same;
  }
  if (begin == first.size()) return titles.front();
  const bool latin = static_cast<unsigned char>(first[0]) < 0x80;
  if (latin) {
    // Whole words only; what parts the titles comes last, behind a comma or a space.
    const auto cut = first.substr(0, begin + 1).find_last_of(", ");
    std::string_view words = cut == std::string_view::npos ? "" : first.substr(0, cut);
    for (const std::string_view last : {", phase", ","}) {
      if (words.ends_with(last)) words.remove_suffix(last.size());
    }
    return std::string(words);
  }
  // Chinese titles count in the middle (大窑湾一期闸口): the end belongs to the name as well.
  std::size_t whole = 0;
  while (whole + character(first, whole) <= begin) whole += character(first, whole);
  std::size_t tail = first.size() - std::min(end, first.size() - whole);
  while (tail < first.size() && (static_cast<unsigned char>(first[tail]) & 0xc0) == 0x80) ++tail;
  std::string out(first.substr(0, whole));
  std::string_view rest = first.substr(tail);
  if (rest.starts_with("期")) rest.remove_prefix(std::string_view("期").size());
  return out + std::string(rest);
}

}  // namespace portflow::viz
